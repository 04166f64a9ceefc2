"""The retention report as a whole: what it needs, promises, key figures and summary."""

import pandas as pd
import pytest

from crm_helpers.measures.effects.effect import Effect
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.questions.campaigns.policy import Choice
from crm_helpers.questions.retention import page
from crm_helpers.questions.retention.foresight import Foresight
from crm_helpers.tables.needs import Skip
from tests.questions.campaigns.trials import AS_OF, Tables, contacts

ABSENT = Section.absent("Nothing known.")
EFFECT = Effect(0.05, 0.02, 0.08, 0.15, 0.1, 60, 40, 0.04)
DAYS = {"response_days": 30, "outcome_days": 90}


@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_RUN_FOLDER", str(tmp_path / "run"))
    monkeypatch.setenv("CRM_REPORTS_DIR", str(tmp_path / "reports"))
    return Report("retention", Tables(), {"as_of": AS_OF})


def choice(verdict):
    rows = [("everybody", 1.0, 3.0), ("chosen", 0.27, 8.0)]
    return Choice(verdict, pd.DataFrame(rows, columns=["policy", "treated_share", "gain"]), None)


def foresight(low):
    return Foresight(0.6, low, 0.7, 0.5, 100, "the latest campaign")


def decision(rows=5):
    money = {"cost": 4.0, "expected_net_value": 12.0}
    return {"rows": rows, "to_contact": 4, "control": 1, **money}


@pytest.mark.parametrize("purpose", ["retention", "win_back"])
def test_a_randomized_campaign_is_enough_for_a_report(purpose):
    page.need_a_question(contacts(purpose=purpose), ABSENT)


def test_returns_alone_are_enough_too():
    page.need_a_question(ABSENT, pd.DataFrame({"returned": [True]}))


@pytest.mark.parametrize("known", [ABSENT, contacts(purpose="acquisition")])
def test_a_report_that_can_answer_nothing_is_skipped(known):
    with pytest.raises(Skip, match="No orders"):
        page.need_a_question(known, Section.absent("No orders."))


def test_no_candidates_promise_nothing(report):
    page.promise(report, pd.DataFrame(columns=["customer_id", "expected_net_value"]), **DAYS)
    assert report.promises == []


def test_responses_and_returns_are_promised_of_those_whom_it_pays_to_contact(report):
    rows = pd.DataFrame(
        {
            "customer_id": list("abcd"),
            "expected_net_value": [1.0, -1.0, 2.0, 0.0],
            "if_contacted": [0.3, 0.4, None, 0.5],
            "if_left_alone": [None, None, 0.2, None],
        }
    )
    page.promise(report, rows, **DAYS)
    contacted, alone = report.promises
    assert contacted["subject"].tolist() == ["a"]
    assert alone["subject"].tolist() == ["c"]
    assert alone["value"].tolist() == [0.2]
    quantities = [one["quantity"].iloc[0] for one in report.promises]
    assert quantities == ["response_if_contacted", "return_by_himself"]
    due = [str(one["due_on"].iloc[0])[:10] for one in report.promises]
    assert due == ["2026-10-30", "2026-12-29"]


def test_nothing_known_is_said_in_three_sentences(report):
    so, means, do = page.three_sentences(report, ABSENT, ABSENT, ABSENT)
    assert so.startswith("No retention campaign kept a control group")
    assert means == "What a contact is worth cannot be said from these data."
    assert do.startswith("Contact nobody for now")


@pytest.mark.parametrize(("low", "can"), [(0.55, "can"), (0.45, "cannot")])
def test_without_a_worth_the_foresight_is_told(report, low, can):
    _, means, _ = page.three_sentences(report, EFFECT, ABSENT, foresight(low))
    assert means == f"Who of the lost comes back {can} be told better than by chance."


@pytest.mark.parametrize(
    ("verdict", "end"),
    [("nobody", ": stop, or test another measure."), ("everybody", "per 100 persons.")],
)
def test_the_verdict_goes_before_the_foresight(report, verdict, end):
    _, means, _ = page.three_sentences(report, EFFECT, choice(verdict), foresight(0.55))
    assert means.endswith(end)


def test_the_list_is_told_where_it_has_somebody(report):
    report.decision = decision()
    so, _, do = page.three_sentences(report, EFFECT, ABSENT, ABSENT)
    assert so.startswith("A contact brought 5.0 responses per 100 persons")
    assert do.replace("\u00a0", " ") == (
        "Contact the 4 customers on the list, expected to bring 12 EUR net, and leave the 1 of "
        "the control group alone."
    )
    report.decision = decision(rows=0)
    assert page.three_sentences(report, EFFECT, ABSENT, ABSENT)[2].startswith("Contact nobody")


def test_cards_are_those_of_what_was_found(report):
    page.figures(report, ABSENT)
    assert report.figures == []
    report.decision = decision()
    page.figures(report, EFFECT)
    assert [card["finding"] for card in report.figures] == ["average_effect", "", "list_net_value"]
    assert report.figures[0]["value"] == "5.0 of 100 persons"
    assert report.figures[0]["about"] == "2.0 to 8.0"
