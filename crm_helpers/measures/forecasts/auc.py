"""Area under the ROC curve: outcomes + scores -> one number."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from crm_helpers.measures.forecasts.both_kinds import check_both_kinds


def auc(outcome: ArrayLike, score: ArrayLike) -> float:
    """Chance that a random customer with the outcome scores above one without it.

    Equal scores count one half, so the order of the rows cannot change it. The same number as
    ``sklearn.metrics.roc_auc_score`` (a test holds it), in a twentieth of its time: an interval
    asks for it some thousand times.

    Parameters
    ----------
    outcome : array of bool, shape (n_customers,)
        True where the customer did what the score predicts.
    score : array of float, shape (n_customers,)
        Higher means more likely. Any scale: only the order counts.

    Returns
    -------
    float in [0, 1]
        0.5 is chance, 1 a perfect order.

    Raises
    ------
    ValueError
        If no customer, or every customer, has the outcome.

    References
    ----------
    .. [1] Hanley & McNeil (1982), The Meaning and Use of the Area under a ROC
       Curve, Radiology 143, 29-36.

    Examples
    --------
    >>> auc([True, False, True, False], [0.9, 0.9, 0.4, 0.1])
    0.625
    """
    found = check_both_kinds(outcome, "an AUC")
    _, codes = np.unique(np.asarray(score, dtype=float), return_inverse=True)
    with_outcome = np.bincount(codes, weights=found)
    without = np.bincount(codes) - with_outcome
    below = np.cumsum(without) - without / 2
    return float(with_outcome @ below / (with_outcome.sum() * without.sum()))


def auc_difference(outcome: ArrayLike, score: ArrayLike, other: ArrayLike) -> float:
    """AUC of a score less the AUC of another score of the same customers.

    Parameters
    ----------
    outcome : array of bool, shape (n_customers,)
        True where the customer did what the scores predict.
    score, other : array of float, shape (n_customers,)
        Higher means more likely.

    Returns
    -------
    float in [-1, 1]
        Above 0 when `score` orders the customers better.

    Examples
    --------
    >>> auc_difference(pd.Series([True, False]), [0.9, 0.1], [0.5, 0.5])
    0.5
    """
    return auc(outcome, score) - auc(outcome, other)


def gini(outcome: pd.Series, score: pd.Series) -> float:
    """Accuracy ratio of a score: 2 x AUC - 1.

    Parameters
    ----------
    outcome : Series of bool, shape (n_customers,)
        True where the customer did what the score predicts.
    score : Series of float, shape (n_customers,)
        Higher means more likely.

    Returns
    -------
    float in [-1, 1]
        0 is chance, 1 a perfect order.

    Examples
    --------
    >>> gini(pd.Series([True, False, False]), pd.Series([3, 2, 1]))
    1.0
    """
    return 2 * auc(outcome, score) - 1
