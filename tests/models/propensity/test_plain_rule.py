import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.propensity.plain_rule import plain_rule


def test_the_best_single_predictor_and_its_direction_are_found(customers):
    rows = customers(800)
    rule = plain_rule(rows[["noise", "days"]], rows["lapsed"])
    assert rule.words == "days, high first"


def test_low_first_turns_the_score_round():
    rows = pd.DataFrame({"orders": [1.0, 2, 3, 4, 5, 6]})
    rule = plain_rule(rows, pd.Series([True, True, True, False, False, False]))
    assert rule.direction == "low"
    assert (np.diff(rule.score(rows)) < 0).all()


def test_a_category_is_ordered_by_the_rates_of_its_levels():
    rows = pd.DataFrame({"plan": ["a"] * 50 + ["b"] * 50})
    rule = plain_rule(rows, pd.Series([True] * 40 + [False] * 10 + [True] * 5 + [False] * 45))
    assert rule.direction == "likeliest"
    chance = rule.probability(pd.DataFrame({"plan": ["a", "b", "new"]}))
    assert chance[0] > chance[2] > chance[1]
    assert chance[2] == pytest.approx(0.45, rel=1e-9)


def test_probabilities_of_a_number_follow_its_direction(customers):
    rows = customers(500)
    rule = plain_rule(rows[["days"]], rows["lapsed"])
    steps = pd.DataFrame({"days": np.linspace(0, 300, 50)})
    assert (np.diff(rule.probability(steps)) >= 0).all()


def test_no_predictor_is_refused():
    with pytest.raises(ValueError, match="predictors: 0 columns are left"):
        plain_rule(pd.DataFrame(index=range(3)), pd.Series([True, False, True]))
