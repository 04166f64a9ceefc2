"""What became of cooling customers: earlier levels, later orders -> shares that fell silent."""

import pandas as pd

from crm_helpers.measures.statistics.share_intervals import share_intervals

COOLING, TO_WATCH, STEADY = "cooling", "to watch", "steady"
LEVELS = (COOLING, TO_WATCH, STEADY)
# Which rule gave the levels: the model of the usual pace, or the plain one.
PACE_LEVEL, SILENCE_LEVEL = "pace_level", "silence_level"
# Weight, in customers, of all golden customers in a rate that rests on few.
PRIOR_CUSTOMERS = 20


def silent_shares(level: pd.Series, has_ordered: pd.Series) -> pd.DataFrame:
    """Share of customers without any order afterwards, by how cool they were before.

    Parameters
    ----------
    level : Series of category, indexed by customer
        As found on an earlier day: cooling, to watch, steady.
    has_ordered : Series of bool, indexed by customer
        Whether an order followed; a customer not in it placed none.

    Returns
    -------
    DataFrame, one row per level, in the order of the categories
        cooling_level : str
        customers, silent_customers : int
        silent_share : float in [0, 1]; empty without customers
        silent_low, silent_high : float, Wilson interval at 95 %; empty without customers
    """
    silent = ~has_ordered.reindex(level.index).eq(True)
    table = silent.groupby(level, observed=False).agg(customers="size", silent_customers="sum")
    found = table["silent_customers"].astype(int), table["customers"]
    table["silent_share"] = found[0] / found[1].where(found[1] > 0)
    table["silent_low"], table["silent_high"] = share_intervals(*found)
    return table.rename_axis("cooling_level").reset_index().astype({"cooling_level": str})


def silent_chances(shares: pd.DataFrame) -> pd.Series:
    """Chance to fall silent at each level, drawn towards that of all where few were seen.

    Examples
    --------
    >>> shares = pd.DataFrame({"cooling_level": ["cooling", "steady"],
    ...                        "customers": [20, 80], "silent_customers": [12, 8]})
    >>> silent_chances(shares).tolist()
    [0.4, 0.12]
    """
    rows = shares.set_index("cooling_level")
    base = rows["silent_customers"].sum() / max(int(rows["customers"].sum()), 1)
    weighted = rows["silent_customers"] + PRIOR_CUSTOMERS * base
    return weighted / (rows["customers"] + PRIOR_CUSTOMERS)


def compare_rules(cooling: pd.DataFrame, has_ordered: pd.Series, *, days: int) -> pd.DataFrame:
    """What each rule would have caught: profit of the customers it named who then fell silent.

    Parameters
    ----------
    cooling : DataFrame, one row per golden customer of an earlier day
        customer_id, pace_level, silence_level, profit_per_day.
    has_ordered : Series of bool, indexed by customer
        Whether an order followed within `days`.
    days : int
        Days that were watched afterwards.

    Returns
    -------
    DataFrame, two rows, the model of the usual pace first
        rule : str, pace_level or silence_level
        named_customers, silent_customers : int, cooling or to watch; of them silent
        silent_profit : float, currency, of those at their usual pace
        is_used : bool, the rule that caught more profit; the model at a tie
    """
    rows = cooling.set_index("customer_id")
    silent = ~has_ordered.reindex(rows.index).eq(True)
    profit = rows["profit_per_day"] * days
    found = [(rule, rows[rule].astype(str) != STEADY) for rule in (PACE_LEVEL, SILENCE_LEVEL)]
    table = pd.DataFrame(
        {
            "rule": [rule for rule, _ in found],
            "named_customers": [int(named.sum()) for _, named in found],
            "silent_customers": [int((named & silent).sum()) for _, named in found],
            "silent_profit": [float(profit[named & silent].sum()) for _, named in found],
        }
    )
    return table.assign(is_used=table.index == table["silent_profit"].idxmax())


def used_rule(comparison: pd.DataFrame) -> str:
    """Name of the rule that caught more profit."""
    return str(comparison.loc[comparison["is_used"], "rule"].iloc[0])
