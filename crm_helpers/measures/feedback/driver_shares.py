"""Shapley-Owen shares: drivers + a result -> each driver's part of the explained variance."""

import itertools
import math

import numpy as np
import pandas as pd

MOST_DRIVERS = 12


def driver_shares(drivers: pd.DataFrame, result: pd.Series) -> pd.DataFrame:
    """Part of R squared that each driver brings, averaged over all orders of entry.

    Parts add up to the R squared of the regression on all drivers. A share tells what goes
    with the result, not what causes it.

    Parameters
    ----------
    drivers : DataFrame, one row per answer
        Ratings; without missing values.
    result : Series of float, shape (n_answers,)

    Returns
    -------
    DataFrame, one row per driver, in the given order
        driver; r_squared_part : float in [0, 1]; share : float in [0, 1], of all parts

    Raises
    ------
    ValueError
        If there are more than 12 drivers, or not two more answers than drivers.

    References
    ----------
    .. [1] Lindeman, Merenda & Gold (1980), Introduction to Bivariate and Multivariate
       Analysis (LMG); Grömping (2007), Estimators of Relative Importance in Linear
       Regression, The American Statistician 61.

    Examples
    --------
    Drivers that do not go together keep what each explains alone.

    >>> drivers = pd.DataFrame({"price": [1.0, 1, 2, 2], "service": [1.0, 2, 1, 2]})
    >>> driver_shares(drivers, pd.Series([0.0, 1, 2, 3]))
        driver  r_squared_part  share
    0    price             0.8    0.8
    1  service             0.2    0.2
    """
    _check(drivers)
    joint = np.corrcoef(np.column_stack([drivers, result]), rowvar=False)[None]
    parts = shapley_parts(joint)[0]
    total = parts.sum()
    share = parts / total if total > 0 else np.zeros(len(parts))
    return pd.DataFrame({"driver": list(drivers), "r_squared_part": parts, "share": share})


def shapley_parts(joint: np.ndarray) -> np.ndarray:
    """Shapley parts of R squared for many correlation matrices at once.

    Parameters
    ----------
    joint : ndarray of float, shape (n_samples, n_drivers + 1, n_drivers + 1)
        Correlations of the drivers and, last, the result; one matrix per bootstrap sample.

    Returns
    -------
    ndarray of float, shape (n_samples, n_drivers)
    """
    count = joint.shape[1] - 1
    explained = {
        chosen: _r_squared(joint, chosen)
        for size in range(count + 1)
        for chosen in itertools.combinations(range(count), size)
    }
    parts = np.zeros((len(joint), count))
    for chosen, without in explained.items():
        weight = 1.0 / (count * math.comb(count - 1, len(chosen))) if len(chosen) < count else 0.0
        for driver in set(range(count)) - set(chosen):
            entered = tuple(sorted((*chosen, driver)))
            parts[:, driver] += weight * (explained[entered] - without)
    return parts


def _r_squared(joint: np.ndarray, chosen: tuple[int, ...]) -> np.ndarray:
    if not chosen:
        return np.zeros(len(joint))
    among = joint[:, chosen][:, :, chosen]
    with_result = joint[:, chosen, -1]
    # The pseudo-inverse lets two drivers with the same answers share what they explain.
    solved = np.einsum("bij,bj->bi", np.linalg.pinv(among, hermitian=True), with_result)
    return np.einsum("bi,bi->b", solved, with_result)


def _check(drivers: pd.DataFrame) -> None:
    if drivers.shape[1] > MOST_DRIVERS:
        raise ValueError(
            f"drivers: {drivers.shape[1]} of them; expected at most {MOST_DRIVERS}, because "
            "every set of them is tried. Average questions that ask the same."
        )
    if len(drivers) < drivers.shape[1] + 2:
        raise ValueError(
            f"drivers: {len(drivers)} answers for {drivers.shape[1]} drivers; expected at least "
            f"{drivers.shape[1] + 2}. Collect more answers or drop drivers."
        )
