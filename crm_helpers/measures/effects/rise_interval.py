"""Score interval of a rise within strata: counts of both arms -> two limits."""

from __future__ import annotations

import numpy as np
from scipy import stats

from crm_helpers.measures.effects.score_interval import limit_between, mantel_haenszel


def rise_interval(
    treated_events: np.ndarray,
    treated: np.ndarray,
    control_events: np.ndarray,
    control: np.ndarray,
    *,
    interval_level: float = 0.95,
) -> tuple[float, float]:
    """Interval of the treated rate over the control rate, less one, by the score method.

    The control rate is as unsure as the difference: dividing the limits of the difference by it
    gives an interval that is too short. Strata are weighted by Mantel-Haenszel, and each limit is
    the farther of that with and without allowance for skewness, so that this interval leaves out
    0 just where that of the difference does (`score_interval`).

    Parameters
    ----------
    treated_events, treated, control_events, control : ndarray of int, shape (n_strata,)
        Persons with the outcome, and all, of each arm; no arm is empty.
    interval_level : float, default 0.95
        Level of the interval, between 0 and 1.

    Returns
    -------
    float, float
        Low and high, from -1 up; 0.5 turns 6 of 100 into 9. High is inf where the control group
        has no events.

    References
    ----------
    .. [1] Miettinen & Nurminen (1985), Comparative analysis of two rates, Statistics in
       Medicine 4, 213-226.
    .. [2] Gart & Nam (1988), Approximate interval estimation of the ratio of binomial
       parameters: a review and corrections for skewness, Biometrics 44, 323-338.

    Examples
    --------
    >>> [round(end, 2) for end in rise_interval(60, 1000, 40, 1000)]
    [0.02, 1.23]
    """
    counts = (treated_events, treated, control_events, control)
    arms = tuple(np.atleast_1d(np.asarray(part, dtype=float)) for part in counts)
    weight = mantel_haenszel(arms[1], arms[3])
    rates = [float((weight * arms[place] / arms[place + 1]).sum()) for place in (0, 2)]
    reach = float(stats.norm.ppf(0.5 + interval_level / 2))
    # Ratios as shares: 1/2 is no rise, 1 endless.
    start = rates[0] / sum(rates) if sum(rates) > 0 else 0.5

    def is_out(place: float) -> bool:
        ratio = place / (1 - place)
        apart = rates[0] - ratio * rates[1]
        spread, skew = _moments(arms, weight, ratio)
        far = abs(apart)
        if spread > 0:
            shift = np.clip(skew * (reach**2 - 1) / 6 / spread**3, -reach, reach)
            far -= spread * max(0.0, float(np.sign(apart) * shift))
        return far > reach * spread

    low = limit_between(is_out, start=start, end=0.0) if rates[0] > 0 else 0.0
    high = limit_between(is_out, start=start, end=1.0) if rates[1] > 0 else 1.0
    return tuple(end / (1 - end) - 1 if end < 1 else np.inf for end in (low, high))


def _moments(arms: tuple[np.ndarray, ...], weight: np.ndarray, ratio: float) -> tuple[float, float]:
    """Standard error of treated less ratio x control rates, and its third moment, at `ratio`."""
    treated_events, treated, control_events, control = arms
    persons = treated + control
    linear = treated * ratio + treated_events + control + control_events * ratio
    square = persons * ratio
    last = treated_events + control_events
    # Likeliest rates given the ratio; Miettinen & Nurminen, eq. 11, free of cancellation.
    root = np.sqrt(np.maximum(linear**2 - 4 * square * last, 0))
    base = np.minimum(2 * last / (linear + root), 1.0)
    raised = np.clip(ratio * base, 0, 1)
    spread = [rate * (1 - rate) for rate in (raised, base)]
    variance = (spread[0] / treated + ratio**2 * spread[1] / control) * persons / (persons - 1)
    third = spread[0] * (1 - 2 * raised) / treated**2
    third = third - ratio**3 * spread[1] * (1 - 2 * base) / control**2
    return float(np.sqrt((weight**2 * variance).sum())), float((weight**3 * third).sum())
