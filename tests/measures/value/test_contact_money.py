import pandas as pd
import pytest

from crm_helpers.measures.value.contact_money import ContactMoney, contact_money

PLAIN = {"contact_cost": 2.0, "offer_cost": 5.0, "outcome_value": 0.0, "margin_share": 0.5}
CONTACTS = pd.DataFrame({"responded": [True, False, True], "is_treated": [True, True, False]})


def test_cost_of_the_offer_is_what_responders_cost_more():
    money = contact_money(CONTACTS.assign(cost=[7.0, 1.0, 0.0], value=[40.0, 0.0, 20.0]), **PLAIN)
    assert (money.contact_cost, money.offer_cost) == (1.0, 6.0)
    assert money.response_value == 15.0  # half of the mean of 40 and 20
    assert money.is_measured


def test_parameters_stand_in_for_what_the_contacts_do_not_say():
    money = contact_money(CONTACTS, **{**PLAIN, "outcome_value": 30.0})
    assert (money.contact_cost, money.offer_cost, money.response_value) == (2.0, 5.0, 30.0)
    assert not money.is_measured


def test_no_value_at_all_is_refused():
    with pytest.raises(ValueError, match="no response has a value.*set outcome_value"):
        contact_money(CONTACTS, **PLAIN)


def test_needed_uplift_pays_for_contact_and_offer():
    assert ContactMoney(1.0, 5.0, 25.0, True).needed_uplift == pytest.approx(0.05)
    assert ContactMoney(1.0, 30.0, 25.0, True).needed_uplift == float("inf")
