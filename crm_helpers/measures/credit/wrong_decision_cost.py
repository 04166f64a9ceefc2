"""Cost of wrong decisions: outcomes + decisions -> mean cost per application."""

import numpy as np
from numpy.typing import ArrayLike


def wrong_decision_cost(
    defaulted: ArrayLike,
    approved: ArrayLike,
    *,
    bad_approved: float = 5.0,
    good_declined: float = 1.0,
) -> float:
    """Mean cost of an application when right decisions cost nothing.

    Parameters
    ----------
    defaulted : array of bool, shape (n_applications,)
    approved : array of bool, shape (n_applications,)
    bad_approved : float, default 5
        Cost of a bad credit taken for a good one.
    good_declined : float, default 1
        Cost of a good credit taken for a bad one.

    Returns
    -------
    float >= 0

    References
    ----------
    .. [1] Hofmann (1994), Statlog (German Credit Data), UCI: its cost matrix of 5 : 1.

    Examples
    --------
    >>> wrong_decision_cost([True, False, False, False], [True, True, False, True])
    1.5
    """
    bad, given = np.asarray(defaulted).astype(bool), np.asarray(approved).astype(bool)
    return float((bad_approved * (bad & given) + good_declined * (~bad & ~given)).mean())


def break_even_chance(*, bad_approved: float = 5.0, good_declined: float = 1.0) -> float:
    """Probability of default up to which approving costs less than declining.

    Parameters
    ----------
    bad_approved, good_declined : float

    Returns
    -------
    float in (0, 1)

    References
    ----------
    .. [1] Elkan (2001), The Foundations of Cost-Sensitive Learning, IJCAI.

    Examples
    --------
    >>> round(break_even_chance(), 4)
    0.1667
    """
    return good_declined / (bad_approved + good_declined)
