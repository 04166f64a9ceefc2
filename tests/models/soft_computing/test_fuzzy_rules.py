"""Fuzzy sets and rules worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.soft_computing.fuzzy_rules import FuzzyRules
from crm_helpers.models.soft_computing.fuzzy_sets import FuzzySets, fuzzy_sets

PEAKS = FuzzySets("age", ("low", "middling", "high"), np.array([20.0, 40.0, 80.0]))


def test_degrees_fall_in_straight_lines_between_peaks():
    found = PEAKS.degrees(pd.Series([10, 20, 30, 60, 99]))
    expected = [[1, 0, 0], [1, 0, 0], [0.5, 0.5, 0], [0, 0.5, 0.5], [0, 0, 1]]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_missing_number_belongs_to_no_set():
    assert PEAKS.degrees(pd.Series([np.nan])).tolist() == [[0.0, 0.0, 0.0]]


def test_rare_words_share_a_set():
    sets = fuzzy_sets(pd.Series(["a"] * 99 + ["b"], name="letter"))
    assert sets.words == ("a", "another value")
    assert sets.degrees(pd.Series(["b", "a"])).tolist() == [[0.0, 1.0], [1.0, 0.0]]


def test_number_with_one_value_has_one_set():
    assert fuzzy_sets(pd.Series([3.0] * 10, name="x")).words == ("any",)


def test_confidence_and_weight_of_a_rule_equal_a_calculation_by_hand():
    values, outcome = pd.Series([0.0, 5.0, 10.0], name="x"), pd.Series([False, False, True])
    rules = FuzzyRules().fit(values.to_frame(), outcome).rules
    found = {rule.conditions[0][1]: rule for rule in rules if len(rule.conditions) == 1}
    # Peaks at 1, 5 and 9: degrees of "high" are 0, 0, 1, so confidence is 1.
    assert found["high"].confidence == pytest.approx(1.0)
    assert found["high"].weight == pytest.approx(1.0)
    assert found["low"].weight == pytest.approx(-1.0)


def test_planted_pair_is_among_the_rules_for_the_outcome():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.random((4000, 3)), columns=["a", "b", "c"])
    both = (frame["a"] > 0.6) & (frame["b"] > 0.6)
    fitted = FuzzyRules().fit(frame, pd.Series(rng.random(4000) < np.where(both, 0.8, 0.05)))
    best = max(fitted.rules, key=lambda rule: rule.weight)
    assert set(best.conditions) == {("a", "high"), ("b", "high")}


def test_scores_do_not_depend_on_the_chunk():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"a": rng.random(30_000)})
    fitted = FuzzyRules().fit(frame.head(500), frame["a"].head(500) > 0.5)
    chance = fitted.probability(frame)
    np.testing.assert_allclose(chance[-10:], fitted.probability(frame.tail(10)), rtol=1e-12)


def test_nothing_to_tell_is_said():
    frame = pd.DataFrame({"a": [1.0] * 10})
    with pytest.raises(ValueError, match=r"none of 1 conditions tells anything on 10 subjects"):
        FuzzyRules().fit(frame, pd.Series([True, False] * 5))
