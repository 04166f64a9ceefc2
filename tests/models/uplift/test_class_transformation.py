import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.uplift.class_transformation import ClassTransformation


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_average_uplift_is_the_difference_of_the_arms_whatever_their_sizes(share):
    rng = np.random.default_rng(4)
    frame = pd.DataFrame({"usage": rng.uniform(size=8000)})
    treated = rng.uniform(size=8000) < share
    outcome = (rng.uniform(size=8000) < 0.2 + 0.15 * treated).astype(int)
    trial = pd.DataFrame({"outcome": outcome, "is_treated": treated, "propensity": share})
    forecasts = ClassTransformation().fit(frame, trial).forecasts(frame)
    measured = outcome[treated].mean() - outcome[~treated].mean()
    # the propensity by design is not quite the share drawn
    assert forecasts["uplift"].mean() == pytest.approx(measured, abs=0.015)
