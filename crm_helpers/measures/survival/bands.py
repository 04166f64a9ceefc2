"""Bands of survival curves: a share, its variance, who was watched -> low and high."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm


def log_log_band(share: np.ndarray, variance: np.ndarray, level: float) -> np.ndarray:
    """Low and high of shares, by the normal law on the log-minus-log scale.

    Parameters
    ----------
    share : ndarray of float in [0, 1], shape (n_times,)
        Still there, or gone by a cause.
    variance : ndarray of float, shape (n_times,)
        Of the share.
    level : float in (0, 1)

    Returns
    -------
    ndarray of float, shape (2, n_times)
        NaN where the share is 0 or 1, or its variance is not known.

    References
    ----------
    .. [1] Kalbfleisch & Prentice (2002), The Statistical Analysis of Failure Time Data, 2nd ed.,
       eq. 1.14.
    """
    with np.errstate(all="ignore"):
        inside = (share > 0) & (share < 1) & np.isfinite(variance)
        spread = norm.ppf((1 + level) / 2) * np.sqrt(variance) / np.abs(share * np.log(share))
        ends = np.array([share ** np.exp(spread), share ** np.exp(-spread)])
    return np.where(inside, ends, np.nan)


def most_unseen(lives: ArrayLike, level: float) -> np.ndarray:
    """Largest share that could be gone though none of so many is: Clopper and Pearson's limit.

    Parameters
    ----------
    lives : array of float, shape (n_times,)
        How many were watched.
    level : float in (0, 1)

    Returns
    -------
    ndarray of float in [0, 1]

    References
    ----------
    .. [1] Clopper & Pearson (1934), The use of confidence or fiducial limits, Biometrika 26.

    Examples
    --------
    None of 60: up to 6 of 100.

    >>> round(float(most_unseen(60, 0.95)), 3)
    0.06
    """
    return 1 - ((1 - level) / 2) ** (1 / np.maximum(np.asarray(lives, dtype=float), 1e-9))


def lives_watched(exit_time: np.ndarray, entry: np.ndarray, start: float, until: float) -> float:
    """How many were at risk from start to until, on the harmonic average over time.

    Parameters
    ----------
    exit_time, entry : ndarray of float, shape (n,)
    start, until : float

    Returns
    -------
    float
        Where both are the same time, those at risk at it.

    Examples
    --------
    Two for the first half, one for the second: as good as 4/3 throughout.

    >>> lives_watched(np.array([2.0, 4.0]), np.array([0.0, 0.0]), 0.0, 4.0)
    1.3333333333333333
    """
    if not until > start:
        return float(((entry <= start) & (exit_time >= start)).sum())
    edges = np.unique(np.clip(np.r_[start, entry, exit_time, until], start, until))
    middle, width = (edges[1:] + edges[:-1]) / 2, np.diff(edges)
    entered, left = (np.searchsorted(np.sort(x), middle) for x in (entry, exit_time))
    return float((until - start) / (width / np.maximum(entered - left, 1)).sum())
