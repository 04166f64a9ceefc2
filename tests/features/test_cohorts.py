"""Cohorts: whole months only, equal waiting time for all."""

import datetime as dt

import pytest

from crm_helpers.features.cohorts import cohort_activity, cohort_repeat
from crm_helpers.features.compute import compute


def activity(tables, as_of):
    return compute(cohort_activity, tables, {"as_of": dt.date.fromisoformat(as_of)})


def repeat(tables, as_of, days=60):
    parameters = {"as_of": dt.date.fromisoformat(as_of), "repeat_days": days}
    return compute(cohort_repeat, tables, parameters)


def test_a_cohort_starts_with_all_its_customers(tiny_tables):
    rows = activity(tiny_tables, "2024-06-30")
    start = rows[rows.months_since == 0]
    assert (start.active_customers == start.customers).all()
    assert start.cohort_month.dt.month.tolist() == [1, 4, 5, 6]


def test_months_count_from_the_first_order(tiny_tables):
    rows = activity(tiny_tables, "2024-06-30")
    first = rows[rows.cohort_month.dt.month == 1]
    assert first.months_since.tolist() == [0, 2, 5]


def test_a_month_in_progress_is_left_out(tiny_tables):
    rows = activity(tiny_tables, "2024-06-29")
    assert (rows.cohort_month.dt.month + rows.months_since).max() == 5


def test_only_the_first_month_of_the_data_is_marked(tiny_tables):
    rows = activity(tiny_tables, "2024-06-30")
    assert rows.loc[rows.is_first_month, "cohort_month"].dt.month.unique().tolist() == [1]


def test_a_second_order_in_time_is_a_repeat(tiny_tables):
    rows = repeat(tiny_tables, "2024-06-30", days=60)
    assert rows[["customers", "repeat_customers"]].to_numpy().tolist() == [[1, 1], [1, 0]]
    assert repeat(tiny_tables, "2024-06-30", days=59).repeat_customers.tolist()[0] == 0


@pytest.mark.parametrize(("as_of", "cohorts"), [("2024-05-30", 1), ("2024-06-29", 2)])
def test_a_cohort_counts_when_its_last_customer_had_all_the_days(tiny_tables, as_of, cohorts):
    # April has had 60 days on 29 June, and not on 28 June.
    assert len(repeat(tiny_tables, as_of)) == cohorts
