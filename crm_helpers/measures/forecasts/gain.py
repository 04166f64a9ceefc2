"""Gain (CAP) curve: outcomes + scores -> share found at each share contacted."""

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.both_kinds import check_both_kinds


def gain_curve(outcome: pd.Series, score: pd.Series) -> pd.DataFrame:
    """Share of all outcomes found when customers are contacted best score first.

    Customers with equal scores enter together, so the order of the input
    rows cannot change the curve.

    Parameters
    ----------
    outcome : Series of bool, shape (n_customers,)
        True where the customer did what the model predicts.
    score : Series of float, shape (n_customers,)
        Higher means more likely. Any scale: only the order counts.

    Returns
    -------
    DataFrame, one row per distinct score plus the origin
        contacted_share : float in [0, 1]
        found_share : float in [0, 1]

    Raises
    ------
    ValueError
        If no customer, or every customer, has the outcome.

    References
    ----------
    .. [1] Engelmann, Hayden & Tasche (2003), Measuring the Discriminative
       Power of Rating Systems, Deutsche Bundesbank (there: CAP curve).

    Examples
    --------
    Two of four customers lapse; the model ties the two it likes best.

    >>> lapsed = pd.Series([True, False, True, False])
    >>> score = pd.Series([0.9, 0.9, 0.4, 0.1])
    >>> gain_curve(lapsed, score)
       contacted_share  found_share
    0             0.00          0.0
    1             0.50          0.5
    2             0.75          1.0
    3             1.00          1.0
    """
    found = int(check_both_kinds(outcome, "a gain curve").sum())
    by_score = outcome.groupby(score).agg(["size", "sum"]).sort_index(ascending=False)
    shares = by_score.cumsum() / [len(outcome), found]
    curve = pd.concat([pd.DataFrame({"size": [0.0], "sum": [0.0]}), shares])
    return curve.set_axis(["contacted_share", "found_share"], axis=1).reset_index(drop=True)


def found_share_at(curve: pd.DataFrame, contacted_share: float) -> float:
    """Share of all outcomes found when a given share of customers is contacted.

    Inside a group of equal scores the share grows in proportion: what a random
    order of the tied customers finds on average.

    Parameters
    ----------
    curve : DataFrame, one row per distinct score
        As given by `gain_curve`.
    contacted_share : float in [0, 1]
        Share of customers contacted.

    Returns
    -------
    float in [0, 1]

    Raises
    ------
    ValueError
        If the share is not between 0 and 1.

    Examples
    --------
    >>> half = pd.DataFrame({"contacted_share": [0, 0.5, 1], "found_share": [0, 0.8, 1]})
    >>> found_share_at(half, 0.25)
    0.4
    """
    if not 0 <= contacted_share <= 1:
        raise ValueError(
            f"contacted_share: {contacted_share:g} is not between 0 and 1. "
            "For ten per cent write 0.10."
        )
    return float(np.interp(contacted_share, curve["contacted_share"], curve["found_share"]))
