"""Kolmogorov-Smirnov distance of a score: outcomes + scores -> one number."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import ks_2samp

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
    values = np.asarray(score, dtype=float)
    # The p-value is not used; the exact one would cost time.
    return float(ks_2samp(values[found], values[~found], method="asymp").statistic)
