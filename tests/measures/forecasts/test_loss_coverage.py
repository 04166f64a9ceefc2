"""Forecasts of losses hold what then happens as often as they say (counted, slow)."""

import numpy as np
import pytest
from scipy.special import expit, logit
from scipy.stats import binom

from crm_helpers.measures.forecasts.loss_forecast import level_error, loss_forecast

pytestmark = pytest.mark.slow
RUNS, RATE = 400, 0.1


@pytest.mark.parametrize(
    ("customers", "quarters", "drift", "spread"),
    [
        (60, 2, 0.2, 1.5),
        (400, 1, 0.2, 0.5),
        (400, 4, 0.2, 1.5),
        (2000, 2, 0.3, 0.5),
        (400, 0, 0, 2),
    ],
)
def test_what_happens_lies_within_in_nineteen_of_twenty(customers, quarters, drift, spread):
    """Each quarter has a level of its own, as many earlier ones are known; values are skewed."""
    rng, inside = np.random.default_rng(61000 + customers + quarters), np.zeros(2)
    for run in range(RUNS):
        odds = logit(RATE) + 0.8 * rng.normal(size=(quarters + 1, customers))
        shifts = rng.normal(0, drift, quarters + 1)[:, None]
        happened = rng.random(odds.shape) < expit(odds + shifts)
        chance, value = expit(odds), rng.lognormal(4, spread, customers)
        errors = [level_error(*pair) for pair in zip(happened[1:], chance[1:], strict=True)]
        told = loss_forecast(chance[0], value, level_errors=errors, draws=300, seed=run)
        truth = happened[0].sum(), value @ happened[0]
        ends = (told.customers_interval, told.value_interval)
        inside += [one.low <= true <= one.high for one, true in zip(ends, truth, strict=True)]
    print(f"{customers}, {quarters} quarters: inside {inside / RUNS}")  # noqa: T201
    assert (inside >= binom.ppf(0.001, RUNS, 0.95)).all(), inside / RUNS
