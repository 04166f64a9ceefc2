"""Tenths of a score: outcomes + scores -> one row per tenth, best first."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike


def deciles(score: ArrayLike) -> np.ndarray:
    """Tenth of each customer by score: 1 is the best tenth.

    Ties enter together, into the tenth of the first of them.

    Parameters
    ----------
    score : array of float, shape (n_customers,)
        Higher means more likely.

    Returns
    -------
    ndarray of int in [1, 10], shape (n_customers,)

    Examples
    --------
    >>> deciles([0.1, 0.9, 0.5, 0.9])
    array([8, 1, 6, 1])
    """
    rank = pd.Series(np.asarray(score, dtype=float)).rank(ascending=False, method="min")
    return np.floor((rank.to_numpy() - 1) * 10 / len(rank)).astype(int) + 1


def score_tenths(outcome: ArrayLike, score: ArrayLike) -> pd.DataFrame:
    """Customers, outcomes and event rate in each tenth of the score.

    Parameters
    ----------
    outcome : array of bool, shape (n_customers,)
        True where it happened.
    score : array of float, shape (n_customers,)
        Higher means more likely.

    Returns
    -------
    DataFrame, one row per tenth that has customers
        decile : int, 1 is the best tenth
        customers : int
        events : int
        event_rate : float in [0, 1]

    Examples
    --------
    >>> score_tenths([True, False], [0.9, 0.1])
       decile  customers  events  event_rate
    0       1          1       1         1.0
    1       6          1       0         0.0
    """
    rows = pd.DataFrame({"decile": deciles(score), "event": np.asarray(outcome).astype(bool)})
    counts = rows.groupby("decile")["event"].agg(["size", "sum"]).reset_index()
    counts.columns = ["decile", "customers", "events"]
    return counts.assign(event_rate=counts["events"] / counts["customers"])
