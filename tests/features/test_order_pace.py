"""Pace of ordering of the tiny company, worked out by hand."""

import datetime as dt

from crm_helpers.features.compute import compute
from crm_helpers.features.order_pace import order_pace


def pace_of(tables, days=365):
    parameters = {"as_of": dt.date(2024, 6, 30), "observation_days": days}
    return compute(order_pace, tables, parameters).set_index("customer_id")


def test_the_first_order_is_no_sign_of_pace(tiny_tables):
    row = pace_of(tiny_tables).loc["a"]
    # 15 Jan is the first; 15 Mar and 30 Jun count, watched from 16 Jan on.
    assert (row.order_days, row.watched_days, row.recency_days) == (2, 167, 0)


def test_two_orders_of_one_day_are_one_order_day(tiny_tables):
    lines = tiny_tables["transactions"]
    again = lines.filter(lines.order_id == "2").mutate(order_id=lines.order_id + "x")
    doubled = {"transactions": lines.union(again)}
    assert pace_of(doubled).equals(pace_of(tiny_tables))


def test_a_window_shorter_than_the_tenure_counts_its_own_days(tiny_tables):
    row = pace_of(tiny_tables, days=60).loc["a"]
    assert (row.order_days, row.watched_days) == (1, 60)


def test_returns_are_no_orders_and_guests_no_customers(tiny_tables):
    rows = pace_of(tiny_tables)
    assert rows.loc["b", "order_days"] == 0
    assert rows.index.tolist() == ["a", "b", "c", "d"]
