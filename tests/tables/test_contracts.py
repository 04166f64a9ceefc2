import re

import pytest

from crm_helpers.tables.contract import DTYPES
from crm_helpers.tables.contracts import CONTRACTS

DESIGN_TABLES = {
    "customers": "customer_id joined_on birth_year gender region occupation channel may_contact "
    "may_profile",
    "transactions": "order_id product_id customer_id ordered_at quantity unit_price unit_cost "
    "promotion shop_id",
    "products": "product_id name category tier unit_cost",
    "subscriptions": "customer_id started_on ended_on end_reason plan monthly_fee tenure_months "
    "churned",
    "contacts": "person_id campaign responded contacted_at responded_at is_treated is_randomized "
    "offer purpose channel value cost customer_id lead_id",
    "leads": "lead_id created_on channel converted_on customer_id cost",
    "feedback": "feedback_id given_at invited_at customer_id collected_by touchpoint product_id "
    "item score scale text resolved_at",
    "applications": "application_id customer_id applied_on amount term_months decision decided_on "
    "defaulted outcome_known_on",
    "payments": "payment_id customer_id paid_at amount kind shop_id device_id card_id is_fraud "
    "labelled_on sampled_at_random",
    "visits": "person_id item_id visited_at",
}


@pytest.mark.parametrize("table", DESIGN_TABLES)
def test_every_column_of_the_design_has_a_contract(table):
    assert set(DESIGN_TABLES[table].split()) <= set(CONTRACTS[table].names())


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=list(CONTRACTS))
def test_types_references_and_keys_exist(contract):
    for column in contract.columns:
        assert column.type in DTYPES
        assert not column.references or len(CONTRACTS[column.references].key) == 1
    assert set(contract.key) <= set(contract.names())


def test_names_tell_keys_dates_and_times_apart():
    types = {"_id": "text", "_on": "date", "_at": "timestamp"}
    for contract in CONTRACTS.values():
        for column in contract.columns:
            ending = re.search(r"_(id|on|at)$", column.name)
            assert not ending or column.type == types[ending[0]], f"{contract.table}.{column.name}"


def test_limits_of_a_source_take_the_place_of_the_contract():
    changed = CONTRACTS["transactions"].overridden({"unit_price": {"above": None, "minimum": 0}})
    assert changed.column("unit_price").minimum == 0
    assert CONTRACTS["transactions"].column("unit_price").above == 0
