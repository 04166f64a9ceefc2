import pandas as pd
import pytest

from crm_helpers.models.uplift.t_learner import TLearner


def test_uplift_is_the_difference_of_the_two_rates():
    frame = pd.DataFrame({"plan": ["a"] * 400})
    trial = pd.DataFrame(
        {
            "outcome": [1] * 100 + [0] * 100 + [1] * 50 + [0] * 150,
            "is_treated": [True] * 200 + [False] * 200,
            "propensity": 0.5,
        }
    )
    forecasts = TLearner("naive_bayes").fit(frame, trial).forecasts(frame)
    assert forecasts["treated_rate"].iloc[0] == pytest.approx(0.5, abs=0.005)  # smoothing
    assert forecasts["control_rate"].iloc[0] == pytest.approx(0.25, abs=0.005)
    difference = forecasts["treated_rate"] - forecasts["control_rate"]
    assert forecasts["uplift"].tolist() == difference.tolist()
