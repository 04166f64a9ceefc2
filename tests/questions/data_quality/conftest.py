"""Checked tables in three frames, and a report on them."""

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.page.numerals import money

COUNTS = pd.DataFrame(
    {
        "table": ["transactions", "contacts"],
        "rows_read": [1000, 100],
        "rows_excluded": [10, 0],
        "rows_set_aside": [30, 1],
        "rows_used": [960, 99],
        "exact_duplicates": [4, 2],
    }
)
SET_ASIDE = pd.DataFrame(
    {
        "table": ["transactions", "transactions", "contacts"],
        "column": ["unit_price", "ordered_at", "person_id"],
        "reason": ["is not above 0", "is after data_until 2026-06-30", "came before; expected"],
        "rows": [25, 5, 1],
        "first_case": ["row 1", "row 2", "row 3"],
    }
)
ORPHANS = pd.DataFrame(
    [
        ["transactions", "customer_id", "customers", 1000, 0, ""],
        ["transactions", "product_id", "products", 1000, 10, "X1"],
    ],
    columns=["table", "column", "parent", "rows_with_id", "orphans", "first_case"],
)


class Tables(dict):
    """Tables by name, with what the checks of the source left behind."""

    counts, set_aside, orphans = COUNTS, SET_ASIDE, ORPHANS
    emptied = pd.DataFrame(columns=["table", "column", "word", "rows"])
    readings = pd.DataFrame(columns=["table", "column", "code", "value", "rows"])


@pytest.fixture
def report():
    return SimpleNamespace(
        as_of=dt.date(2026, 6, 30),
        currency="EUR",
        source=SimpleNamespace(title="Corner shop"),
        tables=Tables(),
        money=lambda amount, decimals=0: money(amount, "EUR", decimals),
    )
