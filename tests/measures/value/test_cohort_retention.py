"""Retention and repeat rates from tiny cohorts."""

import pandas as pd
import pytest

from crm_helpers.measures.value.cohort_retention import (
    overall_repeat,
    repeat_rates,
    retention_curve,
)


def activity(*rows):
    columns = ["cohort_month", "months_since", "customers", "active_customers", "is_first_month"]
    return pd.DataFrame(rows, columns=columns).astype({"cohort_month": "datetime64[ns]"})


TWO = activity(
    ("2024-01-01", 0, 100, 100, True),
    ("2024-01-01", 2, 100, 90, True),
    ("2024-02-01", 0, 10, 10, False),
    ("2024-02-01", 1, 10, 4, False),
    ("2024-03-01", 0, 10, 10, False),
)


def test_the_first_month_of_the_data_is_left_out():
    assert retention_curve(TWO)["customers"].tolist() == [10]


def test_the_first_month_counts_when_it_is_the_only_one():
    curve = retention_curve(TWO[TWO["is_first_month"]])
    assert curve["retention_share"].tolist() == [0, 0.9]


def test_a_month_without_an_order_counts_as_zero():
    curve = retention_curve(TWO[TWO["is_first_month"]])
    assert curve["months_since"].tolist() == [1, 2]
    assert curve["active_customers"].tolist() == [0, 90]


def test_young_cohorts_do_not_pull_later_months_down():
    rows = activity(
        ("2024-01-01", 0, 1, 1, True),
        ("2024-02-01", 0, 10, 10, False),
        ("2024-02-01", 1, 10, 5, False),
        ("2024-02-01", 2, 10, 5, False),
        ("2024-03-01", 0, 10, 10, False),
        ("2024-03-01", 1, 10, 5, False),
        ("2024-04-01", 0, 90, 90, False),
    )
    assert retention_curve(rows)["retention_share"].tolist() == [0.5, 0.5]


def test_the_curve_ends_where_most_customers_were_not_watched():
    rows = activity(
        ("2024-01-01", 0, 1, 1, True),
        ("2024-02-01", 0, 10, 10, False),
        ("2024-02-01", 2, 10, 5, False),
        ("2024-03-01", 0, 90, 90, False),
        ("2024-03-01", 1, 90, 9, False),
    )
    assert retention_curve(rows)["months_since"].tolist() == [1]


def test_a_single_month_has_no_curve():
    assert retention_curve(TWO.head(1)).empty


def test_repeat_rates_hold_their_interval_and_add_up():
    repeat = pd.DataFrame(
        {
            "cohort_month": pd.to_datetime(["2024-01-01", "2024-02-01", "2024-03-01"]),
            "customers": [900, 10, 30],
            "repeat_customers": [900, 5, 3],
            "is_first_month": [True, False, False],
        }
    )
    rates = repeat_rates(repeat)
    assert rates["repeat_rate"].tolist() == [0.5, 0.1]
    assert (rates["repeat_low"] < rates["repeat_rate"]).all()
    assert overall_repeat(rates) == pytest.approx(8 / 40)


def test_the_repeat_interval_is_wilsons():
    # Newcombe (1998), Statistics in Medicine 17, table I, method 3: 81 of 263.
    repeat = pd.DataFrame(
        {
            "cohort_month": pd.to_datetime(["2024-02-01"]),
            "customers": [263],
            "repeat_customers": [81],
            "is_first_month": [False],
        }
    )
    row = repeat_rates(repeat).iloc[0]
    assert (round(row["repeat_low"], 4), round(row["repeat_high"], 4)) == (0.2553, 0.3662)
