"""Kaplan-Meier curve: durations + ends -> share still there, with its band."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.stats import norm


def risk_table(
    exit_time: ArrayLike, ended: ArrayLike, entry: ArrayLike | None = None
) -> pd.DataFrame:
    """Number at risk and number of ends at each time at which somebody ended.

    Who enters late is at risk only after his entry (left truncation); who is
    still there at his exit counts as at risk until then.

    Parameters
    ----------
    exit_time : array of float, shape (n,)
        Time at the end, or when last seen.
    ended : array of bool, shape (n,)
        False: still there when last seen.
    entry : array of float, shape (n,), optional
        Time at which watching began; without it 0.

    Returns
    -------
    DataFrame, one row per distinct time with an end
        time : float
        at_risk : int
        ends : int

    Examples
    --------
    >>> risk_table([1, 2, 2, 3], [True, True, False, True])
       time  at_risk  ends
    0   1.0        4     1
    1   2.0        3     1
    2   3.0        1     1
    """
    leaves = np.asarray(exit_time, dtype=float)
    happened = np.asarray(ended).astype(bool)
    enters = np.full(len(leaves), -np.inf) if entry is None else np.asarray(entry, dtype=float)
    time, ends = np.unique(leaves[happened], return_counts=True)
    entered = np.searchsorted(np.sort(enters), time, side="left")
    left = np.searchsorted(np.sort(leaves), time, side="left")
    return pd.DataFrame({"time": time, "at_risk": entered - left, "ends": ends})


def kaplan_meier(
    exit_time: ArrayLike,
    ended: ArrayLike,
    entry: ArrayLike | None = None,
    *,
    level: float = 0.95,
) -> pd.DataFrame:
    """Share still there at each time, with a band on the log-minus-log scale.

    Parameters
    ----------
    exit_time : array of float, shape (n,)
        Time at the end, or when last seen.
    ended : array of bool, shape (n,)
        False: still there when last seen.
    entry : array of float, shape (n,), optional
        Time at which watching began (delayed entry).
    level : float in (0, 1), default 0.95
        Of the band at each time.

    Returns
    -------
    DataFrame, one row per time with an end, plus time 0
        time : float; at_risk, ends : int
        share : float in [0, 1], still there just after the time
        low, high : float in [0, 1]

    References
    ----------
    .. [1] Kaplan & Meier (1958), Nonparametric Estimation from Incomplete
       Observations, JASA 53, 457-481.
    .. [2] Kalbfleisch & Prentice (2002), The Statistical Analysis of Failure
       Time Data, 2nd ed., eq. 1.14 (log-minus-log band).

    Examples
    --------
    >>> kaplan_meier([1, 2, 2, 3], [True, True, False, True])[["time", "share"]].round(3)
       time  share
    0   0.0   1.00
    1   1.0   0.75
    2   2.0   0.50
    3   3.0   0.00
    """
    rows = risk_table(exit_time, ended, entry)
    share = (1 - rows["ends"] / rows["at_risk"]).cumprod()
    remaining = rows["at_risk"] - rows["ends"]
    terms = rows["ends"] / (rows["at_risk"] * remaining.where(remaining > 0))
    low, high = _band(share.to_numpy(), terms.cumsum().to_numpy(), level)
    curve = rows.assign(share=share, low=low, high=high)
    size = len(np.asarray(exit_time))
    start = {"time": 0.0, "at_risk": size, "ends": 0, "share": 1.0, "low": 1.0, "high": 1.0}
    return pd.concat([pd.DataFrame([start]), curve], ignore_index=True)


def share_at(curve: pd.DataFrame, time: float, column: str = "share") -> float:
    """Value of a step curve at a time.

    Parameters
    ----------
    curve : DataFrame, one row per step
        With time, and the column.
    time : float
    column : str, default share

    Returns
    -------
    float
    """
    place = int(np.searchsorted(curve["time"].to_numpy(), time, side="right")) - 1
    return float(curve[column].iloc[max(place, 0)])


def _band(share: np.ndarray, variance: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Where nobody is left, or nobody has gone, the band is the share itself."""
    with np.errstate(all="ignore"):
        spread = norm.ppf((1 + level) / 2) * np.sqrt(variance) / np.log(share)
        low, high = share ** np.exp(-spread), share ** np.exp(spread)
    known = np.isfinite(spread)
    return np.where(known, low, share), np.where(known, high, share)
