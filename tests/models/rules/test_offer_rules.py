"""Rules as offers: chances, margins and expected net value by hand."""

import pandas as pd
import pytest

from crm_helpers.models.rules.offer_rules import (
    buying_rates,
    offer_values,
    order_margins,
    popular_rules,
)

VALUES = pd.DataFrame(
    {
        "product_id": ["p", "q", "r"],
        "order_count": [5, 9, 9],
        "revenue_per_order": [10.0, 20.0, None],
        "margin_per_order": [4.0, None, None],
    }
)


def test_best_sellers_come_by_orders_then_by_id():
    popular = popular_rules(VALUES, products=2)
    assert popular["consequent_id"].tolist() == ["q", "r"]
    assert popular["rule_id"].tolist() == [-1, -2]


def test_no_products_have_no_best_seller():
    assert popular_rules(VALUES.head(0)).empty


def test_margin_comes_from_cost_else_from_revenue_else_is_nothing():
    found = order_margins(VALUES, margin_share=0.3)
    # Neither price nor cost of the third is known: that is not a margin of 0.
    assert found.iloc[:2].tolist() == [4.0, 6.0]
    assert found.isna().tolist() == [False, False, True]


def test_the_rate_of_few_customers_is_drawn_to_the_average():
    seen = pd.DataFrame({"rule_id": [1, 2], "customers": [2, 198], "buyers": [1, 9]})
    rates = buying_rates(seen)
    assert rates[1] == pytest.approx((1 + 20 * 0.05) / 22, rel=1e-9)
    assert rates[2] == pytest.approx((9 + 20 * 0.05) / 218, rel=1e-9)


def test_rates_of_nobody_are_nothing():
    assert buying_rates(pd.DataFrame({"rule_id": [1], "customers": [0], "buyers": [0]}))[1] == 0


def test_expected_net_value_is_the_assumed_extra_chance_times_margin_less_cost():
    rules = pd.DataFrame({"rule_id": [1], "consequent_id": ["p"]})
    rates, margins = pd.Series({1: 0.10}), pd.Series({"p": 4.0})
    (row,) = offer_values(rules, rates, margins, offer_effect=0.5, contact_cost=0.02).to_dict(
        "records"
    )
    assert row["expected_net_value"] == pytest.approx(0.10 * 0.5 * 4.0 - 0.02, rel=1e-9)


def test_an_offer_cannot_raise_the_chance_above_one():
    rules = pd.DataFrame({"rule_id": [1], "consequent_id": ["p"]})
    valued = offer_values(
        rules, pd.Series({1: 0.9}), pd.Series({"p": 10.0}), offer_effect=5, contact_cost=0
    )
    assert valued["expected_net_value"][0] == pytest.approx(1.0, rel=1e-9)


def test_no_effect_brings_nothing_but_cost():
    rules = pd.DataFrame({"rule_id": [1], "consequent_id": ["p"]})
    valued = offer_values(
        rules, pd.Series({1: 0.9}), pd.Series({"p": 10.0}), offer_effect=0, contact_cost=0.3
    )
    assert valued["expected_net_value"].tolist() == [-0.3]
