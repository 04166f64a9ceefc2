"""Average precision: outcomes + scores -> one number."""

import numpy as np
from numpy.typing import ArrayLike
from sklearn.metrics import average_precision_score

from crm_helpers.measures.forecasts.both_kinds import check_both_kinds


def average_precision(outcome: ArrayLike, score: ArrayLike) -> float:
    """Precision met on the way down the list, averaged over the cases found.

    Equal scores enter together, so the order of the rows cannot change it. A random order
    gets the share of cases in the whole.

    Parameters
    ----------
    outcome : array of bool, shape (n_rows,)
        True for a case.
    score : array of float, shape (n_rows,)
        Higher means more likely. Any scale: only the order counts.

    Returns
    -------
    float in (0, 1]

    Raises
    ------
    ValueError
        If no row, or every row, is a case.

    References
    ----------
    .. [1] Zhu (2004), Recall, Precision and Average Precision, University of Waterloo.

    Examples
    --------
    The case ranked first counts 1, the one ranked third 2/3.

    >>> round(average_precision([True, False, True, False], [0.9, 0.8, 0.7, 0.1]), 4)
    0.8333
    """
    found = check_both_kinds(outcome, "an average precision")
    return float(average_precision_score(found, np.asarray(score, dtype=float)))
