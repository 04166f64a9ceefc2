import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.uplift.effect_regression import EffectRegression

RNG = np.random.default_rng(0)
FRAME = pd.DataFrame({"usage": RNG.uniform(size=2000), "plan": RNG.choice(["a", "b"], 2000)})
EFFECT = np.where(FRAME["plan"] == "a", 1.0, -1.0)


@pytest.mark.parametrize("kind", ["ridge", "lightgbm"])
def test_effect_that_differs_by_plan_is_found_through_noise(kind):
    noisy = EFFECT + RNG.normal(scale=2, size=2000)
    expected = EffectRegression(kind).fit(FRAME, noisy).predict(FRAME)
    assert expected[EFFECT > 0].mean() == pytest.approx(1.0, abs=0.25)
    assert expected[EFFECT < 0].mean() == pytest.approx(-1.0, abs=0.25)


def test_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="kind: 'forest' is unknown; expected ridge or lightgbm"):
        EffectRegression("forest")
