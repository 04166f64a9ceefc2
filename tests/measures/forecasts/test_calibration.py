import numpy as np
import pytest

from crm_helpers.measures.forecasts.calibration import (
    calibration_bound,
    calibration_error,
    calibration_slope,
    calibration_table,
)


@pytest.fixture
def perfect():
    rng = np.random.default_rng(7)
    chance = rng.beta(2, 3, 3000)
    return rng.random(3000) < chance, chance


def test_ten_bins_of_equal_count():
    rows = calibration_table(np.arange(25) % 2, np.linspace(0, 1, 25))
    assert rows["customers"].tolist() == [3, 3, 3, 3, 3, 2, 2, 2, 2, 2]


def test_right_on_average_in_each_bin_has_error_zero():
    assert calibration_error([True, False] * 10, [0.5] * 20, bins=10) == 0


def test_always_certain_and_wrong_has_error_one():
    assert calibration_error([False] * 10, [1.0] * 10) == 1


def test_a_perfect_model_stays_below_the_bound(perfect):
    outcome, chance = perfect
    assert calibration_error(outcome, chance) <= calibration_bound(chance, draws=200)


def test_a_perfect_model_exceeds_the_bound_in_about_five_of_hundred_samples():
    rng = np.random.default_rng(5)
    chance = rng.beta(2, 3, 400)
    bound = calibration_bound(chance, draws=400)
    errors = [calibration_error(rng.random(400) < chance, chance) for _ in range(200)]
    assert (
        0.01 <= np.mean(np.array(errors) > bound) <= 0.11
    )  # 200 samples: 5 % +- 4 standard errors


def test_a_model_ten_points_too_high_is_above_the_bound(perfect):
    outcome, chance = perfect
    high = np.minimum(chance + 0.1, 1)
    assert calibration_error(outcome, high) > calibration_bound(high, draws=200)


def test_log_odds_twice_too_extreme_have_half_the_slope(perfect):
    outcome, chance = perfect
    odds = np.log(chance / (1 - chance))
    extreme = 1 / (1 + np.exp(-2 * odds))
    right = calibration_slope(outcome, chance)
    assert calibration_slope(outcome, extreme) == pytest.approx(right / 2, rel=1e-9)


def test_slope_is_that_of_a_logistic_regression_of_another_program(perfect):
    import statsmodels.api as sm

    outcome, chance = perfect
    odds = sm.add_constant(np.log(chance / (1 - chance)))
    other = sm.Logit(outcome.astype(float), odds).fit(disp=0, tol=1e-12).params[1]
    assert calibration_slope(outcome, chance) == pytest.approx(other, rel=1e-9)


def test_the_order_of_customers_changes_no_slope(perfect):
    outcome, chance = perfect
    other = np.random.default_rng(1).permutation(len(outcome))
    again = calibration_slope(outcome[other], chance[other])
    assert again == pytest.approx(calibration_slope(outcome, chance), rel=1e-9)


def test_forecasts_that_part_the_kinds_wholly_have_the_steepest_slope():
    assert calibration_slope([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]) == 100
    assert calibration_slope([1, 1, 0, 0], [0.1, 0.2, 0.8, 0.9]) == -100


def test_equal_forecasts_have_no_slope():
    assert np.isnan(calibration_slope([0, 0, 0, 1], [0.4] * 4))


def test_fewer_customers_than_bins_are_refused():
    with pytest.raises(ValueError, match="probability: 4 customers cannot fill 10 bins"):
        calibration_table([1, 0, 1, 0], [0.1, 0.2, 0.3, 0.4])


def test_slope_of_one_kind_is_refused():
    with pytest.raises(ValueError, match="outcome: 2 of 2 customers are True; a calibration slope"):
        calibration_slope([True, True], [0.2, 0.4])
