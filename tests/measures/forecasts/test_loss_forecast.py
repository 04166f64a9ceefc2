import numpy as np
import pytest

from crm_helpers.measures.forecasts.loss_forecast import level_error, loss_forecast


def test_expected_value_is_the_sum_of_chance_times_value():
    found = loss_forecast([0.5, 0.1], [100.0, 50.0], draws=50)
    assert found.value == pytest.approx(55.0, rel=1e-12)
    assert found.customers == pytest.approx(0.6, rel=1e-12)


def test_certain_losses_have_no_interval():
    found = loss_forecast([1.0, 1.0], [10.0, 20.0], draws=50)
    assert found.value_interval == (30.0, 30.0)


def test_an_unsure_level_widens_the_interval():
    chance, value = np.full(500, 0.2), np.full(500, 10.0)
    sure = loss_forecast(chance, value, draws=300)
    unsure = loss_forecast(chance, value, level_errors=[0.3, -0.2], draws=300)
    assert np.ptp(unsure.value_interval) > 2 * np.ptp(sure.value_interval)


def test_interval_covers_ninety_five_of_hundred_outcomes():
    rng = np.random.default_rng(8)
    chance, value = rng.beta(1, 5, 300), rng.gamma(2, 50, 300)
    found = loss_forecast(chance, value, draws=2000)
    lost = [(value[rng.random(300) < chance]).sum() for _ in range(400)]
    inside = np.mean(
        (np.array(lost) >= found.value_interval.low) & (np.array(lost) <= found.value_interval.high)
    )
    assert 0.92 <= inside <= 0.98  # 400 samples: 95 % +- 3 standard errors


def test_level_error_is_the_missing_log_odds():
    outcome = np.array([True] * 50 + [False] * 50)
    quarter = np.full(100, 0.25)
    assert level_error(outcome, quarter) == pytest.approx(np.log(3), rel=1e-6)  # root finder
