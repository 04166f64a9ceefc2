import datetime as dt

import pytest

from crm_helpers.features.typical_amount import ORDER, TypicalAmount
from crm_helpers.page.examples import Scale
from crm_helpers.page.parameters import ParameterError
from crm_helpers.runner.plan import Job, chosen, plan, stems
from crm_helpers.runner.request import Request
from crm_helpers.runner.resolution import cell_parameters
from crm_helpers.tables.paths import project_root
from crm_helpers.tables.sources import load_source

DAY = dt.date(2026, 6, 30)
NOTEBOOKS = project_root() / "notebooks"


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


def test_amounts_that_nobody_set_become_examples_of_the_companys_size(tiny_suite):
    tiny_suite.notebook("churn", parameters="budget: float = 2500.0\nsave_rate: float = 0.1")
    folders = {part: tiny_suite.folder / part for part in ("notebooks", "params")}
    scale = Scale(TypicalAmount(ORDER, 90.0))  # twice the demo company's 45

    def made(**options) -> Job:
        request = Request(source=str(tiny_suite.source), **folders, **options)
        return plan(request, load_source(request.source), DAY, "data", scale)["churn"]

    job = made()
    assert job.parameters["budget"] == 5000.0
    assert [one.name for one in job.examples] == ["budget", "save_rate"]
    own = made(settings="churn.budget=5000.0 churn.save_rate=0.1")
    assert (own.examples, own.example_words) == ([], "")
    # The same numbers, but no longer examples: the page says less, so it is made anew.
    assert own.parameters == job.parameters
    assert own.key != job.key


def test_demo_company_sets_every_amount_and_assumption_itself():
    request = Request(source="demo", notebooks=NOTEBOOKS, params=NOTEBOOKS.parent / "params")
    jobs = plan(request, load_source("demo"), DAY, "data", Scale(TypicalAmount(ORDER, 90.0)))
    assert {stem: job.examples for stem, job in jobs.items() if job.examples} == {}


def test_cells_hold_what_the_demo_company_sets():
    for stem, stated in load_source("demo").parameters.items():
        cell = cell_parameters(NOTEBOOKS / f"{stem}.ipynb")
        assert {name: cell[name] for name in stated} == stated
