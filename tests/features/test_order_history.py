import datetime as dt

import ibis
import pytest

from crm_helpers.features.order_history import order_history

ORDERS = [
    ("a", "2024-01-01", False),
    ("a", "2024-01-01", False),
    ("a", "2024-01-11", False),
    ("a", "2024-01-20", True),
    ("b", "2024-01-21", False),
    (None, "2024-01-05", False),
]


@pytest.fixture
def lines():
    rows = [(who, dt.datetime.fromisoformat(day), back) for who, day, back in ORDERS]
    names = ("customer_id", "ordered_at", "is_return")
    types = {"customer_id": "string", "ordered_at": "timestamp", "is_return": "boolean"}
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    return ibis.memtable(columns, schema=types)


def test_days_with_an_order_count_once_and_returns_not_at_all(lines):
    rows = order_history(lines, as_of=dt.date(2024, 1, 31)).to_pandas().set_index("customer_id")
    assert rows.loc["a"].to_list() == [1, 10, 30]
    assert rows.loc["b"].to_list() == [0, 0, 10]
    assert len(rows) == 2


def test_orders_after_the_day_are_not_seen(lines):
    rows = order_history(lines, as_of=dt.date(2024, 1, 5)).to_pandas().set_index("customer_id")
    assert rows.loc["a"].to_list() == [0, 0, 4]
