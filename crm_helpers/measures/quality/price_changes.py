"""Prices of products in two quarters -> the groups that got a new price."""

import pandas as pd

LEAST_PRODUCTS = 5
LEAST_CHANGE = 0.05
SAME_WAY = 0.8


def price_changes(prices: pd.DataFrame) -> pd.DataFrame:
    """Categories of which most products moved the same way by 5 % or more.

    Parameters
    ----------
    prices : DataFrame, one row per product
        Columns category, price_then, price_now.

    Returns
    -------
    DataFrame, one row per category with a new price, largest change first
        group : str
        products : int
        change : float, median of the relative changes; 0.2 is 20 % dearer

    Examples
    --------
    >>> prices = pd.DataFrame({"category": ["tea"] * 5, "price_then": 1.0, "price_now": 1.2})
    >>> price_changes(prices).round(3)
      group  products  change
    0   tea         5     0.2
    """
    change = prices["price_now"] / prices["price_then"] - 1
    grouped = change.groupby(prices["category"])
    found = grouped.agg(products="size", change="median", up=lambda c: (c > 0).mean())
    same_way = found["up"].where(found["change"] > 0, 1 - found["up"]) >= SAME_WAY
    told = found[
        (found["products"] >= LEAST_PRODUCTS) & (found["change"].abs() >= LEAST_CHANGE) & same_way
    ]
    told = told.sort_values("change", key=abs, ascending=False, kind="stable")
    return told.rename_axis("group").reset_index()[["group", "products", "change"]]
