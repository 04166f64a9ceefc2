"""The Gamma-Poisson pace: planted truth, shrinkage, a published fit."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.survival.order_pace import OrderPace, pace_likelihood
from crm_helpers.tables.needs import Skip


def planted(customers=20_000, shape=0.8, rate=40.0, seed=0):
    rng = np.random.default_rng(seed)
    days = rng.integers(30, 366, size=customers)
    counts = rng.poisson(rng.gamma(shape, 1 / rate, size=customers) * days)
    return pd.Series(counts), pd.Series(days)


def test_planted_shape_and_rate_are_recovered():
    model = OrderPace().fit(*planted())
    assert model.shape_ == pytest.approx(0.8, rel=0.05)  # 20,000 customers: error about 1.5 %
    assert model.rate_ == pytest.approx(40.0, rel=0.05)


def test_many_customers_give_it_more_closely():
    model = OrderPace().fit(*planted(120_000, seed=1))
    assert model.shape_ == pytest.approx(0.8, rel=0.02)


@pytest.mark.parametrize("log_shape", [-3.0, 0.0, 2.0, 8.0])
def test_gradient_of_the_likelihood_equals_finite_differences(log_shape):
    counts, days = (values.to_numpy(float) for values in planted(200))
    _, by_pace, by_shape = pace_likelihood(counts, days, -3.0, log_shape)
    step = 1e-5
    for slope, move in ((by_pace, (step, 0)), (by_shape, (0, step))):
        above, below = (
            pace_likelihood(counts, days, -3.0 + sign * move[0], log_shape + sign * move[1])[0]
            for sign in (1, -1)
        )
        # A difference of 1e-5 has some 1e-8 of the values themselves.
        assert (above - below) / (2 * step) == pytest.approx(slope, rel=1e-6, abs=1e-6)


def test_likelihood_is_that_of_scipy_up_to_what_the_data_alone_say():
    from scipy.special import gammaln
    from scipy.stats import nbinom

    counts, days = np.array([0.0, 1.0, 7.0]), np.array([10.0, 30.0, 90.0])
    ours = pace_likelihood(counts, days, np.log(0.8 / 40), np.log(0.8))[0]
    data_alone = counts * np.log(days) - gammaln(counts + 1)
    theirs = nbinom.logpmf(counts, 0.8, 40 / (40 + days))
    assert ours + data_alone == pytest.approx(theirs, rel=1e-9)


def test_the_order_of_customers_changes_no_parameter():
    counts, days = planted(3_000)
    model = OrderPace().fit(counts, days)
    other = np.random.default_rng(9).permutation(3_000)
    again = OrderPace().fit(counts[other], days[other])
    assert [again.shape_, again.rate_] == pytest.approx([model.shape_, model.rate_], rel=1e-12)


@pytest.mark.parametrize("counts", [[3] * 40, [2, 4] * 20, [7]])
def test_customers_no_more_unlike_than_chance_have_one_pace(counts):
    model = OrderPace().fit(counts, [100.0] * len(counts))
    assert model.shape_ == pytest.approx(np.exp(12), rel=1e-9)
    assert model.shape_ / model.rate_ == pytest.approx(np.mean(counts) / 100, rel=1e-9)


def test_one_who_orders_among_many_who_do_not_is_no_failure():
    model = OrderPace().fit([0] * 999 + [50], [365.0] * 1000)
    assert 0 < model.shape_ < 0.01
    assert model.shape_ / model.rate_ == pytest.approx(50 / 365_000, rel=1e-9)


def test_the_nbd_of_the_cdnow_sample_agrees_with_another_program(shared_data):
    # NBD of x repeat orders in T weeks, 2,357 customers; optimum found here with scipy's
    # independent nbinom.logpmf, starting elsewhere.
    from scipy.optimize import minimize
    from scipy.stats import nbinom

    file = shared_data / "cdnow" / "cdnow_customers_summary.csv"
    rows = pd.read_csv(file)
    counts, weeks = rows["frequency"], rows["T"]

    def loss(logs):
        shape, rate = np.exp(logs)
        return -nbinom.logpmf(counts, shape, rate / (rate + weeks)).mean()

    tight = {"xatol": 1e-9, "fatol": 1e-14}
    other = np.exp(minimize(loss, [0.0, 3.0], method="Nelder-Mead", options=tight).x)
    model = OrderPace().fit(counts, weeks)
    assert [model.shape_, model.rate_] == pytest.approx(other, rel=1e-6)  # Nelder-Mead


def test_a_splendid_record_is_expected_to_fall_and_a_poor_one_to_rise():
    model = OrderPace().fit(*planted())
    counts, days = pd.Series([0, 20]), pd.Series([100, 100])
    pace = model.pace(counts, days)
    assert pace[0] > 0
    assert pace[1] < 20 / 100


def test_expected_pace_is_right_on_average_where_raw_records_are_not():
    rng = np.random.default_rng(5)
    true_pace = rng.gamma(0.8, 1 / 40, size=50_000)
    seen, later = rng.poisson(true_pace * 200), rng.poisson(true_pace * 100)
    model = OrderPace().fit(seen, np.full(50_000, 200))
    best = seen >= np.quantile(seen, 0.9)
    expected = model.pace(pd.Series(seen), pd.Series(200.0, index=range(50_000))) * 100
    assert expected[best].mean() == pytest.approx(later[best].mean(), rel=0.03)
    assert seen[best].mean() / 2 > later[best].mean() * 1.1


def test_chance_of_silence_falls_with_its_length_and_with_the_pace():
    model = OrderPace().fit(*planted())
    few, many = pd.Series([1, 1, 1]), pd.Series([12, 12, 12])
    days, silent = pd.Series([200.0] * 3), pd.Series([0.0, 30.0, 90.0])
    slow = model.chance_of_silence(few, days, silent)
    fast = model.chance_of_silence(many, days, silent)
    assert slow[0] == fast[0] == 1
    assert slow.is_monotonic_decreasing
    assert (fast[1:] < slow[1:]).all()


def test_chance_of_silence_is_what_a_simulation_shows():
    rng = np.random.default_rng(6)
    true_pace = rng.gamma(0.8, 1 / 40, size=200_000)
    seen = rng.poisson(true_pace * 200)
    silent = rng.poisson(true_pace * 60) == 0
    model = OrderPace()
    model.shape_, model.rate_ = 0.8, 40.0
    chance = model.chance_of_silence(*(pd.Series([v]) for v in (5, 200.0, 60.0)))[0]
    assert silent[seen == 5].mean() == pytest.approx(chance, abs=0.01)


def test_nobody_with_a_repeat_order_is_told():
    with pytest.raises(Skip, match="order pace: 2 customers have no repeat.*observation_days"):
        OrderPace().fit([0, 0], [10, 20])
