"""Brier score: outcomes + probabilities -> mean squared error."""

import numpy as np
from numpy.typing import ArrayLike
from sklearn.metrics import brier_score_loss


def brier(outcome: ArrayLike, probability: ArrayLike) -> float:
    """Mean squared distance between probability and outcome.

    Parameters
    ----------
    outcome : array of bool, shape (n_customers,)
        True where it happened.
    probability : array of float in [0, 1], shape (n_customers,)
        Probability given beforehand.

    Returns
    -------
    float in [0, 1]
        0 is perfect; base rate x (1 - base rate) is what the base rate alone reaches.

    References
    ----------
    .. [1] Brier (1950), Verification of Forecasts Expressed in Terms of
       Probability, Monthly Weather Review 78, 1-3.

    Examples
    --------
    >>> brier([True, False], [0.5, 0.5])
    0.25
    """
    happened, chance = np.asarray(outcome, dtype=bool), np.asarray(probability, dtype=float)
    return float(brier_score_loss(happened, chance))
