"""Score interval of a difference of rates within strata: counts of both arms -> two limits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import stats

STEPS = 32  # halvings: limits to 5e-10


def score_interval(
    treated_events: np.ndarray,
    treated: np.ndarray,
    control_events: np.ndarray,
    control: np.ndarray,
    *,
    interval_level: float = 0.95,
    allows_for_skew: bool = True,
    weight: np.ndarray | None = None,
) -> tuple[float, float]:
    """Miettinen-Nurminen interval of the rate difference, strata weighted by Mantel-Haenszel.

    A limit is the difference at which the observed one lies as far off as the level allows, the
    variance being taken at that difference. So it does not collapse where an arm has few events
    or none, as the variance of the observed rates does. One stratum gives the plain interval.
    With unequal arms and few events the difference is skewed, and far out one tail is several
    times as heavy as the other: each limit is the farther of that with and without allowance.

    Parameters
    ----------
    treated_events, treated, control_events, control : ndarray of int, shape (n_strata,)
        Persons with the outcome, and all, of each arm; no arm is empty.
    interval_level : float, default 0.95
        Level of the interval, between 0 and 1.
    allows_for_skew : bool, default True
        False gives the interval of Miettinen and Nurminen itself.
    weight : ndarray of float, shape (n_strata,), optional
        Weights of the strata with sum 1, in place of those of Mantel and Haenszel.

    Returns
    -------
    float, float
        Low and high, in [-1, 1], with the weighted difference between them.

    References
    ----------
    .. [1] Miettinen & Nurminen (1985), Comparative analysis of two rates, Statistics in
       Medicine 4, 213-226.
    .. [2] Gart & Nam (1990), Approximate interval estimation of the difference in binomial
       parameters: correction for skewness and extension to multiple tables, Biometrics 46,
       637-643.

    Examples
    --------
    None of 60 in the control group responds: Wald would say 0.03 to 0.07 at 95 %.

    >>> [round(end, 3) for end in score_interval(27, 540, 0, 60)]
    [-0.011, 0.072]
    """
    counts = (treated_events, treated, control_events, control)
    arms = tuple(np.atleast_1d(np.asarray(part, dtype=float)) for part in counts)
    weight = mantel_haenszel(arms[1], arms[3]) if weight is None else np.asarray(weight, float)
    difference = float((weight * (arms[0] / arms[1] - arms[2] / arms[3])).sum())
    reach = float(stats.norm.ppf(0.5 + interval_level / 2))

    def is_out(place: float) -> bool:
        spread, skew = _moments(arms, weight, place)
        apart = abs(difference - place)
        if allows_for_skew and spread > 0:
            # At most as far again: the expansion holds for small skewness alone.
            shift = np.clip(skew * (reach**2 - 1) / 6 / spread**3, -reach, reach)
            apart -= spread * max(0.0, float(np.sign(difference - place) * shift))
        return apart > reach * spread

    ends = [limit_between(is_out, start=difference, end=end) for end in (-1.0, 1.0)]
    return ends[0], ends[1]


def mantel_haenszel(treated: np.ndarray, control: np.ndarray) -> np.ndarray:
    """Weights of strata, treated x control / all, with sum 1.

    Parameters
    ----------
    treated, control : ndarray of int, shape (n_strata,)
        Persons per arm.

    Returns
    -------
    ndarray of float, shape (n_strata,)
    """
    weight = treated * control / (treated + control)
    return weight / weight.sum()


def limit_between(is_out: Callable[[float], bool], *, start: float, end: float) -> float:
    """Place between start, which is in, and end where what is measured begins to be out.

    Parameters
    ----------
    is_out : callable
        Whether a true value at a place can be ruled out.
    start, end : float

    Returns
    -------
    float
        To 5e-10 of the way.
    """
    near, far = start, end
    for _ in range(STEPS):
        middle = (near + far) / 2
        near, far = (near, middle) if is_out(middle) else (middle, far)
    return near


def _moments(
    arms: tuple[np.ndarray, ...], weight: np.ndarray, difference: float
) -> tuple[float, float]:
    """Standard error of the weighted difference, and its third moment, at `difference`."""
    _, treated, _, control = arms
    base = _control_rates(arms, difference)
    raised = np.clip(base + difference, 0, 1)
    spread = [rate * (1 - rate) for rate in (raised, base)]
    persons = treated + control
    variance = (spread[0] / treated + spread[1] / control) * persons / (persons - 1)
    third = spread[0] * (1 - 2 * raised) / treated**2 - spread[1] * (1 - 2 * base) / control**2
    return float(np.sqrt((weight**2 * variance).sum())), float((weight**3 * third).sum())


def _control_rates(arms: tuple[np.ndarray, ...], difference: float) -> np.ndarray:
    """Likeliest rate of each control group, given the difference."""
    treated_events, treated, control_events, control = arms
    persons = treated + control
    events = treated_events + control_events
    # The cubic that the likeliest control rate solves; Miettinen & Nurminen, appendix I.
    square = ((treated + 2 * control) * difference - persons - events) / (3 * persons)
    linear = (control * difference - persons - 2 * control_events) * difference + events
    last = control_events * difference * (1 - difference)
    turn = square**3 - linear * square / (2 * persons) + last / (2 * persons)
    size = np.sqrt(np.maximum(square**2 - linear / (3 * persons), 0))
    size = np.where(turn >= 0, size, -size)
    ratio = np.divide(turn, size**3, out=np.zeros_like(turn), where=size != 0)
    angle = (np.pi + np.arccos(np.clip(ratio, -1, 1))) / 3
    return np.clip(2 * size * np.cos(angle) - square, 0, 1)
