"""Value of each customer of the tiny company, worked out by hand."""

import datetime as dt

from crm_helpers.features.compute import compute
from crm_helpers.features.customer_value import customer_value


def values_of(transactions, days=120):
    parameters = {"as_of": dt.date(2024, 6, 30), "observation_days": days}
    frame = compute(customer_value, {"transactions": transactions}, parameters)
    return frame.set_index("customer_id")


def test_margin_is_net_of_returns(tiny_tables):
    rows = values_of(tiny_tables["transactions"])
    assert rows.margin_sum.to_dict() == {"a": 32, "b": 0, "c": -1, "d": 9}


def test_a_return_counts_when_it_came_back_even_if_the_sale_is_older(tiny_tables):
    row = values_of(tiny_tables["transactions"], days=80).loc["b"]  # 12 Apr to 30 Jun
    assert (row.frequency_orders, row.net_revenue_sum, row.margin_sum) == (0, -30, -18)


def test_guests_are_no_customers(tiny_tables):
    assert values_of(tiny_tables["transactions"]).index.tolist() == ["a", "b", "c", "d"]


def test_without_cost_there_is_no_margin(tiny_tables):
    assert "margin_sum" not in values_of(tiny_tables["transactions"].drop("margin")).columns


def test_margin_of_the_sales_stands_beside_that_after_returns(tiny_tables):
    row = values_of(tiny_tables["transactions"]).loc["b"]
    assert (row.sales_margin_sum, row.margin_sum) == (18, 0)


def test_sales_without_a_known_cost_are_added_up(tiny_tables):
    lines = tiny_tables["transactions"]
    unknown = lines.mutate(margin=(lines.product_id != "q").ifelse(lines.margin, None))
    rows = values_of(unknown)
    assert rows.uncosted_revenue_sum.to_dict() == {"a": 60, "b": 0, "c": 0, "d": 30}
