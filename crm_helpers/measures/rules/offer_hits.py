"""Hits of offers: customers and buyers per rule -> share who bought what was picked for them."""

import pandas as pd

from crm_helpers.measures.statistics.share_intervals import share_intervals


def offer_hits(outcomes: dict[str, pd.DataFrame], *, interval_level: float = 0.95) -> pd.DataFrame:
    """Share of customers who later bought, on their own, what each way of choosing had picked.

    Parameters
    ----------
    outcomes : dict of way of choosing -> DataFrame, one row per rule
        customers, buyers : int, one pick per customer.
    interval_level : float, default 0.95

    Returns
    -------
    DataFrame, one row per way of choosing, in the order given
        chosen_by : str
        customers, buyers : int
        hit_share : float in [0, 1], NaN without customers
        hit_low, hit_high : float in [0, 1], Wilson interval

    Examples
    --------
    >>> two = pd.DataFrame({"rule_id": [1, 2], "customers": [60, 40], "buyers": [5, 3]})
    >>> offer_hits({"rules": two})[["chosen_by", "customers", "buyers", "hit_share"]]
      chosen_by  customers  buyers  hit_share
    0     rules        100       8       0.08
    """
    rows = [(way, seen["customers"].sum(), seen["buyers"].sum()) for way, seen in outcomes.items()]
    table = pd.DataFrame(rows, columns=["chosen_by", "customers", "buyers"])
    table = table.astype({"customers": "int64", "buyers": "int64"})
    table["hit_share"] = table["buyers"] / table["customers"].where(table["customers"] > 0)
    low, high = share_intervals(table["buyers"], table["customers"], interval_level)
    return table.assign(hit_low=low, hit_high=high)
