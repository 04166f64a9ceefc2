"""Effect of a contact: outcomes of those treated and of the control group -> difference."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from crm_helpers.measures.effects.score_interval import score_interval

POWER = 0.8  # four of five tries


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
    """Difference of two rates with its score interval, which holds with few events too.

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
    .. [1] Miettinen & Nurminen (1985), Comparative analysis of two rates, Statistics in
       Medicine 4, 213-226.
    """
    treated, control = _arms(outcome, is_treated)
    counts = [part for arm in (treated, control) for part in (arm.sum(), len(arm))]
    low, high = score_interval(*counts, interval_level=interval_level)
    z = stats.norm.ppf(0.5 + interval_level / 2)
    # Half the length, as the errors of the rates collapse where an arm has no events.
    return _effect(treated, control, (low, high), (high - low) / 2 / z, z)


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


def is_flag(outcome: pd.Series) -> bool:
    """True where the outcome says yes or no, so that rates are compared; else means are."""
    return bool(np.isin(pd.unique(pd.Series(outcome).dropna()), [0, 1]).all())


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
        smallest_detectable=float((bound + stats.norm.ppf(POWER)) * error),
    )
