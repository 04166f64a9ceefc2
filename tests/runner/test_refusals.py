"""Refusals before anything slow is imported."""

import datetime as dt
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from crm_helpers.page.parameters import ParameterError
from crm_helpers.runner import check, refusals, run
from crm_helpers.runner.request import Request

SLOW = ("pandas", "ibis", "duckdb", "numpy", "matplotlib", "sklearn", "IPython", "nbformat")


def test_default_day_is_the_end_of_the_last_quarter_in_the_data():
    source = SimpleNamespace(data_until=dt.date(2011, 12, 9))
    assert refusals.as_of_of(Request(), source) == dt.date(2011, 9, 30)


def test_quarter_by_name_and_day_by_date_are_the_same():
    by_name = refusals.as_of_of(Request(quarter="2011Q3"), None)
    assert by_name == refusals.as_of_of(Request(as_of="2011-09-30"), None)


def test_day_and_quarter_together_are_refused():
    with pytest.raises(ParameterError, match="AS_OF 2011-09-30 and QUARTER 2011Q3 are both given"):
        refusals.as_of_of(Request(as_of="2011-09-30", quarter="2011Q3"), None)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"source": "demmo"}, "source: 'demmo' is not in params/sources; did you mean 'demo'?"),
        ({"as_of": "30.9.2026"}, "date: found '30.9.2026'; expected a day as YYYY-MM-DD."),
        ({"reports": ("chrun",)}, "REPORTS: unknown 'chrun'; did you mean 'churn'?"),
        ({"settings": "churn.capcity=1"}, "SET churn: unknown 'capcity'; did you mean 'capacity'?"),
        ({"settings": "churn.save_rate=7"}, "SET churn: save_rate"),
        ({"notebooks": Path("nowhere")}, "nowhere: no notebook is there; expected *.ipynb."),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(asked, said):
    refused = refusals.early_refusal(Request(**asked))
    assert refused.startswith(said)
    assert "\n" not in refused


def test_what_can_be_is_not_refused():
    assert refusals.early_refusal(Request(reports=("churn",), quarter="2026Q3")) == ""


def test_nothing_slow_is_imported_before_a_refusal():
    code = "import sys; from crm_helpers.runner import check, run\n"
    code += "assert run.main(['--source', 'demmo']) == 2\n"
    code += f"print([name for name in {SLOW} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


@pytest.mark.parametrize("command", [run, check])
def test_a_refusal_ends_with_code_2_and_starts_no_kernel(command, capsys, monkeypatch):
    monkeypatch.setattr(run, "Kernels", None)
    assert command.main(["--source", "demmo"]) == 2
    assert "did you mean 'demo'?" in capsys.readouterr().err
