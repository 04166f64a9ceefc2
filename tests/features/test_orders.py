"""Orders of the tiny company, worked out by hand."""

import datetime as dt

import pytest

from crm_helpers.features.compute import compute
from crm_helpers.features.orders import orders


@pytest.fixture
def rows(tiny_tables):
    return compute(orders, tiny_tables, {"as_of": dt.date(2024, 6, 30)}).set_index("order_id")


def test_guests_returns_and_later_orders_are_no_orders(rows):
    assert rows.index.tolist() == ["1", "2", "3", "4", "6", "7", "9"]


def test_lines_of_an_order_are_added_up(rows):
    assert rows.loc["2", ["lines_count", "revenue", "margin"]].tolist() == [2, 50, 22]


def test_orders_are_numbered_within_the_customer(rows):
    assert rows.loc[["1", "2", "3"], "order_number"].tolist() == [1, 2, 3]


def test_days_since_the_order_before_are_empty_for_the_first(rows):
    gaps = rows.loc[["1", "2", "3"], "days_since_previous"]
    assert gaps.isna().tolist() == [True, False, False]
    assert gaps.tolist()[1:] == [60, 107]  # 15 Jan to 15 Mar to 30 Jun 2024
