"""Aalen-Johansen curves: durations + causes -> share gone by each cause, with bands."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from crm_helpers.measures.survival.bands import log_log_band, most_unseen
from crm_helpers.measures.survival.kaplan_meier import (
    Watched,
    risk_table,
    to_the_end,
    unseen_at_start,
    watched,
)


def aalen_johansen(
    exit_time: ArrayLike,
    cause: ArrayLike,
    entry: ArrayLike | None = None,
    *,
    level: float = 0.95,
    least: int = 1,
) -> pd.DataFrame:
    """Share of all that have gone by each cause, while the other causes are at work.

    Bands are on the log-minus-log scale. Their variance is at least that of as many lives as the
    ends of all causes tell of: the few ends of a rare cause are often seen at times when many
    were at risk, and then make too narrow a band. Where a cause has no end yet, the band says
    how many could have gone by it unseen.

    One minus Kaplan-Meier per cause would answer what happened if the other causes did not exist,
    and adds up to more than everybody.

    Parameters
    ----------
    exit_time : array of float, shape (n,)
        Time at the end, or when last seen.
    cause : array of str, shape (n,)
        Why it ended; empty or missing: still there when last seen.
    entry : array of float, shape (n,), optional
        Time at which watching began (delayed entry).
    level : float in (0, 1), default 0.95
        Of the band at each time.
    least : int, default 1
        How many must be at risk for the curves to be drawn; they are those of the longest
        stretch of time in which they are.

    Returns
    -------
    DataFrame, one row per cause and time with an end of any cause, plus the first and last time
        cause : str
        time : float
        share : float in [0, 1], gone by the cause
        low, high : float in [0, 1]

    References
    ----------
    .. [1] Aalen & Johansen (1978), An Empirical Transition Matrix for
       Non-homogeneous Markov Chains, Scandinavian Journal of Statistics 5.
    .. [2] Marubini & Valsecchi (1995), Analysing Survival Data from Clinical
       Trials, eq. 10.12 (variance).

    Examples
    --------
    >>> aalen_johansen([1, 2, 3, 4], ["a", "b", "a", ""])[["cause", "time", "share"]]
      cause  time  share
    0     a   0.0   0.00
    1     a   1.0   0.25
    2     a   2.0   0.25
    3     a   3.0   0.50
    4     a   4.0   0.50
    5     b   0.0   0.00
    6     b   1.0   0.00
    7     b   2.0   0.25
    8     b   3.0   0.25
    9     b   4.0   0.25
    """
    names = pd.Series(np.asarray(cause, dtype=object)).fillna("").astype(str).to_numpy()
    seen = watched(exit_time, names != "", entry, least=least)
    names = np.where(seen.ended, names[seen.kept], "")
    rows = risk_table(seen.exit_time, seen.ended, seen.entry)
    parts = [_curve(rows, seen, names, one, level) for one in sorted(set(names) - {""})]
    return pd.concat(parts, ignore_index=True) if parts else _empty()


def _curve(
    rows: pd.DataFrame, seen: Watched, names: np.ndarray, cause: str, level: float
) -> pd.DataFrame:
    time = rows["time"].to_numpy()
    at_risk, ends = rows["at_risk"].to_numpy(float), rows["ends"].to_numpy(float)
    places = np.searchsorted(time, seen.exit_time[names == cause])
    own = np.bincount(places, minlength=len(time)).astype(float)
    before = np.append(1.0, np.cumprod(1 - ends / at_risk)[:-1])
    share = np.cumsum(before * own / at_risk)
    lives = _lives(at_risk, ends)
    least = share * (1 - share) / lives
    variance = np.maximum(_variance(share, before, at_risk, ends, own), least)
    low, high = log_log_band(share, variance, level)
    none_yet = share <= 0
    curve = {
        "cause": cause,
        "time": time,
        "share": share,
        "low": np.where(none_yet, 0.0, low),
        "high": np.where(none_yet, most_unseen(lives, level), high),
    }
    none_gone = {"share": 0.0, "low": 0.0, "high": unseen_at_start(seen, level)}
    start = pd.DataFrame([{"cause": cause, "time": seen.start} | none_gone])
    found = pd.concat([start, pd.DataFrame(curve)], ignore_index=True)
    # All gone by this cause: as few could be as could before.
    found["low"], found["high"] = found["low"].ffill(), found["high"].fillna(1.0)
    return to_the_end(found, seen)


def _lives(at_risk: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """How many lives watched throughout would tell as much of the ends of all causes."""
    remaining = at_risk - ends
    left = np.cumprod(remaining / at_risk)
    terms = np.divide(ends, at_risk * remaining, out=np.zeros_like(ends), where=remaining > 0)
    told = np.cumsum(terms) * left
    lives = np.divide(1 - left, told, out=np.full_like(left, np.nan), where=told > 0)
    return pd.Series(lives).ffill().fillna(pd.Series(at_risk)).to_numpy()


def _variance(
    share: np.ndarray, before: np.ndarray, at_risk: np.ndarray, ends: np.ndarray, own: np.ndarray
) -> np.ndarray:
    """Delta-method variance; the three sums of Marubini & Valsecchi, as running sums."""
    remaining = at_risk - ends
    all_ends = np.divide(ends, at_risk * remaining, out=np.zeros_like(ends), where=remaining > 0)
    own_part = before**2 * (at_risk - own) / at_risk * own / at_risk**2
    mixed = before * own / at_risk**2
    first = (
        share**2 * np.cumsum(all_ends)
        - 2 * share * np.cumsum(share * all_ends)
        + np.cumsum(share**2 * all_ends)
    )
    third = share * np.cumsum(mixed) - np.cumsum(share * mixed)
    return np.maximum(first + np.cumsum(own_part) - 2 * third, 0)


def _empty() -> pd.DataFrame:
    return pd.DataFrame({"cause": [], "time": [], "share": [], "low": [], "high": []})
