"""Interval of a share: a count of a total -> low and high."""

import numpy as np
from scipy.stats import norm

from crm_helpers.measures.statistics.bootstrap import Interval


def share_interval(count: int, total: int, *, level: float = 0.95) -> Interval:
    """Wilson's interval of a share, which stays inside 0 and 1 for small counts too.

    Parameters
    ----------
    count : int
        How many had it.
    total : int
        Of how many; 1 or more.
    level : float in (0, 1), default 0.95

    Returns
    -------
    Interval of float in [0, 1]

    Raises
    ------
    ValueError
        If total is not 1 or more.

    References
    ----------
    .. [1] Wilson (1927), Probable Inference, the Law of Succession, and
       Statistical Inference, JASA 22, 209-212.

    Examples
    --------
    >>> low, high = share_interval(1, 10)
    >>> round(low, 4), round(high, 4)
    (0.0179, 0.4042)
    """
    if total < 1:
        raise ValueError(f"total: {total:,} is no number of customers; expected 1 or more.")
    z, share = norm.ppf((1 + level) / 2), count / total
    middle = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2)) / (1 + z**2 / total)
    # To the last bit: the interval holds its share, so 0 of n starts at 0 and n of n ends at 1.
    low, high = min(float(middle - half), share), max(float(middle + half), share)
    return Interval(max(0.0, low), min(1.0, high))
