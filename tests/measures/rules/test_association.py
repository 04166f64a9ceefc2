"""Measures of rules at their limits; values by hand."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.rules.association import association_measures


def measures(baskets: int, left: int, right: int, both: int) -> pd.Series:
    counts = pd.DataFrame(
        {
            "basket_count": [baskets],
            "antecedent_count": [left],
            "consequent_count": [right],
            "joint_count": [both],
        }
    )
    return association_measures(counts).iloc[0]


def test_independent_products_have_lift_one_and_nothing_else():
    found = measures(100, 20, 30, 6)
    assert found[["rule_lift", "leverage", "conviction", "zhang"]].tolist() == [1, 0, 1, 0]


def test_a_rule_that_is_never_broken_has_infinite_conviction():
    found = measures(100, 20, 30, 20)
    assert found["confidence"] == 1
    assert np.isinf(found["conviction"])


def test_products_that_always_stand_together_have_zhang_one():
    assert measures(100, 20, 20, 20)["zhang"] == 1


def test_products_that_never_stand_together_have_zhang_minus_one():
    found = measures(100, 20, 20, 0)
    assert found[["zhang", "rule_lift"]].tolist() == [-1, 0]


def test_zhang_is_zero_where_its_denominator_is_zero():
    assert measures(10, 10, 10, 10)["zhang"] == 0


def test_an_antecedent_in_no_basket_has_no_confidence():
    assert np.isnan(measures(100, 0, 20, 0)["confidence"])


def test_values_of_ten_baskets_agree_with_those_by_hand():
    found = measures(10, 5, 4, 3)
    expected = {
        "support": 0.3,
        "base_support": 0.4,
        "confidence": 0.6,
        "rule_lift": 1.5,
        "leverage": 0.1,
        "conviction": 1.5,
        "zhang": 1 / 1.5,
    }
    assert found.to_dict() == pytest.approx(expected, rel=1e-9)


def test_doubling_every_basket_changes_no_measure():
    once, twice = measures(90, 20, 30, 11), measures(180, 40, 60, 22)
    assert once.to_dict() == pytest.approx(twice.to_dict(), rel=1e-9)
