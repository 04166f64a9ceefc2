import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.uplift.learners import new_uplift_learner
from crm_helpers.models.uplift.t_learner import TLearner, arm_weights


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


def unlike_campaigns(cells: list[tuple]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Contacts of cells (campaign, who, treated, persons, of whom so many respond)."""
    parts = [
        pd.DataFrame(
            {"campaign": name, "who": who, "is_treated": arm, "outcome": np.arange(count) < yes}
        )
        for name, who, arm, count, yes in cells
    ]
    rows = pd.concat(parts, ignore_index=True)
    share = rows.groupby("campaign")["is_treated"].transform("mean")
    return rows[["who"]], rows.assign(propensity=share, outcome=rows["outcome"].astype(int))


# No effect in either: a treated nine of ten, of whom 20 % respond anyway, b half of them, 5 %.
# In a four of five are old, in b one of five.
IDLE = [
    ("a", "old", True, 3600, 720),
    ("a", "young", True, 900, 180),
    ("a", "old", False, 400, 80),
    ("a", "young", False, 100, 20),
    ("b", "old", True, 500, 25),
    ("b", "young", True, 2000, 100),
    ("b", "old", False, 500, 25),
    ("b", "young", False, 2000, 100),
]


@pytest.mark.parametrize("method", ["t_logistic", "t_lightgbm", "x_logistic", "x_lightgbm"])
def test_campaigns_of_unlike_level_and_control_share_make_no_effect(method):
    """Both arms pooled say +6.5 points for the old and +3.9 for the young."""
    frame, trial = unlike_campaigns(IDLE)
    learner = new_uplift_learner(method).fit(frame, trial)
    uplift = learner.forecasts(pd.DataFrame({"who": ["old", "young"]}))["uplift"]
    assert uplift.abs().max() < 0.01


def test_both_arms_stand_for_all_persons():
    _, trial = unlike_campaigns(IDLE)
    weight = pd.Series(arm_weights(trial)).groupby([trial["is_treated"], trial["campaign"]]).sum()
    share = weight / weight.groupby("is_treated").transform("sum")
    assert share.tolist() == pytest.approx([0.5] * 4, rel=1e-9)
    assert weight.sum() == pytest.approx(len(trial))
