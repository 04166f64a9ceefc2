"""AUC of scores given fold by fold: outcomes + scores + folds -> the mean over the folds."""

import numpy as np
from numpy.typing import ArrayLike

from crm_helpers.measures.forecasts.auc import auc


def fold_auc(outcome: ArrayLike, score: ArrayLike, fold: ArrayLike) -> float:
    """Mean over the folds of the AUC within each.

    Scores of different folds come from different models, so they are not compared with
    each other. With a single fold it is the plain AUC; folds of one kind only are passed over.

    Parameters
    ----------
    outcome : array of bool, shape (n_rows,)
        True where it happened.
    score : array of float, shape (n_rows,)
        Higher means more likely.
    fold : array of int, shape (n_rows,)
        Fold that a row was tested in.

    Returns
    -------
    float in [0, 1]

    Raises
    ------
    ValueError
        If no fold holds both kinds.

    Examples
    --------
    >>> fold_auc([True, False, True, False], [0.2, 0.1, 0.9, 0.8], [0, 0, 1, 1])
    1.0
    """
    happened, said = np.asarray(outcome).astype(bool), np.asarray(score, dtype=float)
    number = np.asarray(fold)
    parts = [number == one for one in np.unique(number)]
    both = [part for part in parts if happened[part].any() and not happened[part].all()]
    if not both:
        raise ValueError(
            f"fold auc: none of {len(parts):,} folds holds both outcomes; expected one or more "
            "that does. Use fewer folds or more rows."
        )
    return float(np.mean([auc(happened[part], said[part]) for part in both]))


def fold_auc_difference(
    outcome: ArrayLike, score: ArrayLike, other: ArrayLike, fold: ArrayLike
) -> float:
    """Mean AUC of a score less that of another score of the same rows and folds.

    Parameters
    ----------
    outcome : array of bool, shape (n_rows,)
    score, other : array of float, shape (n_rows,)
    fold : array of int, shape (n_rows,)

    Returns
    -------
    float in [-1, 1]
        Above 0 when `score` orders the rows better.

    Examples
    --------
    >>> fold_auc_difference([True, False], [0.9, 0.1], [0.5, 0.5], [0, 0])
    0.5
    """
    return fold_auc(outcome, score, fold) - fold_auc(outcome, other, fold)
