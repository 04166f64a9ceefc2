import pandas as pd
import pytest

from crm_helpers.measures.effects.effect import Effect
from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.models.rules.offer_choice import OfferPlan
from crm_helpers.models.rules.offer_effect import OfferEffect
from crm_helpers.questions.cross_sell import offers

MARGINS = pd.Series({"2": 3.0, "9": 5.0})


def test_customers_are_counted_by_rule_and_by_best_seller(plan):
    assert offers.fitting(plan, MARGINS).says == (
        "An offer pays for 3 customers: 2 by a rule, 1 by a best-seller they lack"
    )


def test_a_plan_for_nobody_says_so(plan):
    nobody = OfferPlan(plan.rules.head(0), plan.best.head(0))
    assert (
        offers.fitting(nobody, MARGINS).says == "No offer is expected to bring more than it costs"
    )


def test_offers_that_fit_few_customers_are_not_shown(report, plan, products):
    shown = offers.best_offers(report, plan, products, min_group=2).data
    assert shown["offer"].tolist() == ["Milk"]
    assert shown["net_per_100"].tolist() == pytest.approx([7.0], rel=1e-9)


def test_offers_stand_by_the_money_they_bring(report, plan, products):
    shown = offers.best_offers(report, plan, products, min_group=1).data
    assert shown["net_sum"].tolist() == pytest.approx([0.14, 0.03], rel=1e-9)
    assert shown["who"].tolist() == ["bought Tea", "anybody without it"]


def test_no_offer_large_enough_is_told_in_words(report, plan, products):
    shown = offers.best_offers(report, plan, products, min_group=3)
    assert shown.says == "No offer fits enough customers to be shown."


def test_an_assumed_rise_has_no_interval(report):
    told = offers.basis(report, OfferEffect(0.5), contact_cost=0.02)
    assert told.findings == {"offer_effect": {"value": 0.5, "unit": "share"}}
    assert told.says.startswith("Assumption, not measured")


def measured(low: float) -> Effect:
    return Effect(
        treated_mean=0.06,
        control_mean=0.04,
        difference=0.02,
        low=low,
        high=0.05,
        treated_count=900,
        control_count=100,
        smallest_detectable=0.05,
    )


def test_a_measured_rise_has_the_interval_of_its_campaigns(report):
    effect = OfferEffect(0.5, measured(0.01), 1, between=Interval(0.2, 1.25))
    told = offers.basis(report, effect, contact_cost=0.02)
    found = told.findings["offer_effect"]
    assert (found["low"], found["high"]) == pytest.approx((0.2, 1.25), rel=1e-9)
    assert (found["n"], found["level"]) == (1000, pytest.approx(0.995))
    assert "In 1 randomized campaign a contact raised responses" in told.says
    assert "(99.5 % interval 20 % to 125 %)" in told.says.replace("\u00a0", " ")


def test_a_rise_that_chance_could_have_made_is_not_called_one(report):
    effect = OfferEffect(0.3, measured(-0.01), 2, between=Interval(-0.25, 1.25))
    told = offers.basis(report, effect, contact_cost=0.02)
    said = told.says.replace("\u00a0", " ")
    assert "a contact is not shown to raise responses: 6.0 of 100 with, 4.0 without one" in said
    assert "Counted is a rise by 30 %" in said
    assert told.findings["offer_effect"]["value"] == 0.3


def test_contacts_without_a_control_group_are_told(report):
    told = offers.basis(report, OfferEffect(0.5, unused=6589), contact_cost=0.02)
    assert "6,589 contacts of purpose cross_sell had no control group" in told.says


def test_an_order_of_unknown_worth_is_said_and_not_priced_at_nothing(plan):
    unknown = pd.Series({"2": None, "9": None}, dtype=float)
    assert offers.fitting(plan, unknown).says == offers.WORTH_NOT_KNOWN
    some = offers.fitting(plan, pd.Series({"2": 3.0, "9": None}))
    assert some.parts[-1].text == "1 product without a price or a cost: offered to nobody."
