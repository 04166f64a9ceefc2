"""Recency, frequency and monetary value of the tiny company, worked out by hand."""

import datetime as dt

import pytest

from crm_helpers.features.compute import compute
from crm_helpers.features.rfm import rfm


def rfm_of(tables, days=120):
    parameters = {"as_of": dt.date(2024, 6, 30), "observation_days": days}
    return compute(rfm, tables, parameters).set_index("customer_id")


def test_a_customer_with_two_orders_in_the_window(tiny_tables):
    row = rfm_of(tiny_tables).loc["a"]
    assert (row.recency_days, row.frequency_orders, row.revenue_sum) == (0, 2, 80)
    assert row.monetary_mean == 40


def test_tenure_counts_from_the_first_order_in_all_the_data(tiny_tables):
    assert rfm_of(tiny_tables).loc["a", "tenure_days"] == 167  # 15 Jan to 30 Jun 2024


def test_returns_stand_beside_the_revenue_and_never_reduce_it(tiny_tables):
    row = rfm_of(tiny_tables).loc["b"]
    assert (row.revenue_sum, row.returns_sum, row.net_revenue_sum) == (30, -30, 0)


def test_customers_without_an_order_in_the_window_are_left_out(tiny_tables):
    assert rfm_of(tiny_tables, days=25).index.tolist() == ["a", "d"]


def test_a_source_without_prices_gives_counts_only(tiny_tables):
    lines = tiny_tables["transactions"].drop("revenue", "margin", "unit_price")
    columns = rfm_of({"transactions": lines}).columns.tolist()
    assert columns == ["recency_days", "frequency_orders", "tenure_days"]


@pytest.mark.parametrize("days", [1, 30, 366])
def test_every_recency_lies_inside_the_window(tiny_tables, days):
    assert rfm_of(tiny_tables, days).recency_days.between(0, days - 1).all()
