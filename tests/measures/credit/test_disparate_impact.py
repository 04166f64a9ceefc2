"""Disparate impact: tested over all groups, then told of one pair."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import fisher_exact

from crm_helpers.measures.credit.disparate_impact import (
    design_effect,
    disparate_impact,
    independence_chance,
)


def test_equal_treatment_has_an_impact_of_one():
    assert disparate_impact([True, False] * 4, ["a", "a", "b", "b"] * 2).ratio == 1


def test_four_fifths_is_four_fifths():
    given = [True] * 8 + [False] * 2 + [True] * 10
    assert disparate_impact(given, ["a"] * 10 + ["b"] * 10).ratio == pytest.approx(0.8)


def test_nobody_approved_has_no_ratio():
    with pytest.raises(ValueError, match="disparate impact: 0 of 2 applications are approved"):
        disparate_impact([False, False], ["a", "b"])


def test_one_group_alone_has_no_ratio():
    with pytest.raises(ValueError, match="in 1 groups; expected some, and two groups"):
        disparate_impact([True, False], ["a", "a"])


def test_interval_holds_one_where_groups_are_drawn_alike():
    rng = np.random.default_rng(3)
    given, groups = rng.random(2000) < 0.6, rng.choice(["a", "b"], 2000)
    found = disparate_impact(given, groups)
    assert found.low < 1 <= found.high
    assert not found.names_a_pair


def test_interval_of_a_planted_gap_lies_below_one():
    rng = np.random.default_rng(3)
    groups = rng.choice(["a", "b"], 2000)
    given = rng.random(2000) < np.where(groups == "a", 0.4, 0.7)
    found = disparate_impact(given, groups)
    assert found.low < found.ratio < found.high < 0.8
    assert (found.lowest, found.highest) == ("a", "b")


def test_lowest_of_six_groups_drawn_alike_is_no_gap():
    """Picked after the draw, the two lie apart by what 95 of 100 would not, taken alone."""
    yes = [81, 90, 90, 90, 90, 102]  # of 150 each
    groups = np.repeat(list("abcdef"), 150)
    given = np.concatenate([np.arange(150) < count for count in yes])
    found = disparate_impact(given, groups)
    assert fisher_exact([[81, 69], [102, 48]]).pvalue < 0.05
    assert (found.lowest, found.highest) == ("a", "f")
    assert not found.is_unlike
    assert found.high >= 1


def test_what_one_attribute_shows_is_less_among_many():
    given = [True] * 28 + [False] * 14 + [True] * 41 + [False] * 1
    groups = ["a"] * 42 + ["b"] * 42
    alone, of_many = (disparate_impact(given, groups, attributes=n) for n in (1, 40))
    assert alone.names_a_pair
    assert not of_many.is_unlike
    assert of_many.low < alone.low


def test_the_chance_of_two_groups_is_that_of_fisher():
    """Rates as unlike or more: the sum of all tables at least as far apart, two-sided."""
    given = [True] * 3 + [False] * 9 + [True] * 9 + [False] * 3
    groups = ["a"] * 12 + ["b"] * 12
    exact = fisher_exact([[3, 9], [9, 3]]).pvalue
    assert independence_chance(given, groups) == pytest.approx(exact, abs=0.005)


def test_a_customer_who_applies_ten_times_is_one_draw():
    """Eight customers, four of either group, three and one approved: nothing to be seen."""
    once, groups = [True, True, True, False, True, False, False, False], list("aaaabbbb")
    who = np.repeat(np.arange(8), 10)
    often, of = np.repeat(once, 10), np.repeat(groups, 10)
    assert independence_chance(often, of, who) == independence_chance(once, groups)
    assert independence_chance(often, of) < 0.001
    assert design_effect(often, of, who) == pytest.approx(10)
    assert disparate_impact(often, of, who).high >= 1


def test_applications_without_repetition_have_no_design_effect():
    assert design_effect([True, False, True], ["a", "a", "b"]) == 1.0
    assert design_effect([True, True], ["a", "b"], [1, 1]) == 1.0


def test_where_all_are_decided_alike_nothing_is_unlike():
    assert independence_chance([True] * 6, list("aabbcc")) == 1.0
    assert independence_chance([True, False] * 3, list("aaaaaa")) == 1.0
    assert independence_chance([], []) == 1.0


def test_rows_in_another_order_change_nothing():
    rng = np.random.default_rng(5)
    rows = pd.DataFrame({"yes": rng.random(300) < 0.5, "of": rng.choice(["a", "b", "c"], 300)})
    rows["who"] = rng.integers(0, 300, 300)
    rows["of"] = rows.groupby("who")["of"].transform("first")
    turned = rows.sample(frac=1, random_state=1)
    first, second = (disparate_impact(r["yes"], r["of"], r["who"]) for r in (rows, turned))
    assert first[:3] == pytest.approx(second[:3])
    assert first.chance == pytest.approx(second.chance, abs=0.02)
