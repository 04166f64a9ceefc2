import numpy as np
import pandas as pd

from crm_helpers.models.uplift.x_learner import XLearner


def test_a_small_treated_arm_borrows_from_the_large_control_arm():
    rng = np.random.default_rng(6)
    frame = pd.DataFrame({"usage": rng.uniform(size=6000)})
    treated = rng.uniform(size=6000) < 0.05
    rate = 0.1 + 0.6 * frame["usage"] + 0.1 * treated
    outcome = (rng.uniform(size=6000) < rate).astype(int)
    trial = pd.DataFrame({"outcome": outcome, "is_treated": treated, "propensity": 0.05})
    forecasts = XLearner().fit(frame, trial).forecasts(frame)
    assert forecasts["uplift"].std() < 0.1  # the true effect is the same for all
    assert abs(forecasts["uplift"].mean() - 0.1) < 0.09  # 3 standard errors of 300 treated
