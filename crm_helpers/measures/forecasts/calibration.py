"""Calibration: outcomes + probabilities -> table of bins, error, its bound, slope."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import expit, logit

from crm_helpers.measures.forecasts.both_kinds import check_both_kinds
from crm_helpers.measures.statistics.likelihood import likeliest

FLOOR = 1e-6
STEEPEST = 100.0


def calibration_table(
    outcome: ArrayLike, probability: ArrayLike, *, bins: int = 10
) -> pd.DataFrame:
    """Forecast and observed event rate in bins of equal count.

    Customers are sorted by probability and cut into bins whose sizes differ by
    one at most; equal probabilities may fall on both sides of an edge.

    Parameters
    ----------
    outcome : array of bool, shape (n_customers,)
        True where it happened.
    probability : array of float in [0, 1], shape (n_customers,)
        Probability given beforehand.
    bins : int, default 10
        Number of bins.

    Returns
    -------
    DataFrame, one row per bin, lowest probabilities first
        customers : int
        probability_mean : float in [0, 1]
        event_rate : float in [0, 1]

    Raises
    ------
    ValueError
        If there are fewer customers than bins.

    Examples
    --------
    >>> calibration_table([False, True, True, True], [0.2, 0.4, 0.7, 0.9], bins=2)
       customers  probability_mean  event_rate
    0          2               0.3         0.5
    1          2               0.8         1.0
    """
    chance = np.asarray(probability, dtype=float)
    if len(chance) < bins:
        raise ValueError(
            f"probability: {len(chance):,} customers cannot fill {bins} bins. "
            "Use fewer bins or more customers."
        )
    order = np.argsort(chance, kind="stable")
    parts = np.array_split(order, bins)
    happened = np.asarray(outcome, dtype=float)
    return pd.DataFrame(
        {
            "customers": [len(part) for part in parts],
            "probability_mean": [chance[part].mean() for part in parts],
            "event_rate": [happened[part].mean() for part in parts],
        }
    )


def calibration_error(outcome: ArrayLike, probability: ArrayLike, *, bins: int = 10) -> float:
    """Mean distance between forecast and observed event rate over bins of equal count.

    Parameters
    ----------
    outcome : array of bool, shape (n_customers,)
        True where it happened.
    probability : array of float in [0, 1], shape (n_customers,)
        Probability given beforehand.
    bins : int, default 10
        Number of bins.

    Returns
    -------
    float in [0, 1]
        Small is good, but not 0 even for a perfect model: see `calibration_bound`.

    Examples
    --------
    >>> round(calibration_error([False, True, True, True], [0.2, 0.4, 0.7, 0.9], bins=2), 4)
    0.2
    """
    rows = calibration_table(outcome, probability, bins=bins)
    distance = (rows["probability_mean"] - rows["event_rate"]).abs()
    return float((distance * rows["customers"]).sum() / rows["customers"].sum())


def calibration_bound(
    probability: ArrayLike,
    *,
    bins: int = 10,
    draws: int = 500,
    level: float = 0.95,
    seed: int = 0,
) -> float:
    """Calibration error that a perfect model of this size stays below in 95 of 100 samples.

    Outcomes are drawn from the probabilities themselves, so what remains is
    the noise of so many customers.

    Parameters
    ----------
    probability : array of float in [0, 1], shape (n_customers,)
        Probabilities given beforehand.
    bins : int, default 10
        Number of bins.
    draws : int, default 500
        Number of simulated samples.
    level : float in (0, 1), default 0.95
        Share of samples below the bound.
    seed : int, default 0
        For the draws.

    Returns
    -------
    float in [0, 1]

    Examples
    --------
    Certain forecasts leave no room for noise.

    >>> calibration_bound([0.0, 0.0, 1.0, 1.0], bins=2)
    0.0
    """
    chance = np.sort(np.asarray(probability, dtype=float))
    rng = np.random.default_rng(seed)
    parts = np.array_split(chance, bins)
    gaps = [np.abs(_bin_rates(part, draws, rng) - part.mean()) * len(part) for part in parts]
    return float(np.quantile(np.sum(gaps, axis=0) / len(chance), level))


def _bin_rates(chance: np.ndarray, draws: int, rng: np.random.Generator) -> np.ndarray:
    return np.array([(rng.random(len(chance)) < chance).mean() for _ in range(draws)])


def calibration_slope(outcome: ArrayLike, probability: ArrayLike) -> float:
    """Slope of the outcomes' log-odds over the forecast's log-odds.

    Parameters
    ----------
    outcome : array of bool, shape (n_customers,)
        True where it happened.
    probability : array of float in [0, 1], shape (n_customers,)
        Probability given beforehand.

    Returns
    -------
    float
        1 is right; below 1 the forecasts are too extreme, above 1 too timid. 100 or -100 where
        the forecasts part the two kinds wholly, missing where all forecasts are equal.

    References
    ----------
    .. [1] Cox (1958), Two Further Applications of a Model for Binary
       Regression, Biometrika 45, 562-565.

    Examples
    --------
    >>> forecast = np.repeat([0.25, 0.75], 4)
    >>> round(calibration_slope([1, 0, 0, 0, 1, 1, 1, 0], forecast), 3)
    1.0
    """
    happened = check_both_kinds(outcome, "a calibration slope").astype(float)
    odds = logit(np.clip(np.asarray(probability, dtype=float), FLOOR, 1 - FLOOR))

    if np.ptp(odds) == 0:
        return float("nan")
    yes, no = odds[happened > 0], odds[happened == 0]
    if yes.min() >= no.max() or yes.max() <= no.min():
        return STEEPEST if yes.min() >= no.max() else -STEEPEST

    middle, spread = odds.mean(), odds.std()
    scaled = (odds - middle) / spread

    def loss(line: np.ndarray) -> tuple[float, np.ndarray]:
        value = line[0] + line[1] * scaled
        error = expit(value) - happened
        surprise = np.logaddexp(0, value) - happened * value
        return float(surprise.mean()), np.array([error.mean(), (error * scaled).mean()])

    bounds = [(-np.inf, np.inf), (-STEEPEST * spread, STEEPEST * spread)]
    line = likeliest(loss, [[middle, spread]], bounds, subject="calibration slope")
    return float(line[1] / spread)
