"""Rank agreement: two rows of numbers -> Spearman's correlation."""

import numpy as np
import pandas as pd


def rank_agreement(first: pd.Series, second: pd.Series) -> float:
    """Spearman's rank correlation, ties by their mean rank.

    Parameters
    ----------
    first, second : Series of float, shape (n,)
        Paired by position.

    Returns
    -------
    float in [-1, 1]
        NaN when either is constant or has fewer than two values.

    References
    ----------
    .. [1] Spearman (1904), The Proof and Measurement of Association between
       Two Things, American Journal of Psychology 15.

    Examples
    --------
    >>> rank_agreement(pd.Series([1.0, 2.0, 9.0]), pd.Series([3.0, 4.0, 5.0]))
    1.0
    """
    if len(first) < 2 or len(first) != len(second):
        return float("nan")
    ranks = [pd.Series(np.asarray(values, dtype=float)).rank() for values in (first, second)]
    centred = [rank - rank.mean() for rank in ranks]
    scale = np.sqrt((centred[0] ** 2).sum() * (centred[1] ** 2).sum())
    return float((centred[0] * centred[1]).sum() / scale) if scale > 0 else float("nan")
