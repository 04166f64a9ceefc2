"""Effect of a contact: outcomes of those treated and of the control group -> difference."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats


@dataclass(frozen=True)
class Effect:
    """Difference between two arms by intention to treat, with its interval.

    Attributes
    ----------
    difference, low, high : float
        Treated minus control, in the unit of the outcome, with the interval.
    treated_mean, control_mean : float
        Mean outcome per person, everyone assigned to the arm counted.
    treated_count, control_count : int
        Persons per arm.
    smallest_detectable : float
        Smallest true difference that these numbers would have shown in four of five tries.
    """

    difference: float
    low: float
    high: float
    treated_mean: float
    control_mean: float
    treated_count: int
    control_count: int
    smallest_detectable: float

    @property
    def is_shown(self) -> bool:
        """True when the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def rate_effect(
    outcome: pd.Series, is_treated: pd.Series, *, interval_level: float = 0.95
) -> Effect:
    """Difference of two rates with Newcombe's score interval.

    Everyone counts in the arm they were assigned to, reached or not (intention to treat).

    Parameters
    ----------
    outcome : Series of bool, shape (n_persons,)
        True where the person did what the contact was made for.
    is_treated : Series of bool, shape (n_persons,)
        False: control group.
    interval_level : float, default 0.95
        Level of the interval, between 0 and 1.

    Returns
    -------
    Effect
        Difference in [-1, 1].

    Raises
    ------
    ValueError
        If one of the arms is empty.

    References
    ----------
    .. [1] Newcombe (1998), Interval estimation for the difference between independent
       proportions, Statistics in Medicine 17, 873-890, method 10.
    """
    treated, control = _arms(outcome, is_treated)
    z = stats.norm.ppf(0.5 + interval_level / 2)
    p1, p0 = treated.mean(), control.mean()
    low1, high1 = _wilson(p1, len(treated), z)
    low0, high0 = _wilson(p0, len(control), z)
    error = np.sqrt(p1 * (1 - p1) / len(treated) + p0 * (1 - p0) / len(control))
    low = p1 - p0 - np.hypot(p1 - low1, high0 - p0)
    high = p1 - p0 + np.hypot(high1 - p1, p0 - low0)
    return _effect(treated, control, (low, high), error, z)


def mean_effect(
    outcome: pd.Series, is_treated: pd.Series, *, interval_level: float = 0.95
) -> Effect:
    """Difference of two means, money per head for example, with Welch's interval.

    Those who brought nothing count with zero, so it is money per person asked, not per buyer.

    Parameters
    ----------
    outcome : Series of float, shape (n_persons,)
        Amount per person.
    is_treated : Series of bool, shape (n_persons,)
        False: control group.
    interval_level : float, default 0.95
        Level of the interval, between 0 and 1.

    Returns
    -------
    Effect
        Difference in the unit of the outcome.

    Raises
    ------
    ValueError
        If one of the arms is empty.

    References
    ----------
    .. [1] Welch (1947), The generalization of Student's problem, Biometrika 34, 28-35.
    """
    treated, control = _arms(outcome, is_treated)
    parts = [arm.var(ddof=1) / len(arm) if len(arm) > 1 else 0.0 for arm in (treated, control)]
    error = np.sqrt(sum(parts))
    bound = stats.t.ppf(0.5 + interval_level / 2, _welch_freedom(parts, treated, control))
    difference = treated.mean() - control.mean()
    interval = (difference - bound * error, difference + bound * error)
    return _effect(treated, control, interval, error, bound)


def _arms(outcome: pd.Series, is_treated: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    values = np.asarray(outcome, dtype=float)
    treated = np.asarray(is_treated, dtype=bool)
    if treated.all() or not treated.any():
        raise ValueError(
            f"is_treated: {int(treated.sum()):,} of {len(treated):,} persons are treated; an "
            "effect needs a treated and a control group. Leave out campaigns without a control "
            "group."
        )
    return values[treated], values[~treated]


def _wilson(rate: float, count: int, z: float) -> tuple[float, float]:
    centre = rate + z**2 / (2 * count)
    spread = z * np.sqrt(rate * (1 - rate) / count + z**2 / (4 * count**2))
    return (centre - spread) / (1 + z**2 / count), (centre + spread) / (1 + z**2 / count)


def _welch_freedom(parts: list[float], treated: np.ndarray, control: np.ndarray) -> float:
    pairs = zip(parts, (treated, control), strict=True)
    spread = sum(part**2 / (len(arm) - 1) for part, arm in pairs if len(arm) > 1)
    return sum(parts) ** 2 / spread if spread > 0 else 1e9


def _effect(
    treated: np.ndarray,
    control: np.ndarray,
    interval: tuple[float, float],
    error: float,
    bound: float,
) -> Effect:
    return Effect(
        difference=float(treated.mean() - control.mean()),
        low=float(interval[0]),
        high=float(interval[1]),
        treated_mean=float(treated.mean()),
        control_mean=float(control.mean()),
        treated_count=len(treated),
        control_count=len(control),
        smallest_detectable=float((bound + stats.norm.ppf(0.8)) * error),
    )
