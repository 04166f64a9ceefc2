import pandas as pd

from crm_helpers.models.propensity.conditions import Condition
from crm_helpers.models.propensity.main_paths import main_paths


def test_the_planted_paths_are_found(customers):
    rows = customers(2000)
    found = main_paths(rows[["days", "plan", "noise"]], rows["lapsed"], paths=4)
    assert found["event_rate"].is_monotonic_decreasing
    told = [one for conditions in found["conditions"] for one in conditions]
    assert any(one.column == "days" and one.low is not None for one in told)
    assert any(one.column == "plan" and one.level in ("basic", "plus") for one in told)
    assert found["customers"].sum() == 2000


def test_limits_of_one_predictor_stand_once():
    rows = pd.DataFrame({"days": [float(i) for i in range(300)]})
    outcome = pd.Series([(100 <= i < 200) for i in range(300)])
    (condition,) = main_paths(rows, outcome)["conditions"][0]
    assert condition == Condition("days", low=99.0, high=199.0, scale="whole")


def test_numbers_that_are_not_whole_are_cut_between():
    rows = pd.DataFrame({"spent": [i + 0.25 for i in range(60)]})
    found = main_paths(rows, pd.Series([i >= 30 for i in range(60)]))
    assert found["conditions"][0] == (Condition("spent", low=29.75),)


def test_a_level_is_met_on_one_side_and_not_on_the_other():
    rows = pd.DataFrame({"plan": ["basic"] * 30 + ["plus"] * 30})
    found = main_paths(rows, pd.Series([False] * 30 + [True] * 30))
    (first,), (second,) = found["conditions"]
    assert (first.low, first.high, first.level) == (None, None, second.level)
    assert first.is_met != second.is_met
    assert first.is_met == (first.level == "plus")


def test_no_group_is_smaller_than_allowed(customers):
    rows = customers(400)
    found = main_paths(rows[["days", "noise"]], rows["lapsed"], min_group=60)
    assert found["customers"].min() >= 60


def test_nothing_to_split_is_everybody():
    found = main_paths(pd.DataFrame({"x": [1.0] * 40}), pd.Series([True, False] * 20))
    assert found["conditions"].tolist() == [()]
