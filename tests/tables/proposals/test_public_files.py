"""Public files, as they were published: what is taken must be right; the rest is asked."""

from pathlib import Path

import pytest
import yaml

from crm_helpers.tables.proposals.propose import propose_source

pytestmark = pytest.mark.whole
# Of each file: the table, and every column of it that the file holds as it stands.
RIGHT = {
    "online_retail/online_retail.parquet": (
        "transactions",
        {
            "order_id": "InvoiceNo",
            "product_id": "StockCode",
            "customer_id": "CustomerID",
            "ordered_at": "InvoiceDate",
            "quantity": "Quantity",
            "unit_price": "UnitPrice",
        },
    ),
    "telco_churn/WA_Fn-UseC_-Telco-Customer-Churn.csv": (
        "subscriptions",
        {
            "customer_id": "customerID",
            "tenure_months": "tenure",
            "churned": "Churn",
            "plan": "Contract",
            "monthly_fee": "MonthlyCharges",
        },
    ),
    "bank_marketing/bank-additional-full.csv": (
        "contacts",
        {"responded": "y", "channel": "contact"},
    ),
    "hillstrom/hillstrom.csv": (
        "contacts",
        {"responded": "visit", "offer": "segment", "channel": "channel", "value": "spend"},
    ),
    "carclaims_fraud/carclaims.csv": ("payments", {"is_fraud": "FraudFound"}),
    "olist_leads/olist_marketing_qualified_leads_dataset.csv": (
        "leads",
        {"lead_id": "mql_id", "created_on": "first_contact_date", "channel": "origin"},
    ),
    "olist_leads/olist_closed_deals_dataset.csv": (
        "leads",
        {"lead_id": "mql_id", "converted_on": "won_date", "customer_id": "seller_id"},
    ),
    "clothing_reviews/womens_clothing_reviews.parquet": (
        "feedback",
        {
            "product_id": "Clothing ID",
            "touchpoint": "Department Name",
            "score": "Rating",
            "text": "Review Text",
        },
    ),
    "german_credit/credit_named_lantz.csv": (
        "applications",
        {"amount": "amount", "term_months": "months_loan_duration", "defaulted": "default"},
    ),
}


@pytest.mark.parametrize("file", RIGHT)
def test_what_is_taken_is_right_and_the_rest_is_asked(shared_data, file):
    table, right = RIGHT[file]
    (found,) = propose_source(shared_data / file).tables
    assert found.table == table
    wrong = {name: of for name, of in found.columns.items() if right.get(name) != of}
    assert not wrong
    asked = {name for name, (text, _) in found.asked.items() if right.get(name, "?") in text}
    assert set(found.columns) | asked == set(right)
    yaml.safe_load(propose_source(shared_data / file).text())


@pytest.mark.parametrize("file", ["cdnow/CDNOW_sample.txt", "german_credit/german.data"])
def test_a_file_without_names_is_refused_with_what_to_do(shared_data: Path, file):
    with pytest.raises(ValueError, match="none of its columns .* has a name that is known"):
        propose_source(shared_data / file)
