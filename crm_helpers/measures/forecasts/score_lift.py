"""Lift of a score: outcomes + scores -> event rate in the top share over the base rate."""

import numpy as np
from numpy.typing import ArrayLike

from crm_helpers.measures.forecasts.both_kinds import check_both_kinds


def score_lift(outcome: ArrayLike, score: ArrayLike, *, share: float = 0.10) -> float:
    """Event rate among the best-scored share of customers over the base rate.

    Equal scores at the edge count in proportion, as on the gain curve.

    Parameters
    ----------
    outcome : array of bool, shape (n_customers,)
        True where the customer did what the score predicts.
    score : array of float, shape (n_customers,)
        Higher means more likely.
    share : float in (0, 1], default 0.10
        Share of customers taken from the top.

    Returns
    -------
    float in [0, 1 / share]
        1 is no better than chance.

    Raises
    ------
    ValueError
        If the share is not above 0 and at most 1, or all customers are of one kind.

    Examples
    --------
    >>> score_lift([True, False, False, False], [4, 3, 2, 1], share=0.5)
    2.0
    """
    if not 0 < share <= 1:
        raise ValueError(
            f"share: {share:g} is not above 0 and at most 1. For ten per cent write 0.10."
        )
    found = check_both_kinds(outcome, "a lift")
    _, codes = np.unique(-np.asarray(score, dtype=float), return_inverse=True)
    contacted = np.cumsum(np.bincount(codes)) / len(found)
    found_share = np.cumsum(np.bincount(codes, weights=found)) / found.sum()
    return float(np.interp(share, np.append(0, contacted), np.append(0, found_share)) / share)
