"""Golden customers silent for longer than usual: pace and profit -> who is cooling."""

import numpy as np
import pandas as pd
from scipy.special import gammaln

from crm_helpers.measures.value.concentration import top_count
from crm_helpers.measures.value.cooling import COOLING, LEVELS, STEADY, TO_WATCH
from crm_helpers.measures.value.top_persistence import top_customers
from crm_helpers.models.survival.order_pace import OrderPace

# So long a silence befalls fewer than 1 in 20 (1 in 5) customers who keep their usual pace.
CHANCES = (0.05, 0.20)


def cooling_customers(
    pace: pd.DataFrame, profit: pd.Series, *, golden_share: float
) -> pd.DataFrame:
    """Golden customers with their usual pace, their silence, and whether it is unusual.

    A golden customer is cooling when so long a silence befalls fewer than 1 in 20 customers of
    that pace, and to watch at 1 in 5. The plain rule calls as many customers cooling and to
    watch: those longest without an order.

    Parameters
    ----------
    pace : DataFrame, one row per customer
        As `features.order_pace.order_pace` gives it.
    profit : Series of float, indexed by customer
        Of the observation window.
    golden_share : float in (0, 1)
        Share of the customers that is called golden, best first, those without a profit left out.

    Returns
    -------
    DataFrame, one row per golden customer with a pace, sorted by customer
        customer_id : str
        profit : float, currency, of the observation window
        recency_days : int
        usual_gap_days : float, days between order days at the usual pace until the last order
        cooling_chance : float in [0, 1], of so long a silence at that pace
        pace_level, silence_level : category, cooling, to watch or steady, by either rule
        profit_per_day : float, currency, at the usual pace
    """
    model = OrderPace().fit(pace["order_days"], pace["watched_days"])
    golden = pace["customer_id"].isin(golden_customers(profit, golden_share))
    rows = pace[golden].set_index("customer_id").sort_index()
    until_last = (rows["watched_days"] - rows["recency_days"]).clip(lower=0)
    rows["profit"] = profit.reindex(rows.index)
    rows["usual_gap_days"] = 1 / model.pace(rows["order_days"], until_last)
    rows["cooling_chance"] = so_long_a_silence(rows, model)
    rows["pace_level"] = _levels(rows["cooling_chance"])
    rows["silence_level"] = _as_many(rows["pace_level"], rows["recency_days"])
    # The first order is not in the pace, but it brought profit.
    per_order_day = rows["profit"] / (rows["order_days"] + 1)
    rows["profit_per_day"] = model.pace(rows["order_days"], rows["watched_days"]) * per_order_day
    return rows.drop(columns=["order_days", "watched_days", "tenure_days"]).reset_index()


def so_long_a_silence(pace: pd.DataFrame, model: OrderPace) -> pd.Series:
    """Chance that the last order lies as long ago, given how many days had an order.

    At a steady pace, whatever it is, each day watched is as likely to be one of the order days:
    all n of T lie before the last r days with the chance C(T - r, n) / C(T, n). Being exact for
    each n, it holds for customers who were picked for how often they ordered. Who has ordered
    once only has no other day to count by: the chance is that of no order since, by the model.

    Parameters
    ----------
    pace : DataFrame, one row per customer
        order_days, watched_days, recency_days.
    model : OrderPace
        Fitted.

    Returns
    -------
    Series of float in [0, 1]

    Examples
    --------
    >>> pace = pd.DataFrame({"order_days": [1, 2], "watched_days": 10, "recency_days": [9, 5]})
    >>> so_long_a_silence(pace, OrderPace()).round(3).tolist()
    [0.1, 0.222]
    """
    days, watched = pace["order_days"], pace["watched_days"]
    before = np.maximum(watched - pace["recency_days"], days)
    logs = gammaln(before + 1) - gammaln(before - days + 1)
    logs -= gammaln(watched + 1) - gammaln(watched - days + 1)
    once = days == 0
    chance = np.exp(logs)
    if once.any():
        chance[once] = model.chance_of_silence(days[once], 0, pace.loc[once, "recency_days"])
    return chance


def golden_customers(profit: pd.Series, golden_share: float) -> pd.Index:
    """Customers of the top share by profit, those without a profit left out."""
    best = top_customers(profit, golden_share)
    return best[: min(top_count(len(profit), golden_share), int((profit > 0).sum()))]


def _levels(chance: pd.Series) -> pd.Categorical:
    names = np.select([chance <= limit for limit in CHANCES], [COOLING, TO_WATCH], STEADY)
    return pd.Categorical(names, categories=LEVELS)


def _as_many(levels: pd.Series, recency_days: pd.Series) -> pd.Categorical:
    """Levels in the same numbers, given to those longest without an order."""
    longest = recency_days.sort_index().sort_values(ascending=False, kind="stable").index
    sizes = levels.value_counts().reindex(list(LEVELS))
    given = pd.Series(np.repeat(LEVELS, sizes), index=longest)
    return pd.Categorical(given.reindex(levels.index), categories=LEVELS)
