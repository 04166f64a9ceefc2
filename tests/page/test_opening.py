import datetime as dt
import json
from pathlib import Path

import ibis
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

from crm_helpers.charts.theme import figure
from crm_helpers.page import opening
from crm_helpers.page.faults import page_faults
from crm_helpers.page.parameters import ParameterError


class Tables(dict):
    counts = pd.DataFrame(
        {
            "table": ["customers", "transactions"],
            "rows_read": [5, 1234],
            "rows_excluded": [0, 4],
            "rows_set_aside": [0, 30],
            "rows_used": [5, 1200],
        }
    )
    set_aside = pd.DataFrame(
        {
            "table": ["transactions"] * 2,
            "column": ["unit_price", "quantity"],
            "reason": ["not above 0 <b>", "is empty"],
            "rows": [20, 10],
            "first_case": ["0", ""],
        }
    )


@pytest.fixture
def tables() -> Tables:
    days = [dt.datetime(2026, 7, 1, 9), dt.datetime(2026, 9, 30, 23)]
    return Tables(
        customers=ibis.memtable({"customer_id": ["a"]}),
        transactions=ibis.memtable({"order_id": ["1", "2"], "ordered_at": days}),
    )


def test_rows_and_period_of_each_table_are_shown(tables: Tables) -> None:
    html = opening.tables_read(tables, ["transactions"]).html
    assert "1 Jul 2026 – 30 Sep 2026" in html
    for label, rows in {"Rows read": "1,234", "Not asked for": "4", "Set aside": "30"}.items():
        assert f'data-label="{label}">{rows}</td>' in html
    assert "customers" not in html


def test_why_rows_were_set_aside_is_said_escaped_most_frequent_first(tables: Tables) -> None:
    html = opening.tables_read(tables, []).html
    assert page_faults(html) == []
    assert html.index("20 of transactions (price not above 0 &lt;b&gt;)") < html.index("10 of tr")


def test_a_table_that_the_source_has_not_is_left_out(tables: Tables) -> None:
    html = opening.tables_read(tables, ["customers", "contacts"]).html
    assert "contacts" not in html
    assert "No row was set aside." in html


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(opening, "project_root", lambda: tmp_path)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "params").mkdir()
    return tmp_path


def test_the_tables_of_a_report_are_those_its_notebook_declares(root: Path) -> None:
    crm = {"needs": [{"transactions": ["order_id"]}, {"subscriptions": []}], "uses": ["customers"]}
    (root / "notebooks/churn.ipynb").write_text(json.dumps({"metadata": {"crm": crm}}))
    assert opening.declared_tables("churn") == ["transactions", "subscriptions", "customers"]
    assert opening.declared_tables("other") == []


def test_values_that_differ_from_the_file_are_told(root: Path) -> None:
    (root / "params/churn.yaml").write_text('capacity: 5\nas_of: "2026-09-30"\nother: 1\n')
    values = {"capacity": 7, "as_of": "2026-09-30", "seed": 1}
    assert opening.differences("churn", values) == ["capacity is 7 here and 5 in params/churn.yaml"]
    assert opening.differences("other", values) == []


def test_a_box_is_shown_only_when_something_differs(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list = []
    monkeypatch.setattr(opening, "display", shown.append)
    (root / "params/churn.yaml").write_text("capacity: 5\n")
    opening.show_differences("churn", {"capacity": 5})
    assert shown == []
    opening.show_differences("churn", {"capacity": 6})
    assert "capacity is 6 here" in shown[0].html


def test_what_a_report_reads_is_dated_by_a_column_of_the_contract() -> None:
    from crm_helpers.tables.contracts import CONTRACTS

    for table, column in opening.DATED_BY.items():
        assert CONTRACTS[table].column(column) is not None


def test_a_figure_shows_as_a_picture_in_jupyterlab(capsys: pytest.CaptureFixture) -> None:
    shell = InteractiveShell.instance()
    try:
        opening.show_look()
        drawn, _ = figure()
        shown, _ = shell.display_formatter.format(drawn)
    finally:
        InteractiveShell.clear_instance()
    assert shown["image/png"]


def test_without_a_notebook_the_look_is_shown_all_the_same(capsys: pytest.CaptureFixture) -> None:
    opening.show_look()
    assert "Html(" in capsys.readouterr().out


def test_the_small_print_has_the_values_of_the_cell_as_it_stands():
    opened = {"source": "demo", "as_of": dt.date(2026, 9, 30), "capacity": 500, "seed": 7}
    frame = pd.DataFrame()  # a cell calls it by the name of another report's parameter
    cell = {"source": "demo", "as_of": "", "capacity": 250, "seed": 7, "repeats": frame}
    assert opening.as_they_stand(opened, cell) == {**opened, "capacity": 250}
    assert opening.as_they_stand(opened, {}) == opened


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"as_of": "2026-06-30"}, "as_of is 2026-06-30 now, but the report was opened with"),
        ({"seed": 8}, "seed is 8 now, but the report was opened with 7. Run the set-up cell"),
    ],
)
def test_a_cell_that_changed_what_was_read_asks_for_the_set_up(changed, told):
    opened = {"source": "demo", "as_of": dt.date(2026, 9, 30), "seed": 7}
    with pytest.raises(ParameterError, match=told):
        opening.as_they_stand(opened, {"source": "demo", "as_of": "", "seed": 7, **changed})


def test_a_variable_called_like_a_parameter_of_another_report_is_none_of_this_one() -> None:
    opened = {"source": "demo", "seed": 1}
    # `repeats` is a parameter of credit; profitability calls a frame so.
    cell = {"source": "demo", "seed": 1, "repeats": pd.DataFrame({"a": [1]})}
    assert opening.as_they_stand(opened, cell) == opened
