import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.effects.effect_scores import effect_scores

RNG = np.random.default_rng(5)
X = RNG.uniform(size=20_000)
TREATED = pd.Series(RNG.uniform(size=20_000) < 0.3)
OUTCOME = pd.Series((RNG.uniform(size=20_000) < X / 2 + 0.1 * TREATED).astype(float))


def test_average_score_is_the_average_effect():
    assert effect_scores(OUTCOME, TREATED, 0.3).mean() == pytest.approx(0.1, abs=0.03)


def test_good_forecasts_make_the_scores_narrower_and_bad_ones_no_worse_centred():
    plain = effect_scores(OUTCOME, TREATED, 0.3)
    good = effect_scores(
        OUTCOME, TREATED, 0.3, treated_forecast=X / 2 + 0.1, control_forecast=X / 2
    )
    bad = effect_scores(OUTCOME, TREATED, 0.3, treated_forecast=3.0, control_forecast=-2.0)
    assert good.std() < plain.std()
    assert good.mean() == pytest.approx(0.1, abs=0.03)
    assert bad.mean() == pytest.approx(0.1, abs=0.15)


def test_propensity_of_one_is_refused():
    with pytest.raises(ValueError, match=r"3 of 3 are not inside \(0, 1\) \(first: 1\).*Leave out"):
        effect_scores(pd.Series([1.0, 0.0, 0.0]), pd.Series([True] * 3), 1.0)
