"""Ratio of two rates: counts found and in all of two groups -> interval of the ratio."""

import numpy as np
from scipy import stats

STEPS = 60  # halvings of [0, 1): limits to the last digits


def rate_ratio_interval(
    first_found: float,
    first: float,
    second_found: float,
    second: float,
    *,
    interval_level: float = 0.95,
) -> tuple[float, float]:
    """Score interval of the rate of a first group over that of a second.

    A limit is the ratio at which the counts lie as far off as the level allows, the variances
    being taken at that ratio: so it holds where a group has few, none or all.

    Parameters
    ----------
    first_found, first, second_found, second : float
        Cases with the outcome, and all, of either group; shares of cases may be counted where
        cases are no draws of their own.
    interval_level : float, default 0.95

    Returns
    -------
    float, float
        Low, at least 0, and high, infinite where the second group has none.

    References
    ----------
    .. [1] Miettinen & Nurminen (1985), Comparative analysis of two rates, Statistics in
       Medicine 4, 213-226 (there: the ratio).
    .. [2] Koopman (1984), Confidence intervals for the ratio of two binomial proportions,
       Biometrics 40, 513-517 (his example, for which he has 2.94 to 7.15).

    Examples
    --------
    >>> [round(end, 2) for end in rate_ratio_interval(36, 40, 16, 80)]
    [2.93, 7.17]
    """
    counts = (first_found, first, second_found, second)
    reach = float(stats.norm.ppf(0.5 + interval_level / 2))
    rates = first_found / first, second_found / second
    found = rates[0] / (rates[0] + rates[1]) if sum(rates) > 0 else 0.5
    low, high = (_limit(counts, reach, found, end) for end in (0.0, 1.0))
    return low / (1 - low), high / (1 - high) if high < 1 else float("inf")


def _limit(counts: tuple[float, ...], reach: float, start: float, end: float) -> float:
    """Place of the ratio r, as r / (1 + r), between start, which is in, and end."""
    if abs(start - end) < 1e-12 or (sum(counts[::2]) == 0):
        return end
    near, far = start, end
    for _ in range(STEPS):
        middle = (near + far) / 2
        near, far = (near, middle) if _apart(counts, middle) > reach else (middle, far)
    return near


def _apart(counts: tuple[float, ...], place: float) -> float:
    """Standard errors between the counts and a ratio, errors taken at that ratio."""
    x, n, y, m = counts
    ratio = place / (1 - place)
    # The likeliest rate of the second group solves a square; Miettinen & Nurminen, appendix.
    square, linear, last = (n + m) * ratio, -(n * ratio + x + m + y * ratio), x + y
    base = (-linear - np.sqrt(max(linear**2 - 4 * square * last, 0.0))) / (2 * square)
    base = min(max(base, 1e-12), 1.0)
    raised = min(ratio * base, 1.0)
    spread = raised * (1 - raised) / n + ratio**2 * base * (1 - base) / m
    total = n + m
    return float(abs(x / n - ratio * y / m) / np.sqrt(max(spread * total / (total - 1), 1e-300)))
