import numpy as np
import pytest
from sklearn.metrics import log_loss as sklearn_log_loss

from crm_helpers.measures.forecasts.log_loss import log_loss


def test_certain_and_right_is_almost_zero():
    assert log_loss([True, False], [1, 0]) == pytest.approx(1e-6, rel=1e-3)  # kept 1e-6 away


def test_an_impossible_event_costs_a_finite_amount():
    assert log_loss([True], [0]) == pytest.approx(-np.log(1e-6), rel=1e-9)


def test_agrees_with_scikit_learn():
    rng = np.random.default_rng(0)
    outcome, chance = rng.random(40) < 0.5, rng.uniform(0.01, 0.99, 40)
    assert log_loss(outcome, chance) == pytest.approx(sklearn_log_loss(outcome, chance), rel=1e-9)
