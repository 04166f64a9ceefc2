"""Share of customers not back yet: days to their next order -> one row per day waited."""

import numpy as np
import pandas as pd


def still_away(next_order_days: pd.Series, *, until_days: int) -> pd.DataFrame:
    """Share of customers who have not ordered again, by days waited.

    Everybody is followed for the whole time, so nobody is censored before its end.

    Parameters
    ----------
    next_order_days : Series of float, shape (n_customers,)
        Days to the next order; missing where none came in that time.
    until_days : int
        How long everybody was followed.

    Returns
    -------
    DataFrame, one row per day from 0 to `until_days`
        days : int
        away_share : float in [0, 1], never rising

    Examples
    --------
    >>> still_away(pd.Series([1.0, 3.0, None, None]), until_days=3)
       days  away_share
    0     0        1.00
    1     1        0.75
    2     2        0.75
    3     3        0.50
    """
    back = next_order_days.dropna().to_numpy(dtype=int)
    counts = np.bincount(back, minlength=until_days + 1)[: until_days + 1]
    away = 1 - np.cumsum(counts) / max(len(next_order_days), 1)
    return pd.DataFrame({"days": np.arange(until_days + 1), "away_share": away})
