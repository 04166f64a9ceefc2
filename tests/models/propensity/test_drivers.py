import numpy as np
import pandas as pd

from crm_helpers.models.propensity.drivers import driver_stability, drivers


def test_the_heavier_driver_comes_first_with_its_direction():
    rows = pd.DataFrame({"days": np.arange(50.0), "plan": ["a", "b"] * 25})
    values = pd.DataFrame({"days": np.linspace(-1, 1, 50), "plan": [0.1, -0.1] * 25})
    found = drivers(values, rows)
    assert found["theme"].tolist() == ["days", "plan"]
    assert found["direction"].tolist() == ["high: days", "a"]
    assert found["share"].sum() == 1


def test_the_same_world_at_both_origins_has_stable_drivers(origin_rows):
    labelled = origin_rows[origin_rows["role"] != "score"]
    found = driver_stability(labelled, outcome="lapsed", columns=["days", "plan", "noise"])
    assert found == 1.0


def test_one_origin_has_no_stability(origin_rows):
    one = origin_rows[origin_rows["role"] == "test"]
    assert np.isnan(driver_stability(one, outcome="lapsed", columns=["days"]))
