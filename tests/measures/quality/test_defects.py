import pandas as pd
import pytest

from crm_helpers.measures.quality import defects

COUNTS = pd.DataFrame(
    {
        "table": ["transactions", "contacts"],
        "rows_read": [1000, 100],
        "rows_excluded": [0, 0],
        "rows_set_aside": [30, 1],
        "rows_used": [970, 99],
        "exact_duplicates": [4, 2],
    }
)
SET_ASIDE = pd.DataFrame(
    {
        "table": ["transactions", "transactions", "contacts"],
        "column": ["unit_price", "ordered_at", "person_id"],
        "reason": ["is not above 0", "is after data_until 2026-06-30", "came before; expected"],
        "rows": [25, 5, 1],
        "first_case": ["row 1", "row 2", "row 3"],
    }
)


def test_one_row_in_a_hundred_is_serious_and_fewer_are_minor():
    found = defects.set_aside_defects(SET_ASIDE, COUNTS, limit=0.05)
    assert [d["severity"] for d in found] == ["serious", "minor", "serious"]
    assert [d["kind"] for d in found] == ["out of range", "future date", "key twice"]


def test_above_the_limit_every_reason_of_the_table_stops_reports():
    found = defects.set_aside_defects(SET_ASIDE, COUNTS, limit=0.02)
    assert [d["severity"] for d in found] == ["stops reports", "stops reports", "serious"]


def test_equal_lines_count_only_where_the_table_has_no_key():
    found = defects.repeated_line_defects(COUNTS)
    assert [(d["table"], d["rows"]) for d in found] == [("transactions", 4)]


@pytest.mark.parametrize(("limit", "severity"), [(0.05, "serious"), (0.2, "minor")])
def test_orphans_are_serious_above_their_limit(limit, severity):
    orphans = pd.DataFrame(
        [["transactions", "product_id", "products", 100, 10, "X1"]],
        columns=["table", "column", "parent", "rows_with_id", "orphans", "first_case"],
    )
    assert defects.orphan_defects(orphans, limit)[0]["severity"] == severity


def test_missing_days_name_the_longest_gap():
    missing = pd.DataFrame(
        {"day": pd.to_datetime(["2026-05-13"]), "rows": [0], "expected": [533.0]}
    )
    days = pd.DataFrame({"day": pd.date_range("2026-05-01", periods=30), "rows": 500})
    found = defects.missing_day_defects(missing.assign(table="visits"), days.assign(table="visits"))
    assert found[0]["about"] == {
        "first": pd.Timestamp("2026-05-13"),
        "last": pd.Timestamp("2026-05-13"),
        "expected": 533.0,
    }
    assert found[0]["severity"] == "minor"


def test_the_register_puts_the_gravest_first():
    found = defects.set_aside_defects(SET_ASIDE, COUNTS, limit=0.05)
    assert defects.register(found)["rows"].tolist() == [25, 1, 5]


def test_an_empty_register_has_no_rows():
    assert defects.register([]).empty


def test_defects_keep_the_order_in_which_they_were_found():
    found = defects.set_aside_defects(SET_ASIDE, COUNTS, limit=0.05)
    table = defects.as_table(found)
    assert table["rows"].tolist() == [25, 5, 1]
    assert [about["reason"] for about in table["about"]] == SET_ASIDE["reason"].tolist()


def test_no_defects_are_a_table_with_its_columns():
    assert defects.as_table([]).columns.tolist() == defects.COLUMNS


def test_rows_that_stop_before_the_end_are_serious_and_told_apart_from_gaps():
    gone = [pd.Timestamp("2026-05-13"), *pd.date_range("2026-05-31", periods=8)]
    missing = pd.DataFrame({"table": "visits", "day": gone, "rows": 0, "expected": 30.0})
    days = pd.DataFrame({"day": pd.date_range("2026-05-01", periods=30), "rows": 30})
    found = defects.missing_day_defects(missing, days.assign(table="visits"))
    assert [(d["kind"], d["severity"], d["rows"]) for d in found] == [
        ("missing day", "minor", 1),
        ("rows stop", "serious", 8),
    ]
    assert found[1]["about"]["last"] == pd.Timestamp("2026-05-30")


def test_a_fortnight_without_rows_is_serious():
    gone = pd.date_range("2026-05-01", periods=14)
    missing = pd.DataFrame({"table": "visits", "day": gone, "rows": 0, "expected": 3.0})
    days = pd.DataFrame({"day": pd.date_range("2025-01-01", "2026-06-30"), "rows": 3})
    (found,) = defects.missing_day_defects(missing, days.assign(table="visits"))
    assert found["severity"] == "serious"


def test_few_rows_that_hold_much_of_the_value_are_serious():
    aside = SET_ASIDE.assign(rows=[1, 5, 1], value_share=[0.34, None, 0.001])
    found = defects.set_aside_defects(aside, COUNTS, limit=0.05)
    assert [d["severity"] for d in found] == ["serious", "minor", "serious"]
    assert [d["about"]["value_share"] for d in found] == [0.34, 0.0, 0.001]


def test_a_default_day_and_a_bar_code_are_implausible():
    reasons = ["is implausible: before 1900-01-02", "times unit_price is implausible: over 9"]
    reasons.append("is 1970-01-01, which stands for a day that is not known")
    found = defects.set_aside_defects(SET_ASIDE.assign(reason=reasons), COUNTS, limit=0.05)
    assert {d["kind"] for d in found} == {"implausible"}
