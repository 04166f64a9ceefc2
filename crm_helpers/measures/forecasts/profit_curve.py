"""Profit curve: outcomes + scores + money -> profit at each share contacted, best cut-off."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from crm_helpers.measures.statistics.bootstrap import Interval, bootstrap_interval


class CutOff(NamedTuple):
    """Share of customers to contact, its lowest score and the profit there."""

    contacted_share: float
    score: float
    profit: float


def profit_curve(
    outcome: ArrayLike, score: ArrayLike, *, gain: ArrayLike, cost: ArrayLike
) -> pd.DataFrame:
    """Profit of contacting customers best score first.

    A contact brings `gain` where the outcome occurred and costs `cost` always.
    Customers with equal scores enter together.

    Parameters
    ----------
    outcome : array of bool, shape (n_customers,)
        True where the contact could bring its gain.
    score : array of float, shape (n_customers,)
        Higher is contacted earlier.
    gain : float or array of float, in currency
        What a contact brings where the outcome is True.
    cost : float or array of float, in currency
        What a contact costs.

    Returns
    -------
    DataFrame, one row per distinct score plus the origin
        contacted_share : float in [0, 1]
        score : float, the lowest score contacted; infinite at the origin
        profit : float, in currency

    Examples
    --------
    >>> profit_curve([True, False], [0.9, 0.2], gain=10, cost=4)
       contacted_share  score  profit
    0              0.0    inf     0.0
    1              0.5    0.9     6.0
    2              1.0    0.2     2.0
    """
    money = np.asarray(outcome, dtype=float) * np.asarray(gain, dtype=float) - cost
    rows = pd.DataFrame({"score": np.asarray(score, dtype=float), "money": money})
    steps = rows.groupby("score")["money"].agg(["size", "sum"]).sort_index(ascending=False)
    totals = steps.cumsum()
    curve = pd.DataFrame(
        {
            "contacted_share": totals["size"] / len(rows),
            "score": totals.index,
            "profit": totals["sum"],
        }
    )
    origin = pd.DataFrame({"contacted_share": [0.0], "score": [np.inf], "profit": [0.0]})
    return pd.concat([origin, curve], ignore_index=True)


def best_cut_off(curve: pd.DataFrame) -> CutOff:
    """Point of a profit curve with the highest profit; the smallest share among equals.

    Parameters
    ----------
    curve : DataFrame, one row per distinct score
        As given by `profit_curve`.

    Returns
    -------
    CutOff
        contacted_share 0 and an infinite score when contacting nobody is best.

    Examples
    --------
    >>> best_cut_off(profit_curve([True, False], [0.9, 0.2], gain=10, cost=4))
    CutOff(contacted_share=0.5, score=0.9, profit=6.0)
    """
    best = curve.loc[curve["profit"].idxmax()]
    return CutOff(float(best["contacted_share"]), float(best["score"]), float(best["profit"]))


def unseen_profit(
    outcome: ArrayLike,
    score: ArrayLike,
    *,
    gain: ArrayLike,
    cost: ArrayLike,
    seed: int = 0,
) -> float:
    """Profit of the best cut-off on customers that had no part in choosing it.

    The customers are dealt into halves; the cut-off that is best on one is taken on the other,
    both ways round. The highest point of a curve says more than that, because it was picked.

    Parameters
    ----------
    outcome : array of bool, shape (n_customers,)
    score : array of float, shape (n_customers,)
        Higher is contacted earlier.
    gain, cost : float or array of float, in currency
    seed : int, default 0
        For the halves.

    Returns
    -------
    float, in currency, of all customers

    References
    ----------
    .. [1] Stone (1974), Cross-Validatory Choice and Assessment of Statistical Predictions,
       Journal of the Royal Statistical Society B 36.

    Examples
    --------
    >>> unseen_profit([True, True, False, False], [4, 4, 1, 1], gain=10, cost=4, seed=1)
    12.0
    """
    happened, said = np.asarray(outcome, dtype=float), np.asarray(score, dtype=float)
    money = happened * np.asarray(gain, dtype=float) - np.asarray(cost, dtype=float)
    half = np.random.default_rng(seed).permutation(len(said)) % 2 == 0
    total = 0.0
    for chosen_on, taken_on in ((half, ~half), (~half, half)):
        curve = profit_curve(
            np.ones(chosen_on.sum()), said[chosen_on], gain=money[chosen_on], cost=0
        )
        total += float(money[taken_on & (said >= best_cut_off(curve).score)].sum())
    return total


def cut_off_interval(
    outcome: ArrayLike,
    score: ArrayLike,
    *,
    gain: ArrayLike,
    cost: ArrayLike,
    draws: int = 200,
    seed: int = 0,
) -> Interval:
    """Interval of the best share to contact when customers are drawn again and again.

    Parameters
    ----------
    outcome : array of bool, shape (n_customers,)
        True where the contact could bring its gain.
    score : array of float, shape (n_customers,)
        Higher is contacted earlier.
    gain, cost : float or array of float, in currency
        What a contact brings where the outcome is True, and what it costs.
    draws : int, default 200
        Number of resamples.
    seed : int, default 0
        For the draws.

    Returns
    -------
    Interval of float in [0, 1]

    Examples
    --------
    >>> cut_off_interval([True] * 3, [3, 2, 1], gain=10, cost=4, draws=20)
    Interval(low=1.0, high=1.0)
    """
    size = len(np.asarray(outcome))
    return bootstrap_interval(
        _best_share,
        outcome,
        score,
        np.broadcast_to(gain, size),
        np.broadcast_to(cost, size),
        draws=draws,
        seed=seed,
    )


def _best_share(
    outcome: np.ndarray, score: np.ndarray, gain: np.ndarray, cost: np.ndarray
) -> float:
    """Sorted in numpy, ties by position: quick enough for hundreds of resamples."""
    order = np.argsort(-score.astype(float), kind="stable")
    profit = np.cumsum((outcome.astype(float) * gain - cost)[order])
    best = int(profit.argmax())
    return (best + 1) / len(profit) if profit[best] > 0 else 0.0
