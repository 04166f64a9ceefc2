from crm_helpers.questions.overview.examples import example_values
from crm_helpers.questions.overview.quarter import ReportState


def state(stem: str, *names: str, status: str = "ok") -> ReportState:
    told = {"values": [{"name": name} for name in names], "words": ""}
    return ReportState(stem, stem, status, "", "", {"examples": told})


def test_one_line_names_the_reports_and_what_to_set():
    found = [state("churn", "save_rate", "budget"), state("credit"), state("retention", "budget")]
    assert example_values(found) == (
        "Expected values rest on example values, not the company's own (churn, retention): set "
        "budget, save_rate in the source file; each page says what it took instead."
    )


def test_a_company_that_set_its_own_reads_nothing():
    assert example_values([state("credit"), state("churn", "budget", status="stale")]) == ""
