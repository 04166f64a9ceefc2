import numpy as np
import pandas as pd

from crm_helpers.models.propensity.drivers import driver_stability, drivers


def test_the_heavier_driver_comes_first_with_its_direction():
    rows = pd.DataFrame({"days": np.arange(50.0), "plan": ["a", "b"] * 25})
    values = pd.DataFrame({"days": np.linspace(-1, 1, 50), "plan": [0.1, -0.1] * 25})
    found = drivers(values, rows, {})
    assert found["theme"].tolist() == ["days", "plan"]
    assert found["column"].tolist() == ["days", "plan"]
    assert found["direction"].tolist() == ["high", "level"]
    assert found["level"].tolist() == ["", "a"]
    assert found["share"].sum() == 1


def test_the_same_world_at_both_origins_has_stable_drivers(origin_rows):
    labelled = origin_rows[origin_rows["role"] != "score"]
    found = driver_stability(
        labelled, outcome="lapsed", columns=["days", "plan", "noise"], themes={}
    )
    assert found == 1.0


def test_one_origin_has_no_stability(origin_rows):
    one = origin_rows[origin_rows["role"] == "test"]
    assert np.isnan(driver_stability(one, outcome="lapsed", columns=["days"], themes={}))


def test_predictors_of_one_theme_weigh_together_and_the_heavier_leads():
    rows = pd.DataFrame({"days": np.arange(50.0), "gap": -np.arange(50.0), "noise": 1.0})
    values = pd.DataFrame(
        {"days": np.linspace(-1, 1, 50), "gap": np.linspace(-2, 2, 50), "noise": 0.1}
    )
    found = drivers(values, rows, {"rhythm": ("days", "gap")})
    assert found["theme"].tolist() == ["rhythm", "noise"]
    assert found.loc[0, ["column", "direction"]].tolist() == ["gap", "low"]


def test_a_number_that_nobody_knows_has_no_direction():
    rows, values = pd.DataFrame({"x": [np.nan] * 5}), pd.DataFrame({"x": [1.0] * 5})
    assert drivers(values, rows, {})["direction"].tolist() == [""]
