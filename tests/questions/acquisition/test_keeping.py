import numpy as np
import pytest

from crm_helpers.measures.effects.effect import Effect
from crm_helpers.measures.value.contact_money import ContactMoney
from crm_helpers.page.section import Section
from crm_helpers.questions.acquisition.keeping import win_or_keep

EFFECT = Effect(0.1, 0.05, 0.15, 0.3, 0.2, 100, 100, 0.05)
MONEY = ContactMoney(contact_cost=1.0, offer_cost=5.0, response_value=30.0, is_measured=True)


def told(shop, cost=20.0, effect=EFFECT, customer_value=80.0):
    given = {"customer_value": customer_value, "follow_days": 365}
    return win_or_keep(shop(), cost, effect, MONEY, **given)


def test_one_more_order_costs_all_contacts_that_change_nothing(shop):
    shown = told(shop).data
    # a contact and 3 offers in 10 cost 2.5; one of ten contacts changes something
    assert shown["cost"].tolist() == pytest.approx([20.0, 25.0])
    assert shown["worth"].tolist() == [80.0, 30.0]


@pytest.mark.parametrize(("cost", "word"), [(25.1, "dearer"), (24.9, "cheaper")])
def test_winning_is_dearer_or_cheaper(shop, cost, word):
    assert f", {word} than" in told(shop, cost=cost).says


def test_what_a_customer_brings_may_not_be_known(shop):
    assert np.isnan(told(shop, customer_value=float("nan")).data["worth"].iloc[0])


@pytest.mark.parametrize(
    "effect",
    [
        Effect(0.1, -0.01, 0.2, 0.3, 0.2, 100, 100, 0.05),
        Effect(-0.1, -0.2, -0.05, 0.1, 0.2, 100, 100, 0.05),
    ],
    ids=["not shown", "harm"],
)
def test_contacts_that_keep_nobody_are_not_compared(shop, effect):
    assert told(shop, effect=effect).reason == "Retention campaigns are not shown to keep anybody."


def test_an_unknown_cost_is_said_before_a_missing_campaign(shop):
    none = told(shop, cost=Section.absent("No cost."), effect=Section.absent("No campaign."))
    assert none.reason == "No cost."
