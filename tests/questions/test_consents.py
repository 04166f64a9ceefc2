"""Consent: who may be grouped, who may be contacted, who was left out."""

from types import SimpleNamespace

import pandas as pd

from crm_helpers.questions.consents import (
    consents,
    not_listed,
    refusals,
    who_may_be_grouped,
    with_consent,
)

ROWS = pd.DataFrame({"customer_id": list("abc"), "x": [1, 2, 3]})
AGREED = pd.DataFrame(
    {
        "customer_id": list("ab"),
        "may_contact": [True, False],
        "may_profile": [True, False],
    }
)


def test_a_source_without_customers_asks_for_nothing():
    agreed = consents(SimpleNamespace(tables={}))
    assert who_may_be_grouped(ROWS, agreed).equals(ROWS)
    assert "may_contact" not in with_consent(ROWS, agreed)


def test_a_refusal_and_a_row_that_is_missing_keep_a_customer_out_of_the_groups():
    assert who_may_be_grouped(ROWS, AGREED)["customer_id"].tolist() == ["a"]


def test_rows_that_name_no_customer_are_nobodys_profile_and_stay():
    guests = pd.DataFrame({"customer_id": ["a", None, "b"], "x": [1, 2, 3]})
    assert who_may_be_grouped(guests, AGREED)["x"].tolist() == [1, 2]


def test_customers_without_a_row_of_their_own_are_counted_where_the_source_asks():
    assert not_listed(ROWS, AGREED) == 1
    assert not_listed(ROWS, AGREED.drop(columns="may_profile")) == 0


def test_consent_to_be_contacted_must_be_known():
    assert with_consent(ROWS, AGREED)["may_contact"].tolist() == [True, False, False]


def test_those_left_out_are_counted():
    assert refusals(ROWS, ROWS.head(2)) == (
        "Refused to be profiled, or without a usable row that says so: 1 customer, who are in no "
        "segment."
    )
    assert refusals(ROWS, ROWS).startswith("Nobody was left out")
