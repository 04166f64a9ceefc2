"""Which table a file is: exports of shops, payments, sales and service systems."""

import pandas as pd
import pytest

from crm_helpers.tables.proposals.matching import matches
from crm_helpers.tables.proposals.values import looks_of

DAYS, WHOLE = ["2024-09-01 20:11:02", "2024-09-02 08:00:00"], ["1", "3"]
MONEY, TEXT, YES = ["19.90", "5.00"], ["a", "b"], ["true", "false"]
EXPORTS = {
    "shopify": (
        "transactions",
        {
            "Name": ["#1001", "#1001"],
            "Email": TEXT,
            "Financial Status": ["paid", "paid"],
            "Created at": DAYS,
            "Lineitem quantity": WHOLE,
            "Lineitem name": TEXT,
            "Lineitem price": MONEY,
            "Lineitem sku": TEXT,
            "Discount Code": ["", "X"],
        },
        {
            "order_id": "Name",
            "customer_id": "Email",
            "ordered_at": "Created at",
            "quantity": "Lineitem quantity",
            "unit_price": "Lineitem price",
            "product_id": "Lineitem sku",
            "promotion": "Discount Code",
        },
    ),
    "woocommerce": (
        "transactions",
        {
            "Order Number": WHOLE,
            "Order Date": DAYS,
            "Customer User ID": WHOLE,
            "SKU": TEXT,
            "Quantity": WHOLE,
            "Item Cost": MONEY,
        },
        {
            "order_id": "Order Number",
            "ordered_at": "Order Date",
            "customer_id": "Customer User ID",
            "product_id": "SKU",
            "quantity": "Quantity",
            "unit_price": "Item Cost",
        },
    ),
    "magento": (
        "transactions",
        {
            "increment_id": WHOLE,
            "created_at": DAYS,
            "customer_email": TEXT,
            "sku": TEXT,
            "qty_ordered": WHOLE,
            "base_price": MONEY,
        },
        {
            "order_id": "increment_id",
            "ordered_at": "created_at",
            "customer_id": "customer_email",
            "product_id": "sku",
            "quantity": "qty_ordered",
            "unit_price": "base_price",
        },
    ),
    "stripe": (
        "subscriptions",
        {
            "Customer ID": TEXT,
            "Plan": TEXT,
            "Start (UTC)": DAYS,
            "Ended At (UTC)": DAYS,
            "Amount": MONEY,
        },
        {
            "customer_id": "Customer ID",
            "plan": "Plan",
            "started_on": "Start (UTC)",
            "ended_on": "Ended At (UTC)",
            "monthly_fee": "Amount",
        },
    ),
    "salesforce": (
        "leads",
        {
            "Lead ID": TEXT,
            "Lead Source": TEXT,
            "Created Date": DAYS,
            "Converted Date": DAYS,
            "Converted Account ID": TEXT,
        },
        {
            "lead_id": "Lead ID",
            "channel": "Lead Source",
            "created_on": "Created Date",
            "converted_on": "Converted Date",
            "customer_id": "Converted Account ID",
        },
    ),
    "hubspot": (
        "customers",
        {
            "Record ID": WHOLE,
            "Create Date": DAYS,
            "Original Source": TEXT,
            "City": TEXT,
            "Job Title": TEXT,
        },
        {
            "customer_id": "Record ID",
            "joined_on": "Create Date",
            "channel": "Original Source",
            "region": "City",
            "occupation": "Job Title",
        },
    ),
    "zendesk": (
        "feedback",
        {
            "Ticket ID": WHOLE,
            "Requester ID": WHOLE,
            "Created at": DAYS,
            "Solved at": DAYS,
            "Satisfaction Score": ["4", "5"],
            "Subject": TEXT,
        },
        {
            "feedback_id": "Ticket ID",
            "customer_id": "Requester ID",
            "given_at": "Created at",
            "resolved_at": "Solved at",
            "score": "Satisfaction Score",
            "text": "Subject",
        },
    ),
    "german": (
        "transactions",
        {
            "Bestellnummer": WHOLE,
            "Kundennr.": TEXT,
            "Bestelldatum": ["05.01.2026", "17.02.2026"],
            "Artikelnr": TEXT,
            "Menge": WHOLE,
            "Einzelpreis": ["3,50", "12,00"],
        },
        {
            "order_id": "Bestellnummer",
            "customer_id": "Kundennr.",
            "ordered_at": "Bestelldatum",
            "product_id": "Artikelnr",
            "quantity": "Menge",
            "unit_price": "Einzelpreis",
        },
    ),
    "french": (
        "transactions",
        {
            "Numéro de commande": WHOLE,
            "Code client": TEXT,
            "Date de commande": DAYS,
            "Référence": TEXT,
            "Quantité": WHOLE,
            "Prix unitaire": MONEY,
        },
        {
            "order_id": "Numéro de commande",
            "customer_id": "Code client",
            "ordered_at": "Date de commande",
            "product_id": "Référence",
            "quantity": "Quantité",
            "unit_price": "Prix unitaire",
        },
    ),
    "spanish": (
        "transactions",
        {
            "Número de pedido": WHOLE,
            "Cliente": TEXT,
            "Fecha de pedido": DAYS,
            "Artículo": TEXT,
            "Cantidad": WHOLE,
            "Precio unitario": MONEY,
        },
        {
            "order_id": "Número de pedido",
            "customer_id": "Cliente",
            "ordered_at": "Fecha de pedido",
            "product_id": "Artículo",
            "quantity": "Cantidad",
            "unit_price": "Precio unitario",
        },
    ),
}


def best(columns):
    return matches({name: looks_of(pd.Series(values)) for name, values in columns.items()})[0]


@pytest.mark.parametrize("system", EXPORTS)
def test_an_export_is_known_by_its_columns(system):
    table, columns, right = EXPORTS[system]
    found = best(columns)
    assert found.table == table
    assert found.columns == right


def test_values_that_cannot_be_forbid_a_name():
    columns = {
        "order_id": WHOLE,
        "product_id": TEXT,
        "ordered_at": TEXT,
        "quantity": WHOLE,
        "unit_price": TEXT,
    }
    assert set(best(columns).columns) == {"order_id", "product_id", "quantity"}


def test_each_column_is_used_once():
    found = best(
        {"id": WHOLE, "order": WHOLE, "order number": WHOLE, "quantity": WHOLE, "price": MONEY}
    )
    assert len(set(found.columns.values())) == len(found.columns)


def test_a_key_that_comes_twice_is_doubted():
    once = best({"lead_id": ["a", "b"], "created_on": DAYS})
    twice = best({"lead_id": ["a", "a"], "created_on": DAYS})
    assert once.fits["lead_id"] == 1.0
    assert twice.fits["lead_id"] < 1.0
