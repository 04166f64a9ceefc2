"""Kaplan-Meier curve: durations + ends -> share still there, with its band."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from crm_helpers.measures.survival.bands import lives_watched, log_log_band, most_unseen


class Watched(NamedTuple):
    """Lives cut to the longest stretch of time in which enough were at risk throughout.

    Attributes
    ----------
    start, end : float
        Of the stretch; NaN where at no time enough were at risk.
    kept : ndarray of bool, shape (n,)
        Who was at risk in it; the next three hold those alone.
    exit_time, entry : ndarray of float
    ended : ndarray of bool
        In the stretch; who ended later was still there at its end.
    """

    start: float
    end: float
    kept: np.ndarray
    exit_time: np.ndarray
    ended: np.ndarray
    entry: np.ndarray


def watched(
    exit_time: ArrayLike, ended: ArrayLike, entry: ArrayLike | None = None, *, least: int = 1
) -> Watched:
    """Longest stretch of time in which at least so many were at risk, and the lives in it.

    Parameters
    ----------
    exit_time, ended, entry
        As of `risk_table`.
    least : int, default 1
        How many must be at risk throughout.

    Returns
    -------
    Watched

    Examples
    --------
    >>> watched([30, 40, 50], [True, True, False], entry=[10, 10, 20], least=2)[:2]
    (10.0, 40.0)
    """
    leaves = np.asarray(exit_time, dtype=float)
    happened = np.asarray(ended).astype(bool)
    enters = np.full(len(leaves), -np.inf) if entry is None else np.asarray(entry, dtype=float)
    start, end = _longest(leaves, enters, max(least, 1))
    kept = (leaves > start) & (enters < end)
    inside = happened[kept] & (leaves[kept] <= end)
    leaves, enters = np.minimum(leaves[kept], end), np.maximum(enters[kept], start)
    return Watched(0.0 if start == -np.inf else start, end, kept, leaves, inside, enters)


def _longest(leaves: np.ndarray, enters: np.ndarray, least: int) -> tuple[float, float]:
    edges = np.unique(np.r_[enters, leaves])
    # At risk after each edge, up to and with the next one.
    entered, left = (np.searchsorted(np.sort(x), edges, side="right") for x in (enters, leaves))
    turns = np.flatnonzero(np.diff(np.r_[False, entered - left >= least, False]))
    if not len(turns):
        return np.nan, np.nan
    starts, ends = edges[turns[::2]], edges[turns[1::2]]
    place = int(np.argmax(ends - starts))
    return float(starts[place]), float(ends[place])


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
    return pd.DataFrame({"time": time, "at_risk": at_risk(time, leaves, enters), "ends": ends})


def at_risk(time: ArrayLike, exit_time: ArrayLike, entry: ArrayLike) -> np.ndarray:
    """How many were watched just before each time: entered by then, and not gone.

    Parameters
    ----------
    time : array of float, shape (n_times,)
    exit_time, entry : array of float, shape (n,)

    Returns
    -------
    ndarray of int, shape (n_times,)
    """
    entered, left = (np.searchsorted(np.sort(x), time, side="left") for x in (entry, exit_time))
    return entered - left


def kaplan_meier(
    exit_time: ArrayLike,
    ended: ArrayLike,
    entry: ArrayLike | None = None,
    *,
    level: float = 0.95,
    least: int = 1,
) -> pd.DataFrame:
    """Share still there at each time, with a band on the log-minus-log scale.

    Before the first end the band says how many could have ended unseen, and where nobody is left
    it goes up to where it was before: a curve of few is sure nowhere.

    The curve is that of the longest stretch of time with enough at risk: it starts there with
    everybody who had come so far, and ends there, whoever may be left.

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
    least : int, default 1
        How many must be at risk for the curve to be drawn.

    Returns
    -------
    DataFrame, one row per time with an end, plus the first and last time with enough at risk
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
    seen = watched(exit_time, ended, entry, least=least)
    rows = risk_table(seen.exit_time, seen.ended, seen.entry)
    share = (1 - rows["ends"] / rows["at_risk"]).cumprod()
    remaining = rows["at_risk"] - rows["ends"]
    terms = rows["ends"] / (rows["at_risk"] * remaining.where(remaining > 0))
    low, high = log_log_band(share.to_numpy(), (share**2 * terms.cumsum()).to_numpy(), level)
    curve = rows.assign(share=share, low=low, high=high)
    none_gone = {"ends": 0, "share": 1.0, "low": 1 - unseen_at_start(seen, level), "high": 1.0}
    size = int((seen.entry <= seen.start).sum())
    start = pd.DataFrame([{"time": seen.start, "at_risk": size, **none_gone}])
    found = pd.concat([start, curve], ignore_index=True)
    # Nobody is left: as many could be as could before.
    found["low"], found["high"] = found["low"].fillna(0.0), found["high"].ffill()
    return to_the_end(found, seen)


def unseen_at_start(seen: Watched, level: float) -> float:
    """Share that could have gone before the first end, though nobody is seen to have.

    Parameters
    ----------
    seen : Watched
    level : float in (0, 1)

    Returns
    -------
    float in [0, 1]
    """
    if not len(seen.exit_time):
        return 1.0
    until = seen.exit_time[seen.ended].min() if seen.ended.any() else seen.end
    lives = lives_watched(seen.exit_time, seen.entry, seen.start, float(until))
    return float(most_unseen(lives, level))


def to_the_end(curve: pd.DataFrame, seen: Watched) -> pd.DataFrame:
    """Step curve up to the last time with enough at risk; without rows where never enough were.

    Parameters
    ----------
    curve : DataFrame, one row per step
        With time; at_risk and ends where it has them.
    seen : Watched

    Returns
    -------
    DataFrame, one row per step
        The columns of curve.
    """
    if not len(seen.exit_time):
        return curve.head(0)
    if curve["time"].iloc[-1] >= seen.end:
        return curve
    at_risk = int((seen.exit_time >= seen.end).sum())
    last = curve.tail(1).assign(time=seen.end)
    about = {"at_risk": at_risk, "ends": 0}
    last = last.assign(**{name: value for name, value in about.items() if name in curve})
    return pd.concat([curve, last], ignore_index=True)


def share_at(curve: pd.DataFrame, time: float, column: str = "share") -> float:
    """Value of a step curve at a time; NaN where nobody was watched, before it or after it.

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
    times = curve["time"].to_numpy()
    if not len(times) or not times[0] <= time <= times[-1]:
        return float("nan")
    return float(curve[column].iloc[int(np.searchsorted(times, time, side="right")) - 1])
