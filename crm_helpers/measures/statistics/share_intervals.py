"""Intervals of many shares at once: counts found and in all, by row -> Wilson intervals."""

import pandas as pd
from statsmodels.stats.proportion import proportion_confint


def share_intervals(
    found: pd.Series, total: pd.Series, interval_level: float = 0.95
) -> tuple[pd.Series, pd.Series]:
    """Wilson interval of each of many shares; NaN where the total is 0.

    Parameters
    ----------
    found, total : Series of int
    interval_level : float, default 0.95

    Returns
    -------
    (Series, Series) of float in [0, 1]
        Lower and upper limit; the share itself is never outside of them, to the last bit.

    References
    ----------
    .. [1] Wilson (1927), Probable inference, the law of succession, and statistical inference.
    """
    some = total.where(total > 0)
    limits = proportion_confint(found.to_numpy(), some.to_numpy(), 1 - interval_level, "wilson")
    low, high = (pd.Series(limit, index=found.index) for limit in limits)
    share = found / some
    return low.clip(lower=0.0).clip(upper=share), high.clip(upper=1.0).clip(lower=share)
