"""Forecast of losses: probabilities + values -> expected number and money with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import expit, logit

from crm_helpers.measures.statistics.bootstrap import Interval

FLOOR = 1e-6
FEWEST_DEGREES = 2


@dataclass(frozen=True)
class LossForecast:
    """Expected losses with predictive intervals: customers, and money."""

    customers: float
    customers_interval: Interval
    value: float
    value_interval: Interval

    @property
    def is_priced(self) -> bool:
        """Whether the value of those lost is known."""
        return not np.isnan(self.value)


def loss_forecast(
    probability: ArrayLike,
    value: ArrayLike,
    *,
    level_errors: Sequence[float] = (),
    draws: int = 500,
    level: float = 0.95,
    seed: int = 0,
) -> LossForecast:
    """Customers and value expected to be lost, with predictive intervals.

    Two things are unsure: who of the customers it hits, and by how much the
    level of this quarter differs from what the model learned.

    Parameters
    ----------
    probability : array of float in [0, 1], shape (n_customers,)
        Chance to lose each customer.
    value : array of float, in currency, shape (n_customers,)
        What is lost with each; empty where it is not known: then the value is empty too.
    level_errors : sequence of float
        Errors of the level at earlier origins, in log-odds; see `level_error`. Few of them
        tell little about their spread, so the level is drawn from Student's distribution.
    draws : int, default 500
        Simulated quarters.
    level : float in (0, 1), default 0.95
        Share of the simulated quarters inside the interval.
    seed : int, default 0

    Returns
    -------
    LossForecast

    Examples
    --------
    >>> loss_forecast([1.0, 0.0], [100.0, 50.0]).value
    100.0
    """
    chance, money = np.asarray(probability, dtype=float), np.asarray(value, dtype=float)
    rng = np.random.default_rng(seed)
    odds = logit(np.clip(chance, FLOOR, 1 - FLOOR))
    certain = (chance <= 0) | (chance >= 1)
    shifts = _level_shifts(level_errors, draws, rng)
    counts, sums = np.empty(draws), np.empty(draws)
    for draw in range(draws):
        shifted = expit(odds + shifts[draw])
        lost = rng.random(len(chance)) < np.where(certain, chance, shifted)
        counts[draw], sums[draw] = lost.sum(), money[lost].sum()
    ends = [(1 - level) / 2, (1 + level) / 2]
    return LossForecast(
        float(chance.sum()),
        Interval(*map(float, np.quantile(counts, ends))),
        float(chance @ money),
        Interval(*map(float, np.quantile(sums, ends))),
    )


def _level_shifts(errors: Sequence[float], draws: int, rng: np.random.Generator) -> np.ndarray:
    if not len(errors):
        return np.zeros(draws)
    size = float(np.sqrt(np.mean(np.square(errors))))
    return size * rng.standard_t(max(len(errors), FEWEST_DEGREES), draws)


def level_error(outcome: ArrayLike, probability: ArrayLike) -> float:
    """Log-odds that would have to be added to the forecasts to meet what happened on average.

    Parameters
    ----------
    outcome : array of bool, shape (n_customers,)
        What happened at an earlier origin.
    probability : array of float in [0, 1], shape (n_customers,)
        What had been forecast.

    Returns
    -------
    float
        0 when the level was right; its size says how far a level can be out.

    Examples
    --------
    >>> round(level_error([True, False], [0.5, 0.5]), 9)
    0.0
    """
    happened = np.asarray(outcome, dtype=float)
    odds = logit(np.clip(np.asarray(probability, dtype=float), FLOOR, 1 - FLOOR))
    rate = float(np.clip(happened.mean(), 0.5 / len(happened), 1 - 0.5 / len(happened)))
    return float(brentq(lambda shift: expit(odds + shift).mean() - rate, -50, 50))
