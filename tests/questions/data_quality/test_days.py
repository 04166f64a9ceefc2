import pandas as pd

from crm_helpers.questions.data_quality import days

BY_DAY = pd.DataFrame(
    {
        "table": ["visits"] * 10 + ["contacts"],
        "day": pd.date_range("2026-05-04", periods=10).tolist() + [pd.Timestamp("2026-05-04")],
        "rows": [500] * 9 + [100, 20],
    }
)
MISSING = pd.DataFrame(
    {
        "table": ["visits"],
        "day": pd.to_datetime(["2026-05-14"]),
        "rows": [0],
        "expected": [533.0],
    }
)
LATE = pd.DataFrame([["transactions", "recorded_on", 1000, 3, 75]])
LATE.columns = ["table", "column", "rows", "late", "longest_days"]
SINCE = pd.DataFrame([["visits", "2026-03-31", 90, 100, 10]])
SINCE.columns = ["table", "until", "then", "now", "late"]


def test_missing_days_and_late_rows_are_told():
    assert days.complete(MISSING, LATE, SINCE, late_days=14).says == (
        "1 day without the usual rows (the last on 14 May 2026, visits); "
        "3 rows recorded over 14 days late; 10 rows came after the last run"
    )


def test_what_no_table_tells_is_left_out():
    none = days.complete(MISSING.head(0), LATE.head(0), SINCE.head(0), late_days=14)
    assert none.says == "0 days without the usual rows"


def test_the_largest_dated_table_is_drawn_by_week(report):
    shown = days.weeks(report, BY_DAY, MISSING)
    assert shown.says == "1 day of visits without the usual rows"
    assert shown.data["rows"].sum() == 4600


def test_transactions_are_drawn_whatever_their_size(report):
    sales = BY_DAY.assign(table=["visits"] * 10 + ["transactions"])
    shown = days.weeks(report, sales, MISSING)
    assert shown.says == "No day of transactions is missing"
    assert shown.data["rows"].tolist() == [20]


def test_without_dates_completeness_cannot_be_shown(report):
    assert days.weeks(report, BY_DAY.head(0), MISSING).says.startswith("No table has dates")


def test_defects_come_as_missing_late_since_and_late():
    found = days.day_defects(MISSING, BY_DAY, LATE, SINCE, late_days=14)
    assert found["kind"].tolist() == ["missing day", "late since last run", "late row"]
    assert found["rows"].tolist() == [1, 10, 3]
    assert found["about"][2] == {"late_days": 14, "longest_days": 75}


def test_complete_days_are_no_defect():
    none = MISSING.head(0), BY_DAY, LATE.assign(late=0), SINCE.assign(late=-2)
    assert days.day_defects(*none, late_days=14).empty
