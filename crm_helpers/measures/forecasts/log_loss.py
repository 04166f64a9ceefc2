"""Logarithmic loss: outcomes + probabilities -> mean surprise."""

import numpy as np
from numpy.typing import ArrayLike
from sklearn import metrics

FLOOR = 1e-6


def log_loss(outcome: ArrayLike, probability: ArrayLike) -> float:
    """Mean surprise, -ln of the probability given to what happened.

    Probabilities are kept 1e-6 away from 0 and 1, so that one impossible
    event costs 13.8 and not infinity.

    Parameters
    ----------
    outcome : array of bool, shape (n_customers,)
        True where it happened.
    probability : array of float in [0, 1], shape (n_customers,)
        Probability given beforehand.

    Returns
    -------
    float, at least 0, in nats
        0 is perfect; ln 2 is a coin.

    Examples
    --------
    >>> round(log_loss([True, False], [0.5, 0.5]), 4)
    0.6931
    """
    chance = np.clip(np.asarray(probability, dtype=float), FLOOR, 1 - FLOOR)
    happened = np.asarray(outcome).astype(bool)
    return float(metrics.log_loss(happened, chance, labels=[False, True]))
