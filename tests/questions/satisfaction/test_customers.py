"""Groups of customers, their money, and what one who stays is worth."""

import pandas as pd
import pytest

from crm_helpers.page.section import is_absent
from crm_helpers.questions.satisfaction.customers import (
    MONTH_DAYS,
    base,
    group_names,
    money,
    share_of_margin,
    worth,
)

ORDERS = {"transactions": ("customer_id", "ordered_at", "revenue")}


def bought(*rows: tuple) -> pd.DataFrame:
    names = ["customer_id", "frequency_orders", "tenure_days", "recency_days"]
    return pd.DataFrame(list(rows), columns=names)


def test_without_orders_there_is_no_base_and_no_money(told, nobody):
    found = base(told(), nobody, observation_days=365)
    assert found.reason == "Without orders the customer base is not known."
    found = money(told(), observation_days=365)
    assert found.reason == "The orders have no prices, so nobody's value is known."


def test_bands_of_orders_and_tenure_hold_their_ends(told, nobody):
    rows = bought(("a", 1, 364, 0), ("b", 2, 365, 0), ("c", 4, 729, 0), ("d", 5, 730, 0))
    found = base(told(ORDERS, rfm=rows), nobody, observation_days=365)
    several = ["2 to 4 orders", "2 to 4 orders"]
    assert found["orders group"].tolist() == ["one order", *several, "5 or more orders"]
    assert found["customer since"].tolist() == [
        "customer under one year",
        "customer for 1 to 2 years",
        "customer for 1 to 2 years",
        "customer for 2 years or more",
    ]
    assert group_names(found) == ["orders group", "customer since"]


def test_bands_of_age_hold_their_ends_and_one_is_not_known(told, nobody):
    rows = bought(*((one, 1, 0, 0) for one in "abcde"))
    born = pd.DataFrame(
        {"customer_id": list("abcde"), "birth_year": [1992, 1991, 1962, 1961, None]}
    )
    tables = ORDERS | {"customers": ("customer_id", "birth_year")}
    report = told(tables, rfm=rows, customer_attributes=born)
    found = base(report, nobody, observation_days=365)
    assert found["age group"].tolist() == [
        "age to 34",
        "age 35 to 49",
        "age 50 to 64",
        "age from 65",
        "age not known",
    ]


def test_who_refused_to_be_profiled_is_in_no_group(told):
    agreed = pd.DataFrame({"customer_id": ["a", "b"], "may_profile": [False, True]})
    report = told(ORDERS, rfm=bought(("a", 1, 0, 0), ("b", 1, 0, 0)))
    assert base(report, agreed, observation_days=365)["customer_id"].tolist() == ["b"]


def test_gender_is_no_group():
    names = ["orders group", "age group", "customer since", "channel", "region", "gender"]
    assert group_names(pd.DataFrame(columns=names)) == names[:-1]


def test_margin_is_that_of_the_orders_where_cost_is_known():
    sums = pd.DataFrame({"net_revenue_sum": [100.0, 300.0], "margin_sum": [10.0, 90.0]})
    assert share_of_margin(sums, assumed=0.35) == 0.25
    assert share_of_margin(sums[["net_revenue_sum"]], assumed=0.35) == 0.35
    assert share_of_margin(0 * sums, assumed=0.35) == 0.35


OPTIONS = {"observation_days": 4 * MONTH_DAYS, "horizon_months": 12, "margin_share": 0.5}


@pytest.mark.parametrize(("margin", "value"), [(40.0, 120.0), (-40.0, 0.0)])
def test_customer_is_worth_months_of_margin_at_his_pace_and_never_less_than_nothing(margin, value):
    sums = pd.DataFrame({"customer_id": ["a"], "net_revenue_sum": [1.0], "margin_sum": [margin]})
    found = worth(sums, bought(("a", 1, 0, 7), ("b", 1, 0, 9)), **OPTIONS)
    assert found["customer_id"].tolist() == ["a"]
    assert found["recency_days"].tolist() == [7]
    assert found["value"].tolist() == pytest.approx([value])


def test_without_cost_the_assumed_share_makes_the_margin():
    sums = pd.DataFrame({"customer_id": ["a"], "net_revenue_sum": [80.0]})
    found = worth(sums, bought(("a", 1, 0, 7)), **OPTIONS)
    assert found["value"].tolist() == pytest.approx([120.0])


def test_nobody_is_worth_anything_without_money(told):
    assert is_absent(worth(money(told(), observation_days=365), bought(), **OPTIONS))
