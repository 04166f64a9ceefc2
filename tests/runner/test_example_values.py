import datetime as dt

from crm_helpers.features.typical_amount import ORDER, TypicalAmount
from crm_helpers.page.examples import Scale
from crm_helpers.page.parameters import DECLARED
from crm_helpers.runner.example_values import with_examples
from crm_helpers.runner.plan import Job, plan
from crm_helpers.runner.request import Request
from crm_helpers.runner.resolution import cell_parameters
from crm_helpers.tables.paths import project_root
from crm_helpers.tables.sources import load_source

DAY = dt.date(2026, 6, 30)
NOTEBOOKS = project_root() / "notebooks"


def test_amounts_that_nobody_set_become_examples_of_the_companys_size(tiny_suite):
    tiny_suite.notebook("churn", parameters="budget: float = 2500.0\nsave_rate: float = 0.1")
    folders = {part: tiny_suite.folder / part for part in ("notebooks", "params")}
    scale = Scale(TypicalAmount(ORDER, 90.0))  # twice the demo company's 45

    def made(**options) -> Job:
        request = Request(source=str(tiny_suite.source), **folders, **options)
        planned = plan(request, load_source(request.source), DAY, "data")
        return with_examples(planned, scale, currency="EUR")["churn"]

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
    planned = plan(request, load_source("demo"), DAY, "data")
    jobs = with_examples(planned, Scale(TypicalAmount(ORDER, 90.0)), currency="EUR")
    assert {stem: job.examples for stem, job in jobs.items() if job.examples} == {}


def test_cells_hold_the_amounts_and_assumptions_that_the_demo_company_sets():
    for stem, stated in load_source("demo").parameters.items():
        cell = cell_parameters(NOTEBOOKS / f"{stem}.ipynb")
        told = [n for n in stated if DECLARED[n].unit == "money" or DECLARED[n].is_assumed]
        told = [name for name in told if cell[name] != []]  # empty: made from the data
        assert {name: cell[name] for name in told} == {name: stated[name] for name in told}
