"""Columns that a source commonly lacks stop no feature function: those it must have are named."""

import importlib.util
from pathlib import Path

import pytest
from tiny_tables import TINY

pytestmark = pytest.mark.whole

SPEC = importlib.util.spec_from_file_location(
    "leakage_law", Path(__file__).with_name("test_leakage_law.py")
)
LAW = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(LAW)

# A question asks for these under `needs` before its report starts, or they are derived.
ALWAYS = {
    "customers": {"customer_id"},
    "transactions": {"order_id", "customer_id", "ordered_at", "is_return", "is_product"},
    "products": {"product_id"},
    "subscriptions": {"customer_id", "started_on", "ended_on"},
    "contacts": {"person_id", "campaign", "responded"},
    "leads": {"lead_id", "created_on", "converted_on", "customer_id"},
    "feedback": {"feedback_id", "given_at", "customer_id", "score"},
    "applications": {"application_id", "customer_id", "defaulted"},
    "payments": {"payment_id"},
    "visits": {"person_id", "item_id"},
}
# What a function is about, without which it has nothing to say.
ABOUT = {
    "basket_lines": {"product_id"},
    "product_value": {"product_id"},
    "products_bought": {"product_id"},
    "products_bought_next": {"product_id"},
    "product_prices": {"product_id", "unit_price"},
    "channel_months": {"revenue"},
    "customer_value": {"revenue"},
}


@pytest.mark.parametrize("function", LAW.FUNCTIONS)
def test_columns_that_are_commonly_absent_stop_no_feature(function):
    names = LAW.tables_of(function)
    whole = {name: TINY[name].table() for name in names}
    for table in names:
        kept = ALWAYS[table] | ABOUT.get(function.__name__, set())
        for column in set(TINY[table].schema) - kept:
            tables = {**whole, table: whole[table].drop(column)}
            try:
                function(*tables.values(), **LAW.parameters_of(function))
            except Exception as error:
                pytest.fail(f"{function.__name__} without {table}.{column}: {error!r}")
