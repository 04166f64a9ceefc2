import datetime as dt

import pytest

from crm_helpers.page.parameters import ParameterError
from crm_helpers.runner.plan import chosen, plan, stems
from crm_helpers.runner.request import Request
from crm_helpers.tables.sources import load_source

DAY = dt.date(2026, 6, 30)


@pytest.fixture
def request_of(tiny_suite):
    for stem in ("overview", "churn", "credit", "template"):
        tiny_suite.notebook(stem)
    folders = {part: tiny_suite.folder / part for part in ("notebooks", "params")}

    def made(**options) -> Request:
        return Request(source=str(tiny_suite.source), **folders, **options)

    return made


def jobs(request: Request, fingerprint: str = "data", as_of: dt.date = DAY):
    return plan(request, load_source(request.source), as_of, fingerprint)


def test_overview_is_last_and_the_notebook_to_copy_is_no_report(request_of):
    assert stems(request_of()) == ["churn", "credit", "overview"]


def test_overview_is_made_whatever_was_asked_for(request_of):
    assert chosen(request_of(reports=("credit",))) == ["credit", "overview"]


def test_unknown_report_is_refused_with_the_nearest(request_of):
    with pytest.raises(ParameterError, match=r"REPORTS: unknown 'chrun'; did you mean 'churn'\?"):
        chosen(request_of(reports=("chrun",)))


def test_job_has_title_and_the_day_of_the_run(request_of):
    job = jobs(request_of())["churn"]
    assert (job.title, job.parameters["as_of"]) == ("Title of churn", "2026-06-30")
    assert (job.page, jobs(request_of())["overview"].page) == ("churn.html", "index.html")


def test_key_is_the_same_for_the_same_data_parameters_and_code(request_of):
    assert jobs(request_of())["churn"].key == jobs(request_of())["churn"].key


def test_key_changes_with_data_parameters_day_notebook_and_page(request_of, tiny_suite):
    before = jobs(request_of())["churn"].key
    others = [
        jobs(request_of(), fingerprint="other data"),
        jobs(request_of(settings="churn.seed=8")),
        jobs(request_of(), as_of=dt.date(2026, 3, 31)),
        jobs(request_of(code=True)),
    ]
    tiny_suite.notebook("churn", "answer('Other code')")
    others.append(jobs(request_of()))
    assert len({before, *(other["churn"].key for other in others)}) == 6


def test_setting_of_one_report_leaves_the_key_of_another(request_of):
    changed = jobs(request_of(settings="churn.seed=8"))
    assert changed["credit"].key == jobs(request_of())["credit"].key


def test_source_that_sets_parameters_of_an_unknown_report_is_refused(request_of, tiny_suite):
    text = tiny_suite.source.read_text()
    tiny_suite.source.write_text(f"{text}parameters:\n  chrun: {{seed: 1}}\n")
    with pytest.raises(ParameterError, match=r"parameters: unknown 'chrun'; did you mean 'churn'"):
        jobs(request_of())
