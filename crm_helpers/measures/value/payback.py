"""Payback of what it cost to win customers: money by month since the start -> months."""

from __future__ import annotations

import pandas as pd


def payback_curve(months: pd.DataFrame) -> pd.DataFrame:
    """Money brought per customer by the end of each month since the start.

    Each month's mean is over those observed through that whole month, so customers won lately
    do not pull later months down; months are then added up.

    Parameters
    ----------
    months : DataFrame, one row per group and month
        group, month (1 is the first), customers_observed, money_sum.

    Returns
    -------
    DataFrame, sorted by group and month
        group, month, customers_observed, money_to_date : money per customer won
    """
    curve = months.sort_values(["group", "month"]).reset_index(drop=True)
    mean = curve["money_sum"].astype(float) / curve["customers_observed"]
    curve["money_to_date"] = mean.groupby(curve["group"]).cumsum()
    return curve[["group", "month", "customers_observed", "money_to_date"]]


def payback_month(curve: pd.DataFrame, cost: pd.Series, *, min_customers: int = 1) -> pd.Series:
    """First month in which the money to date covers the cost; missing if not yet.

    Parameters
    ----------
    curve : DataFrame
        From `payback_curve`.
    cost : Series of float, index group
        What it cost to win one customer of the group.
    min_customers : int, default 1
        Months with fewer customers observed do not count.

    Returns
    -------
    Series of Int64, index group
        Month, 1 is the first.

    Examples
    --------
    >>> curve = payback_curve(pd.DataFrame({
    ...     "group": ["shop", "shop"], "month": [1, 2], "customers_observed": [10, 5],
    ...     "money_sum": [40.0, 30.0]}))
    >>> payback_month(curve, pd.Series({"shop": 9.0, "web": 1.0})).tolist()
    [2, <NA>]
    """
    enough = curve[curve["customers_observed"] >= min_customers]
    # Without rows the mapped costs would have the type of the groups.
    costs = enough["group"].map(cost).astype(float)
    covered = enough[enough["money_to_date"] >= costs]
    return covered.groupby("group")["month"].min().reindex(cost.index).astype("Int64")
