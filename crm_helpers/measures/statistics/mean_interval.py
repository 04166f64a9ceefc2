"""Mean of many persons: one value per contact -> mean with interval."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats


def mean_interval(
    values: pd.Series, *, person: pd.Series | None = None, interval_level: float = 0.95
) -> tuple[float, float, float]:
    """Mean, low and high; contacts of one person count as one draw, not as many.

    Parameters
    ----------
    values : Series of float, shape (n_contacts,)
        Any unit.
    person : Series, optional
        Who is behind the row; without it every row is a person.
    interval_level : float, default 0.95
        Level of the interval, between 0 and 1.

    Returns
    -------
    tuple of float
        mean, low, high; low and high equal the mean when there is one person.

    Raises
    ------
    ValueError
        If there is no value.

    Examples
    --------
    >>> mean_interval(pd.Series([2.0, 2.0, 2.0]))
    (2.0, 2.0, 2.0)
    """
    if len(values) == 0:
        raise ValueError("values: 0 rows; a mean needs at least one. Check the filter before it.")
    numbers = np.asarray(values, dtype=float)
    codes = np.arange(len(numbers)) if person is None else pd.factorize(person)[0]
    apart = np.bincount(codes, weights=numbers - numbers.mean())
    groups = len(apart)
    error = np.sqrt((apart**2).sum() * groups / max(groups - 1, 1)) / len(numbers)
    bound = stats.norm.ppf(0.5 + interval_level / 2) * error
    mean = numbers.mean()
    return float(mean), float(mean - bound), float(mean + bound)
