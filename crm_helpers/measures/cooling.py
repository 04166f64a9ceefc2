"""What became of cooling customers: earlier levels, later orders -> shares that fell silent."""

import pandas as pd

from crm_helpers.measures.rule_holding import share_interval

# Weight, in customers, of all golden customers in a rate that rests on few.
PRIOR_CUSTOMERS = 20


def silent_shares(level: pd.Series, has_ordered: pd.Series) -> pd.DataFrame:
    """Share of customers without any order afterwards, by how cool they were before.

    Parameters
    ----------
    level : Series of category, indexed by customer
        As found on an earlier day, for example cooling, to watch, steady.
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
    table["silent_low"], table["silent_high"] = share_interval(*found)
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
