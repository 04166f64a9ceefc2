"""Sales totals: by hand for the tiny company, and as published for Online Retail."""

import datetime as dt

import ibis
import pytest

from crm_helpers.features.compute import compute
from crm_helpers.features.totals import sales_totals


def totals_of(transactions, as_of=dt.date(2024, 6, 30)):
    return compute(sales_totals, {"transactions": transactions}, {"as_of": as_of}).iloc[0]


def test_totals_of_the_tiny_company(tiny_tables):
    found = totals_of(tiny_tables["transactions"])
    expected = {
        "sale_lines": 10,
        "known_sale_lines": 9,
        "return_lines": 1,
        "orders_count": 8,
        "customers_with_sales": 4,
        "gross_sales": 222,
        "known_customer_sales": 162,
        "guest_sales": 60,
        "returns_value": -30,
        "known_returns_value": -30,
        "net_sales": 192,
    }
    assert found.to_dict() == expected


def test_parts_add_up(tiny_tables):
    found = totals_of(tiny_tables["transactions"], dt.date(2024, 12, 31))
    assert found.known_customer_sales + found.guest_sales == found.gross_sales
    assert found.gross_sales + found.returns_value == found.net_sales


def test_a_table_without_rows_sells_nothing(tiny_tables):
    found = totals_of(tiny_tables["transactions"], dt.date(2020, 1, 1))
    assert found.eq(0).all()


def test_a_table_without_dates_prices_and_customers_counts_lines(tiny_tables):
    lines = tiny_tables["transactions"].select("order_id", "product_id", "is_return")
    assert totals_of(lines).to_dict() == {
        "sale_lines": 12,
        "known_sale_lines": 0,
        "return_lines": 1,
        "orders_count": 10,
    }


@pytest.fixture
def online_retail(shared_data):
    """Raw file with the usual cleaning: prices above zero, codes and duplicates kept."""
    raw = ibis.duckdb.connect().read_parquet(shared_data / "online_retail/online_retail.parquet")
    price = raw.UnitPrice.cast("decimal(18, 4)")
    rows = raw.select(
        order_id=raw.InvoiceNo,
        customer_id=raw.CustomerID.cast("string"),
        ordered_at=raw.InvoiceDate.cast("timestamp"),
        is_return=raw.Quantity < 0,
        unit_price=price,
        revenue=raw.Quantity * price,
    )
    return rows.filter(rows.unit_price > 0)


def test_online_retail_has_the_sales_that_most_write_ups_print(online_retail):
    found = totals_of(online_retail, dt.date(2011, 12, 9))
    assert (found.known_sale_lines, found.customers_with_sales) == (397_884, 4_338)
    assert round(found.known_customer_sales, 2) == 8_911_407.90  # UCI Online Retail, usual cleaning
    assert round(found.known_returns_value, 2) == -611_342.09
