import ibis
import pandas as pd
import pytest

from crm_helpers.questions.data_quality import rows


def test_rows_are_said_to_add_up(report):
    assert rows.accounted(report).says == (
        "All 1,100 rows are accounted for: 1,059 are used, 41 left out"
    )


def test_rows_are_counted_of_the_transactions_and_of_all_tables(report):
    found = rows.accounted(report).findings
    assert {name: one["value"] for name, one in found.items()} == {
        "transactions_rows_read": 1000,
        "transactions_rows_excluded": 10,
        "transactions_rows_set_aside": 30,
        "transactions_rows_used": 960,
        "rows_read": 1100,
        "rows_used_share": pytest.approx(1059 / 1100, rel=1e-9),
    }


def test_without_transactions_only_the_sums_are_found(report):
    report.tables.counts = report.tables.counts.tail(1)
    assert list(rows.accounted(report).findings) == ["rows_read", "rows_used_share"]


def test_the_counts_are_shown_per_table(report):
    shown = rows.accounted(report).data
    assert shown["rows_used"].tolist() == [960, 99]


def test_broken_contracts_come_before_lines_that_are_there_twice(report):
    found = rows.row_defects(report, max_set_aside_share=0.05)
    assert found["kind"].tolist() == ["out of range", "future date", "key twice", "line twice"]
    assert found["rows"].tolist() == [25, 5, 1, 4]


@pytest.mark.parametrize(("limit", "stops"), [(0.02, 2), (0.05, 0)])
def test_above_the_limit_a_table_stops_reports(report, limit, stops):
    found = rows.row_defects(report, max_set_aside_share=limit)
    assert (found["severity"] == "stops reports").sum() == stops


def test_a_source_without_returns_and_prices_lists_what_was_left_out(report):
    shown = rows.steps(report).data
    assert shown[["step", "rows"]].to_numpy().tolist() == [
        ["selected", 10],
        ["cleaned", 30],
        ["cleaned", 1],
    ]


def test_marked_returns_are_a_step(report):
    lines = pd.DataFrame({"is_return": [True, False, True], "is_product": True})
    report.tables["transactions"] = ibis.memtable(lines)
    shown = rows.steps(report).data
    assert shown.loc[shown["step"] == "transformed", "rows"].tolist() == [2]


def test_where_nothing_was_left_out_nothing_had_to_be_done(report):
    clean = report.tables.counts.assign(rows_excluded=0, rows_set_aside=0)
    report.tables.counts = clean
    assert rows.steps(report).says == "Nothing had to be done."
