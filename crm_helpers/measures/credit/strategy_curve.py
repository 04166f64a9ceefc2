"""Strategy curve: scores + outcomes -> approval rate against the default rate of the approved."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from crm_helpers.measures.statistics.share_intervals import share_intervals


def strategy_curve(score: ArrayLike, defaulted: ArrayLike) -> pd.DataFrame:
    """What is approved, and how bad it is, at each cut-off of a score.

    Applications with equal scores are approved together.

    Parameters
    ----------
    score : array of float, shape (n_applications,)
        Higher is safer.
    defaulted : array of bool, shape (n_applications,)

    Returns
    -------
    DataFrame, one row per distinct score, the strictest cut-off first
        cut_off : float, least score approved
        approved_share : float in (0, 1]
        bad_rate, low, high : float in [0, 1], defaults among the approved, Wilson's interval

    Raises
    ------
    ValueError
        If there is no application.

    References
    ----------
    .. [1] Thomas, Edelman & Crook (2002), Credit Scoring and Its Applications, ch. 7
       (strategy curve).

    Examples
    --------
    >>> strategy_curve([700, 600, 500], [False, False, True])[["cut_off", "bad_rate"]].round(2)
       cut_off  bad_rate
    0    700.0      0.00
    1    600.0      0.00
    2    500.0      0.33
    """
    rows = pd.DataFrame(
        {"score": np.asarray(score, dtype=float), "bad": np.asarray(defaulted, dtype=float)}
    )
    if rows.empty:
        raise ValueError(
            "strategy curve: 0 applications; expected one or more with a known outcome. "
            "Widen the period."
        )
    steps = rows.groupby("score")["bad"].agg(["size", "sum"]).sort_index(ascending=False).cumsum()
    low, high = share_intervals(steps["sum"], steps["size"])
    return pd.DataFrame(
        {
            "cut_off": steps.index,
            "approved_share": steps["size"].to_numpy() / len(rows),
            "bad_rate": (steps["sum"] / steps["size"]).to_numpy(),
            "low": low.to_numpy(),
            "high": high.to_numpy(),
        }
    )


def bad_rate_at(curve: pd.DataFrame, approved_share: float) -> float:
    """Default rate of the approved where at least such a share is approved.

    Parameters
    ----------
    curve : DataFrame, one row per distinct score
    approved_share : float in (0, 1]

    Returns
    -------
    float in [0, 1]

    Examples
    --------
    >>> bad_rate_at(strategy_curve([700, 600], [False, True]), 1.0)
    0.5
    """
    enough = curve[curve["approved_share"] >= approved_share - 1e-12]
    return float(enough["bad_rate"].iloc[0])
