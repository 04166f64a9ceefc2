"""Whom it pays to contact, worked out by hand."""

import pandas as pd
import pytest

from crm_helpers.measures.effects.qini import Qini
from crm_helpers.measures.value.contact_money import ContactMoney
from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.campaigns import policy
from tests.questions.campaigns.trials import contacts, report, study

MONEY = ContactMoney(1.0, 2.0, 10.0, is_measured=True)
CHANCE, SHOWN = Qini(0.0, -0.1, 0.1, 0.1), Qini(0.3, 0.2, 0.4, 0.01)
GIVEN = {"contact_cost": 1.0, "offer_cost": 5.0, "margin_share": 0.5}


def values(chosen, everybody, over):
    rows = [
        ("nobody", 0.0, 0.0, 0.0, 0.0),
        ("everybody", 1.0, everybody, everybody - 1, everybody + 1),
        ("chosen", 0.5, chosen, chosen - 1, chosen + 1),
        ("chosen over everybody", 0.0, over, over - 1, over + 1),
    ]
    return pd.DataFrame(rows, columns=["policy", "treated_share", "gain", "low", "high"])


def test_a_response_without_a_value_cannot_be_weighed():
    made = policy.money(report(), contacts(), outcome_value=0.0, **GIVEN)
    assert made.reason.startswith("contacts: no response has a value")
    assert policy.needed_rise(made) is None
    assert is_absent(policy.choice(study(), made, SHOWN))


def test_a_value_given_goes_before_that_of_the_responses():
    arms = contacts(value=[40.0, 40.0, 40.0, 0.0, 40.0, 0.0])
    given = policy.money(report(), arms, outcome_value=7.0, **GIVEN)
    assert given == ContactMoney(1.0, 5.0, 7.0, is_measured=False)
    assert policy.money(report(), arms, outcome_value=0.0, **GIVEN).response_value == 20.0


def test_margin_is_measured_where_cost_is_known():
    lines = pd.DataFrame(columns=["margin"])
    value = pd.DataFrame({"net_revenue_sum": [80.0, 20.0], "margin_sum": [30.0, 10.0]})
    made = report({"transactions": lines}, customer_value=value)
    assert policy.margin_share_of(made, 0.9) == pytest.approx(0.4)
    assert made.asked == [("customer_value", {"observation_days": 365})]


def test_what_has_no_cost_does_not_lower_the_margin():
    value = pd.DataFrame(
        {"net_revenue_sum": [100.0], "margin_sum": [20.0], "uncosted_revenue_sum": [50.0]}
    )
    made = report({"transactions": pd.DataFrame(columns=["margin"])}, customer_value=value)
    assert policy.margin_share_of(made, 0.9) == pytest.approx(0.4)


def test_margin_is_as_given_without_cost_or_without_sales():
    nothing = pd.DataFrame({"net_revenue_sum": [0.0], "margin_sum": [0.0]})
    lines = pd.DataFrame(columns=["margin"])
    assert policy.margin_share_of(report(), 0.9) == 0.9
    assert policy.margin_share_of(report({"transactions": pd.DataFrame()}), 0.9) == 0.9
    assert (
        policy.margin_share_of(report({"transactions": lines}, customer_value=nothing), 0.9) == 0.9
    )


@pytest.mark.parametrize(("offer_cost", "rise"), [(2.0, 0.125), (9.5, None), (12.0, None)])
def test_a_rise_above_one_is_never_needed(offer_cost, rise):
    assert policy.needed_rise(ContactMoney(1.0, offer_cost, 10.0, is_measured=True)) == rise


def test_net_is_rise_times_value_less_contact_and_offer():
    forecasts = pd.DataFrame({"uplift": [0.4, -0.3], "treated_rate": [0.6, 0.2]})
    assert policy.net_of(MONEY, forecasts).tolist() == pytest.approx([4 - 2.2, -3 - 1.4])


def test_the_chosen_are_those_whom_it_pays_to_contact():
    made = policy.choice(study(), MONEY, CHANCE)
    rows = made.values.set_index("policy")
    assert rows.at["chosen", "treated_share"] == 0.5
    # Group a: mean effect 0.4 x 10 - 2.2 = 1.8 of half of the persons
    assert rows.at["chosen", "gain"] == pytest.approx(100 * 1.8 / 2)
    assert rows.at["everybody", "gain"] == pytest.approx(100 * (1.8 - 4.4) / 2)
    assert (rows.loc["nobody", ["gain", "low", "high"]] == 0).all()
    assert made.money is MONEY
    assert repr(made).startswith("Choice: ")


@pytest.mark.parametrize(("qini", "verdict"), [(CHANCE, "nobody"), (SHOWN, "on trial")])
def test_a_gain_within_chance_is_tried_only_where_the_order_is_shown(qini, verdict):
    assert policy.choice(study(), MONEY, qini).verdict == verdict


@pytest.mark.parametrize(
    ("given", "gain", "baseline"), [((8, 3, 5), 5.0, 3.0), ((8, -3, 11), 8.0, 0.0)]
)
def test_the_gain_found_is_that_over_the_better_simple_rule(given, gain, baseline):
    choice = policy.Choice("chosen", values(*given), MONEY)
    shown = policy.worth(report(), study(), choice)
    assert shown.findings["policy_gain"] == {
        "value": gain,
        "unit": "EUR per 100 persons",
        "low": gain - 1,
        "high": gain + 1,
        "baseline": baseline,
        "level": pytest.approx(0.9975),
        "n": 8,
    }


def test_worth_shows_all_but_nobody_unrounded():
    choice = policy.Choice("chosen", values(8.25, 3, 5), MONEY)
    shown = policy.worth(report(), study(), choice).data
    assert shown["policy"].tolist() == ["everybody", "chosen", "chosen over everybody"]
    assert shown["gain"].tolist() == [3, 8.25, 5]


def test_no_study_no_worth():
    assert policy.worth(report(), study(), Section.absent("No money.")).reason == "No money."
