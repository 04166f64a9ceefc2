"""Kolmogorov-Smirnov distance of a score: outcomes + scores -> one number."""

import numpy as np
from numpy.typing import ArrayLike

from crm_helpers.measures.forecasts.both_kinds import check_both_kinds


def ks(outcome: ArrayLike, score: ArrayLike) -> float:
    """Largest gap between the cumulative score shares of both kinds of customer.

    Counted from the first customer on (a perfect order of any length gives 1),
    with equal scores taken together.

    Parameters
    ----------
    outcome : array of bool, shape (n_customers,)
        True where the customer did what the score predicts.
    score : array of float, shape (n_customers,)
        Higher means more likely.

    Returns
    -------
    float in [0, 1]

    Raises
    ------
    ValueError
        If no customer, or every customer, has the outcome.

    Examples
    --------
    >>> ks([True, True, False, False], [4, 3, 2, 1])
    1.0
    """
    found = check_both_kinds(outcome, "a KS distance")
    _, codes = np.unique(np.asarray(score, dtype=float), return_inverse=True)
    with_outcome = np.bincount(codes, weights=found)
    without = np.bincount(codes) - with_outcome
    gaps = np.cumsum(with_outcome) / found.sum() - np.cumsum(without) / (~found).sum()
    return float(np.abs(gaps).max())
