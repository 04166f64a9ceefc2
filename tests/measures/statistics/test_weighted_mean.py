import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.weightstats import DescrStatsW

from crm_helpers.measures.statistics.weighted_mean import survey_mean


def test_plain_mean_has_the_textbook_interval_and_no_design_effect():
    values = pd.Series([1.0, 0, 0, 1, 1, 0, 1, 1])
    mean = survey_mean(values)
    low, high = DescrStatsW(values).tconfint_mean()
    assert (mean.low, mean.high) == pytest.approx((low, high), rel=1e-9)
    assert mean.design_effect == pytest.approx(1.0, rel=1e-9)


def test_asking_everybody_twice_adds_nothing():
    values = pd.Series(np.random.default_rng(1).normal(size=50))
    once = survey_mean(values)
    twice = survey_mean(pd.concat([values, values]), person=pd.Series([*range(50), *range(50)]))
    assert twice.error == pytest.approx(once.error, rel=1e-9)
    assert twice.design_effect == pytest.approx(2.0, rel=0.03)  # 2n - 1 over n - 1


def test_unequal_weights_cost_what_kish_says():
    rng = np.random.default_rng(2)
    values = pd.Series(rng.normal(size=20_000))
    weight = pd.Series(rng.choice([1.0, 3.0], size=20_000))
    kish = len(weight) * (weight**2).sum() / weight.sum() ** 2
    # Kish's formula holds for weights that have nothing to do with the values, up to chance.
    assert survey_mean(values, weight=weight).design_effect == pytest.approx(kish, rel=0.03)


def test_all_the_same_has_no_spread():
    mean = survey_mean(pd.Series([5.0, 5.0, 5.0]))
    assert (mean.low, mean.mean, mean.high, mean.design_effect) == (5.0, 5.0, 5.0, 1.0)


def test_intervals_of_thirty_answers_hold_the_truth_in_nineteen_of_twenty():
    rng = np.random.default_rng(3)
    samples = 100.0 * rng.choice([-1, 0, 1], p=[0.3, 0.3, 0.4], size=(400, 30))
    held = [(m := survey_mean(pd.Series(row))).low < 10 < m.high for row in samples]
    assert 0.92 < np.mean(held) < 0.98


def test_one_person_is_refused():
    with pytest.raises(ValueError, match="answers: 1 persons; expected two or more"):
        survey_mean(pd.Series([1.0, 2.0]), person=pd.Series(["a", "a"]))


def test_weight_of_zero_is_refused():
    with pytest.raises(ValueError, match="weight: 1 of 2 weights are not above 0"):
        survey_mean(pd.Series([1.0, 2.0]), weight=pd.Series([0.0, 1.0]))
