import numpy as np
import pytest

from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.measures.statistics.bootstrap import bootstrap_interval, interval_of_claim


def test_interval_of_a_mean_is_close_to_the_normal_one():
    values = np.random.default_rng(0).normal(10, 2, 400)
    low, high = bootstrap_interval(np.mean, values, draws=2000, seed=1)
    assert high - low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.08)  # 2,000 draws


def test_same_seed_gives_the_same_interval():
    values = np.arange(30.0)
    assert bootstrap_interval(np.mean, values, seed=3) == bootstrap_interval(
        np.mean, values, seed=3
    )


def test_ten_equal_rows_of_each_customer_are_worth_one():
    values = np.random.default_rng(2).normal(size=50)
    once = bootstrap_interval(np.mean, values, draws=400)
    often = bootstrap_interval(
        np.mean, np.repeat(values, 10), customer=np.repeat(np.arange(50), 10), draws=400
    )
    assert often.high - often.low == pytest.approx(once.high - once.low, rel=0.15)  # 400 draws


def test_noise_has_an_auc_interval_around_one_half():
    rng = np.random.default_rng(4)
    low, high = bootstrap_interval(auc, rng.random(300) < 0.3, rng.random(300))
    assert low < 0.5 < high


def test_a_measure_undefined_in_most_draws_is_refused():
    with pytest.raises(ValueError, match=r"bootstrap: the measure is undefined in \d+ of 50"):
        bootstrap_interval(auc, [True] * 30 + [False] * 0, list(range(30)), draws=50)


def test_the_interval_of_a_claim_reaches_as_far_as_its_level_and_its_choices():
    rng = np.random.default_rng(4)
    values = rng.normal(size=400)
    one, of_ten = (interval_of_claim(np.mean, values, choices=n, draws=400) for n in (1, 10))
    error = values.std() / 20
    assert one.high - values.mean() == pytest.approx(2.81 * error, rel=0.1)  # 400 draws: 4 %
    assert (of_ten.high - of_ten.low) / (one.high - one.low) == pytest.approx(3.48 / 2.81, rel=0.01)
