"""Vintage curves: approved credits by quarter -> share defaulted by age of the account."""

import numpy as np
import pandas as pd

MONTH_DAYS = 365.25 / 12


def vintage_curves(
    vintage: pd.Series, default_days: pd.Series, *, until_days: int, fewest: int = 30
) -> pd.DataFrame:
    """Share of each quarter's approved credits that had defaulted by each age of the account.

    All credits given have been watched for `until_days`, so none drops out on the way.

    Parameters
    ----------
    vintage : Series of str, shape (n_credits,)
        Quarter of approval.
    default_days : Series of float, shape (n_credits,)
        Days from approval to the default; missing where the credit was repaid.
    until_days : int
        Age to which the credits have been watched.
    fewest : int, default 30
        Quarters with fewer credits are left out.

    Returns
    -------
    DataFrame, one row per quarter and month of age, earliest quarter first
        vintage : str
        age_months : int
        n : int, credits of the quarter
        defaulted_share : float in [0, 1], by that age

    References
    ----------
    .. [1] Siddiqi (2006), Credit Risk Scorecards, ch. 4 (vintage analysis).

    Examples
    --------
    >>> quarter, days = pd.Series(["2026Q1"] * 2), pd.Series([20.0, np.nan])
    >>> vintage_curves(quarter, days, until_days=60, fewest=1)["defaulted_share"].tolist()
    [0.0, 0.5, 0.5]
    """
    months = np.arange(int(np.ceil(until_days / MONTH_DAYS)) + 1)
    parts = [
        pd.DataFrame(
            {
                "vintage": name,
                "age_months": months,
                "n": len(days),
                "defaulted_share": _share_by(days.to_numpy(dtype=float), months, until_days),
            }
        )
        for name, days in default_days.groupby(vintage, sort=True)
        if len(days) >= fewest
    ]
    empty = pd.DataFrame(columns=["vintage", "age_months", "n", "defaulted_share"])
    return pd.concat(parts, ignore_index=True) if parts else empty


def tells_ages(default_days: pd.Series) -> bool:
    """Whether defaults are known at differing ages, so that a curve says more than a rate.

    Parameters
    ----------
    default_days : Series of float

    Returns
    -------
    bool

    Examples
    --------
    >>> tells_ages(pd.Series([180.0, 180.0])), tells_ages(pd.Series([30.0, 180.0]))
    (False, True)
    """
    return default_days.dropna().nunique() > 1


def _share_by(days: np.ndarray, months: np.ndarray, until_days: int) -> np.ndarray:
    ages = np.minimum(months * MONTH_DAYS, until_days)
    return (days[None, :] <= ages[:, None]).mean(axis=1)
