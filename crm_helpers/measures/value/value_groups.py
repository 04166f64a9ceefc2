"""Groups of customers by what they bring: profit and value table -> one row per group."""

import numpy as np
import pandas as pd

from crm_helpers.measures.value.concentration import top_count

GOLDEN, NEXT, LOWER_HALF, LOSS = VALUE_GROUPS = ("golden", "next", "lower_half", "loss")


def value_groups(profit: pd.Series, values: pd.DataFrame, *, golden_share: float) -> pd.DataFrame:
    """What the best customers, the next ones, the rest and the loss-making ones bring.

    Parameters
    ----------
    profit : Series of float, indexed by customer
    values : DataFrame, one row per customer
        customer_id, frequency_orders, revenue_sum, returns_sum.
    golden_share : float in (0, 1)
        Share of customers called golden.

    Returns
    -------
    DataFrame, one row per group that has customers, best first
        value_group : str, golden, next, lower_half or loss
        customers : int
        profit : float, currency
        profit_share : float
        profit_mean : float, currency per customer
        orders_mean : float, orders per customer
        returned_share : float, value sent back / sales before returns; empty without sales
    """
    rows = values.set_index("customer_id").assign(profit=profit)
    rows["value_group"] = _groups(profit, golden_share)
    by_group = rows.groupby("value_group", observed=True)
    table = pd.DataFrame(
        {
            "customers": by_group.size(),
            "profit": by_group["profit"].sum(),
            "profit_share": by_group["profit"].sum() / profit.sum(),
            "profit_mean": by_group["profit"].mean(),
            "orders_mean": by_group["frequency_orders"].mean(),
            "returned_share": -by_group["returns_sum"].sum()
            / by_group["revenue_sum"].sum().replace(0, np.nan),
        }
    )
    return table.reset_index().astype({"value_group": str})


def _groups(profit: pd.Series, golden_share: float) -> pd.Series:
    best_first = profit.sort_index().sort_values(ascending=False, kind="stable").index
    place = pd.Series(np.arange(len(profit)), index=best_first)
    golden = top_count(len(profit), golden_share)
    half = max(golden, top_count(len(profit), 0.5))
    codes = np.select([place < golden, place < half], [0, 1], default=2)
    group = pd.Series(codes, index=best_first).where(profit.reindex(best_first) > 0, 3)
    return pd.Categorical.from_codes(group.reindex(profit.index), list(VALUE_GROUPS))
