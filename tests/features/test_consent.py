import datetime as dt

import ibis
import pytest
from tiny_tables import AS_OF, TINY

from crm_helpers.features.consent import consent, known_customers


@pytest.fixture
def customers():
    return TINY["customers"].table()


def given(table, name):
    return consent(table, as_of=AS_OF).to_pandas().set_index("customer_id")[name].to_dict()


def test_not_known_is_no_consent_to_contact_but_no_refusal_to_be_profiled(customers):
    assert given(customers, "may_contact") == {"a": True, "b": False, "c": False, "d": True}
    assert given(customers, "may_profile") == {"a": True, "b": True, "c": True, "d": False}


def test_consent_counts_from_its_day_on(customers):
    later = customers.mutate(may_contact_on=ibis.date(AS_OF + dt.timedelta(days=1)))
    assert not given(later, "may_contact")["a"]
    today = customers.mutate(may_contact_on=ibis.date(AS_OF))
    assert given(today, "may_contact")["a"]


def test_consent_ends_on_the_day_of_its_withdrawal(customers):
    withdrawn = customers.mutate(contact_withdrawn_on=ibis.date(AS_OF))
    assert not given(withdrawn, "may_contact")["a"]
    later = customers.mutate(contact_withdrawn_on=ibis.date(AS_OF + dt.timedelta(days=1)))
    assert given(later, "may_contact")["a"]


def test_a_source_that_does_not_ask_says_nothing(customers):
    assert consent(customers.drop("may_contact", "may_profile"), as_of=AS_OF).columns == (
        "customer_id",
    )


def test_a_customer_whose_day_of_joining_is_not_known_keeps_his_refusal(customers):
    undated = customers.mutate(joined_on=ibis.null("date"))
    assert given(undated, "may_profile") == {"a": True, "b": True, "c": True, "d": False}


def test_customers_are_known_from_orders_contracts_contacts_and_leads_up_to_that_day():
    orders = ibis.memtable(
        {"customer_id": ["a", None, "z"], "ordered_at": [AS_OF, AS_OF, AS_OF + dt.timedelta(1)]},
        schema={"customer_id": "string", "ordered_at": "date"},
    )
    leads = ibis.memtable({"customer_id": ["b", "a"]})
    found = known_customers(orders, leads=leads, as_of=AS_OF).to_pandas()
    assert found["customer_id"].tolist() == ["a", "b"]
    assert known_customers(as_of=AS_OF).to_pandas().empty
