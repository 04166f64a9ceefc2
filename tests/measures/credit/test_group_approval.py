"""Approvals and errors by group."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.credit.group_approval import (
    disparate_impact,
    disparate_impact_interval,
    group_approval,
    group_errors,
)

GROUPS = pd.Series(["a"] * 4 + ["b"] * 2 + [None])
APPROVED = pd.Series([True, True, True, False, True, False, True])


def test_rates_are_counted_by_group_and_the_unknown_left_out():
    found = group_approval(APPROVED, GROUPS).set_index("group")
    assert found["approved_share"].to_dict() == {"a": 0.75, "b": 0.5}
    assert found["n"].to_dict() == {"a": 4, "b": 2}


def test_small_groups_are_not_shown():
    assert group_approval(APPROVED, GROUPS, fewest=3)["group"].tolist() == ["a"]


def test_where_no_group_is_large_enough_none_is_shown():
    full, bad = group_approval(APPROVED, GROUPS), pd.Series([False, True] * 3 + [False])
    none = group_approval(APPROVED, GROUPS, fewest=5)
    assert none.empty
    assert none.columns.tolist() == full.columns.tolist()
    errors = group_errors(APPROVED, bad, GROUPS, fewest=5)
    assert errors.empty
    assert errors.columns.tolist() == group_errors(APPROVED, bad, GROUPS).columns.tolist()


def test_errors_are_counted_by_hand():
    bad = pd.Series([False, False, True, False, True, False, False])
    found = group_errors(APPROVED, bad, GROUPS).set_index("group")
    assert found.loc["a", "good_declined"] == pytest.approx(1 / 3)
    assert found.loc["a", "bad_approved"] == 1.0
    assert found.loc["b", "good_declined"] == 1.0
    assert found["good_n"].to_dict() == {"a": 3, "b": 1}


def test_equal_treatment_has_an_impact_of_one():
    assert disparate_impact([True, False] * 4, ["a", "a", "b", "b"] * 2) == 1


def test_four_fifths_is_four_fifths():
    given = [True] * 8 + [False] * 2 + [True] * 10
    assert disparate_impact(given, ["a"] * 10 + ["b"] * 10) == pytest.approx(0.8)


def test_nobody_approved_has_no_ratio():
    with pytest.raises(ValueError, match="disparate impact: 0 of 2 applications are approved"):
        disparate_impact([False, False], ["a", "b"])


def test_interval_holds_one_where_groups_are_drawn_alike():
    rng = np.random.default_rng(3)
    given, groups = rng.random(2000) < 0.6, rng.choice(["a", "b"], 2000)
    low, high = disparate_impact_interval(given, groups, draws=100)
    assert low < 1 < high


def test_interval_of_a_planted_gap_lies_below_one():
    rng = np.random.default_rng(3)
    groups = rng.choice(["a", "b"], 2000)
    given = rng.random(2000) < np.where(groups == "a", 0.4, 0.7)
    low, high = disparate_impact_interval(given, groups, draws=100)
    assert low < disparate_impact(given, groups) < high < 0.8
