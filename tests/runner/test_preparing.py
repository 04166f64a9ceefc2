import datetime as dt
from types import SimpleNamespace

import ibis
import pandas as pd
import pytest

from crm_helpers.page.parameters import ParameterError
from crm_helpers.runner import preparing
from crm_helpers.runner.plan import Job
from crm_helpers.runner.request import Request
from crm_helpers.tables.periods import first_day


class Tables(dict):
    """Two tables with what the runner asks of checked tables."""

    source = SimpleNamespace(name="shop", file="shop.yaml", data_until=dt.date(2026, 9, 30))
    counts = pd.DataFrame(
        {
            "table": ["customers", "transactions"],
            "rows_read": [100, 1000],
            "rows_excluded": [0, 600],
            "rows_set_aside": [3, 40],
        }
    )
    set_aside = pd.DataFrame(
        {
            "table": ["customers", "transactions", "transactions"],
            "column": ["customer_id", "unit_price", "quantity"],
            "reason": ["appears twice", "is below zero", "is empty"],
            "rows": [3, 30, 10],
            "first_case": ["row 7, 'C1'", "row 12, '-3'", "row 2"],
        }
    )


@pytest.fixture
def tables() -> Tables:
    day = pd.Timestamp("2024-01-05 10:00")
    sales = pd.DataFrame({"order_id": ["1"], "ordered_at": [day], "customer_id": ["C1"]})
    people = pd.DataFrame({"customer_id": ["C1"], "joined_on": [dt.date(2011, 3, 1)]})
    return Tables(customers=ibis.memtable(people), transactions=ibis.memtable(sales))


def job(stem: str, *needs: dict) -> Job:
    return Job(stem, stem, None, {}, list(needs), [], "")


def test_default_day_of_short_data_is_their_last_and_is_stated(tables):
    until = dt.date(2024, 2, 20)
    short = Tables(tables)
    short.source = SimpleNamespace(data_until=until)
    day, because = preparing.day_in_data(Request(), dt.date(2023, 12, 31), short)
    assert day == until
    assert "quarter ends 2023-12-31, but the data begin 2024-01-05: the reports" in because
    assert "AS_OF=2024-02-20" in because
    asked = preparing.day_in_data(Request(as_of="2023-12-31"), dt.date(2023, 12, 31), short)
    assert asked == (dt.date(2023, 12, 31), "")


def test_default_day_of_long_data_stays(tables):
    until = dt.date(2026, 9, 30)
    assert preparing.day_in_data(Request(), until, tables) == (until, "")


def test_data_begin_with_the_first_event_not_with_the_first_customer(tables):
    assert first_day(tables) == dt.date(2024, 1, 5)


def test_day_before_the_data_is_refused_with_the_usable_range(tables):
    message = "as_of: 2023-12-31 is outside the data.*Usable as_of: 2024-01-05 to 2026-09-30"
    with pytest.raises(ParameterError, match=message):
        preparing.check_as_of(dt.date(2023, 12, 31), tables)


def test_source_without_dates_takes_any_day_up_to_its_last():
    undated = Tables(transactions=ibis.memtable(pd.DataFrame({"order_id": ["1"]})))
    assert first_day(undated) is None
    preparing.check_as_of(dt.date(1999, 1, 1), undated)


def test_defect_names_table_column_count_limit_and_first_case(tables):
    assert preparing.defect("transactions", tables, 0.05) == (
        "transactions.unit_price: 40 of 400 rows were set aside (10.0%, limit 5.0%), most of them "
        "(30) because: is below zero (first case: row 12, '-3'). Correct the source, or raise "
        "max_set_aside_share in params/data_quality.yaml."
    )


def test_first_case_that_is_a_person_is_told_by_its_row_alone(tables):
    said = preparing.defect("customers", tables, 0.01)
    assert "(first case: row 7)" in said
    assert "C1" not in said


def test_first_case_of_a_key_of_several_columns_names_no_person():
    worst = {"column": "person_id and campaign", "first_case": "row 64, 'L0002974'"}
    assert preparing.first_case(worst) == "row 64"


def test_table_within_the_limit_has_no_defect(tables):
    assert preparing.defect("transactions", tables, 0.10) == ""


def test_obstacles_are_missing_tables_and_defects_but_not_for_the_reports_on_data(tables):
    sales = {"transactions": ["order_id"]}
    found = preparing.obstacles(
        [
            job("churn", sales),
            job("personal", {"visits": ["item_id"]}),
            job("data_quality", sales),
            job("segments", {"customers": ["customer_id"]}),
            job("overview"),
        ],
        tables,
        0.05,
    )
    assert {stem: status for stem, (status, _) in found.items()} == {
        "churn": "failed",
        "personal": "skipped",
    }


def test_report_goes_on_with_another_need_that_is_sound(tables):
    either = ({"transactions": ["order_id"]}, {"customers": ["customer_id"]})
    assert preparing.obstacles([job("churn", *either)], tables, 0.05) == {}
