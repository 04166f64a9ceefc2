"""Customers who cost money: value of each -> how many, how much, and why."""

import numpy as np
import pandas as pd

BELOW_COST, EARLIER_ORDERS, MORE_THAN_BOUGHT = REASONS = (
    "below_cost",
    "earlier_orders",
    "more_than_bought",
)


def loss_reasons(values: pd.DataFrame, profit: pd.Series) -> pd.DataFrame:
    """Customers with a negative profit, by the reason that explains it.

    Parameters
    ----------
    values : DataFrame, one row per customer
        customer_id, frequency_orders, and where known sales_margin_sum (margin before returns).
    profit : Series of float, indexed by customer

    Returns
    -------
    DataFrame, one row per reason that occurs, largest loss first
        loss_reason : str, below_cost, earlier_orders (sent back, bought nothing) or
        more_than_bought (sent back more than bought)
        customers : int
        loss : float, currency, negative
    """
    rows = values.set_index("customer_id").assign(profit=profit)
    rows = rows[rows["profit"] < 0]
    below_cost = rows.get("sales_margin_sum", pd.Series(0.0, index=rows.index)) < 0
    no_order = rows["frequency_orders"] == 0
    rows["loss_reason"] = np.select([below_cost, no_order], REASONS[:2], default=REASONS[2])
    by_reason = rows.groupby("loss_reason")["profit"]
    table = pd.DataFrame({"customers": by_reason.size(), "loss": by_reason.sum()})
    return table.sort_values("loss").reset_index()
