"""A score watched over time: outcomes + scores by period -> Gini and KS with intervals."""

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.measures.forecasts.ks import ks
from crm_helpers.measures.statistics.bootstrap import bootstrap_interval
from crm_helpers.measures.statistics.claims import claim_reach

ENDS = 1.96  # standard errors to either end of an interval at 95 %


def score_by_period(
    rows: pd.DataFrame, *, outcome: str, score: str, period: str, fewest: int = 20, draws: int = 200
) -> pd.DataFrame:
    """Gini and KS of a score in each period.

    Parameters
    ----------
    rows : DataFrame, one row per subject
        The columns named below, and customer.
    outcome, score, period : str
        Column of bool; of float, higher means likelier; of str that sorts in time.
    fewest : int, default 20
        Periods with fewer of either kind are left out: their numbers would be noise.
    draws : int, default 200
        Resamples of customers behind the interval.

    Returns
    -------
    DataFrame, one row per period, the earliest first
        period : str
        n : int
        events : int
        gini, low, high : float in [-1, 1]
        ks : float in [0, 1]
    """
    found = [
        (name, *_of(part, outcome, score, draws))
        for name, part in rows.groupby(period, sort=True)
        if min(part[outcome].sum(), (~part[outcome].astype(bool)).sum()) >= fewest
    ]
    return pd.DataFrame(found, columns=["period", "n", "events", "gini", "low", "high", "ks"])


def tells_last(periods: pd.DataFrame) -> bool:
    """Whether the score tells the kinds apart in the last period, at the level of a claim.

    Parameters
    ----------
    periods : DataFrame, one row per period
        As `score_by_period` gives it: gini, with low and high at 95 %.

    Returns
    -------
    bool

    Examples
    --------
    >>> tells_last(pd.DataFrame({"gini": [0.3], "low": [0.1], "high": [0.5]}))
    True
    >>> tells_last(pd.DataFrame({"gini": [0.3], "low": [0.02], "high": [0.58]}))
    False
    """
    last = periods.iloc[-1]
    error = (last["high"] - last["low"]) / (2 * ENDS)
    return bool(last["gini"] > claim_reach() * error)


def _of(part: pd.DataFrame, outcome: str, score: str, draws: int) -> tuple:
    happened, said = part[outcome].to_numpy(bool), part[score].to_numpy(float)
    inside = bootstrap_interval(auc, happened, said, customer=part["customer"], draws=draws)
    low, high = (2 * np.array(inside) - 1).tolist()
    return (
        len(part),
        int(happened.sum()),
        2 * auc(happened, said) - 1,
        low,
        high,
        ks(happened, said),
    )
