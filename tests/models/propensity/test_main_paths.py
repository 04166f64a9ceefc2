import pandas as pd

from crm_helpers.models.propensity.main_paths import main_paths


def test_the_planted_paths_are_told_in_words(customers):
    rows = customers(2000)
    found = main_paths(rows[["days", "plan", "noise"]], rows["lapsed"], paths=4)
    assert found["event_rate"].is_monotonic_decreasing
    assert found["path"].str.contains("days above").any()
    assert found["path"].str.contains("plan is").any()
    assert found["customers"].sum() == 2000


def test_limits_of_one_predictor_are_said_once():
    rows = pd.DataFrame({"days": [float(i) for i in range(300)]})
    outcome = pd.Series([(100 <= i < 200) for i in range(300)])
    path = main_paths(rows, outcome)["path"][0]
    assert path == "days above 99.5 up to 199.5"


def test_no_group_is_smaller_than_allowed(customers):
    rows = customers(400)
    found = main_paths(rows[["days", "noise"]], rows["lapsed"], min_group=60)
    assert found["customers"].min() >= 60


def test_nothing_to_split_is_everybody():
    found = main_paths(pd.DataFrame({"x": [1.0] * 40}), pd.Series([True, False] * 20))
    assert found["path"].tolist() == ["everybody"]
