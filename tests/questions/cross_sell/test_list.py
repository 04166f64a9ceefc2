import pandas as pd
import pytest

from crm_helpers.measures.effects.effect import Effect
from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.models.rules.offer_effect import OfferEffect
from crm_helpers.questions.cross_sell.list import candidates

ASSUMED = OfferEffect(0.5)
NOBODY = pd.DataFrame({"customer_id": pd.Series(dtype=str)})


def test_offers_leave_out_who_refused_profiling_and_keep_consent_to_contact(plan, products):
    agreed = pd.DataFrame(
        {"customer_id": ["a", "b"], "may_contact": [False, True], "may_profile": [True, False]}
    )
    listed = candidates(plan, products, agreed, ASSUMED, later_days=90)
    assert listed["customer_id"].tolist() == ["a"]
    assert listed["may_contact"].tolist() == [False]


def test_offers_leave_out_whom_no_row_says_anything_about_where_others_are_asked(plan, products):
    agreed = pd.DataFrame({"customer_id": ["a", "b"], "may_profile": [True, True]})
    listed = candidates(plan, products, agreed, ASSUMED, later_days=90)
    assert listed["customer_id"].tolist() == ["a", "b"]


def test_where_nobody_is_asked_everybody_gets_the_best_offer(plan, products):
    listed = candidates(plan, products, NOBODY, ASSUMED, later_days=90)
    assert listed["customer_id"].tolist() == ["a", "b", "c"]
    assert listed["product_id"].tolist() == ["2", "2", "9"]
    assert "may_contact" not in listed


def test_the_reason_tells_what_such_customers_did_unasked(plan, products):
    why = candidates(plan, products, NOBODY, ASSUMED, later_days=90)["why"]
    assert why[0] == (
        "bought Tea, not yet Milk: 6 of 100 such customers bought it unasked within 90 days"
    )
    assert why[2].startswith("has not bought 9, a best-seller: 2 of 100")


def test_the_low_end_of_a_rise_that_is_not_shown_brings_nothing(plan, products):
    tested = Effect(
        treated_mean=0.06,
        control_mean=0.04,
        difference=0.02,
        low=-0.01,
        high=0.05,
        treated_count=900,
        control_count=100,
        smallest_detectable=0.05,
    )
    effect = OfferEffect(0.5, tested, 1, between=Interval(-0.25, 1.25))
    listed = candidates(plan, products, NOBODY, effect, later_days=90)
    # The rise is 50 %, its low end -25 %: with that every offer costs more than it brings.
    low = listed["probability"] * -0.25 * listed["value"] - listed["cost"]
    assert listed["net_value_low"].tolist() == pytest.approx(low.tolist())
    assert (low < 0).all()
    # What is assumed has no interval: its own value counts.
    sure = candidates(plan, products, NOBODY, ASSUMED, later_days=90)
    assert sure["net_value_low"].iloc[0] == pytest.approx(0.06 * 0.5 * 3.0 - 0.02)
