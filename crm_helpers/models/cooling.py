"""Golden customers who order less than usual: pace and profit -> who is cooling."""

import numpy as np
import pandas as pd

from crm_helpers.measures.concentration import top_count
from crm_helpers.measures.top_persistence import top_customers
from crm_helpers.models.order_pace import OrderPace

COOLING, TO_WATCH, STEADY = "cooling", "to watch", "steady"
LEVELS = (COOLING, TO_WATCH, STEADY)
# So little is ordered by fewer than 1 in 20 (1 in 5) customers who keep their usual pace.
CHANCES = (0.05, 0.20)


def cooling_customers(
    pace: pd.DataFrame, profit: pd.Series, *, golden_share: float, recent_days: int, seed: int = 0
) -> pd.DataFrame:
    """Golden customers with their usual pace, what they did lately, and whether that is less.

    A golden customer is cooling when so few order days as in the recent part come from
    fewer than 1 in 20 customers who keep their usual pace, and to watch at 1 in 5.

    Parameters
    ----------
    pace : DataFrame, one row per customer known before the recent days
        As `features.order_pace.order_pace` gives it.
    profit : Series of float, indexed by customer
        Of the observation window.
    golden_share : float in (0, 1)
        Share of the customers with a profit that is called golden, best first.
    recent_days : int
        Length of the recent part, in days.
    seed : int, default 0

    Returns
    -------
    DataFrame, one row per golden customer known before the recent days, sorted by customer
        customer_id : str
        profit : float, currency, of the observation window
        expected_order_days, recent_order_days : float, int, in the recent part
        cooling_chance : float in [0, 1], of so few order days at the usual pace
        cooling_level : category, cooling, to watch or steady
        recency_days : int
        profit_per_order_day : float, currency
        daily_order_days : float, usual pace in order days per day
    """
    model = OrderPace().fit(pace["earlier_order_days"], pace["earlier_days"], seed=seed)
    golden = golden_customers(profit, golden_share)
    rows = pace[pace["customer_id"].isin(golden)].set_index("customer_id").sort_index()
    earlier = rows["earlier_order_days"], rows["earlier_days"]
    rows["profit"] = profit.reindex(rows.index)
    rows["expected_order_days"] = model.expected(*earlier, recent_days)
    rows["cooling_chance"] = model.chance_of_at_most(
        rows["recent_order_days"], *earlier, recent_days
    )
    levels = np.select([rows["cooling_chance"] <= chance for chance in CHANCES], LEVELS[:2], STEADY)
    rows["cooling_level"] = pd.Categorical(levels, categories=LEVELS)
    # The first order is not in the pace, but it brought profit.
    order_days = rows["earlier_order_days"] + rows["recent_order_days"]
    rows["profit_per_order_day"] = rows["profit"] / (order_days + 1)
    rows["daily_order_days"] = model.expected(*earlier, 1.0)
    return rows.drop(columns=["earlier_order_days", "earlier_days", "tenure_days"]).reset_index()


def golden_customers(profit: pd.Series, golden_share: float) -> pd.Index:
    """Customers of the top share by profit, those without a profit left out."""
    best = top_customers(profit, golden_share)
    return best[: min(top_count(len(profit), golden_share), int((profit > 0).sum()))]
