"""One rule and its bond, a rulebook and a plan of two offers, small enough to check by eye."""

import datetime as dt
import math
from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.models.rules.offer_choice import BEST_SELLERS, BOTH, RULES, OfferPlan
from crm_helpers.models.rules.rulebook import Rulebook
from crm_helpers.page.numerals import money


@pytest.fixture
def report():
    return SimpleNamespace(
        as_of=dt.date(2026, 6, 30),
        currency="EUR",
        source=SimpleNamespace(title="Corner shop"),
        money=lambda amount, decimals=0: money(amount, "EUR", decimals),
        decision=None,
        findings={},
    )


@pytest.fixture
def products():
    return pd.Series(
        {"1": "Tea ", "2": "Milk", "3": "A very long name that nobody would want to read"}
    )


@pytest.fixture
def rule():
    return pd.DataFrame(
        {
            "rule_id": [1],
            "antecedent_ids": [("1",)],
            "consequent_id": ["2"],
            "support": [0.05],
            "confidence": [1.0],
            "base_support": [0.2],
            "rule_lift": [5.0],
            "leverage": [0.04],
            "conviction": [math.inf],
            "zhang": [0.8],
            "q_value": [1e-9],
            "verdict": ["held"],
            "basket_count": [1000],
            "later_confidence": [0.9],
            "later_confidence_low": [0.7],
            "later_confidence_high": [0.97],
            "later_base_support": [0.25],
        }
    )


@pytest.fixture
def bonds(rule):
    """Ten sets of products, the first with most baskets beyond chance; the last is seasonal."""
    ten = pd.concat([rule] * 10, ignore_index=True)
    return ten.assign(
        rule_id=range(1, 11),
        rule_name=[f"Tea → Milk {n}" for n in range(1, 11)],
        antecedent_name="Tea",
        consequent_name=[f"Milk {n}" for n in range(1, 11)],
        verdict_name="held",
        extra_baskets=[40.0 - n for n in range(10)],
        remark=[""] * 9 + ["90 of 100 of its baskets in 2025Q4"],
        lift_within_quarters=1.0,
        lift_without_promotion=float("nan"),
    )


@pytest.fixture
def book(rule):
    return Rulebook(1000, 300, 50, True, 0.03, 9, 2, 3, rule, rule)


@pytest.fixture
def undated(rule):
    return Rulebook(1000, 300, 50, False, 0.03, 9, 2, 3, rule, rule)


@pytest.fixture
def plan():
    rules = pd.DataFrame(
        {
            "rule_id": [1, -1],
            "antecedent_ids": [("1",), ()],
            "consequent_id": ["2", "9"],
            "probability": [0.06, 0.02],
            "value": [3.0, 5.0],
            "cost": [0.02, 0.02],
            "expected_net_value": [0.07, 0.03],
            "customers_now": [2, 1],
        }
    )
    best = pd.DataFrame({"customer_id": ["a", "b", "c"], "rule_id": [1, 1, -1]})
    return OfferPlan(rules, best)


@pytest.fixture
def tried():
    """Three ways, each tried on 100 customers."""
    ways = pd.DataFrame({"chosen_by": [RULES, BEST_SELLERS, BOTH], "customers": 100})
    return ways.assign(
        hit_share=[0.05, 0.04, 0.06],
        margin_per_customer=[0.1, 0.1, 0.2],
        margin_error=0.01,
    )
