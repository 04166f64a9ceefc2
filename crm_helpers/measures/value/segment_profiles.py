"""Segments in numbers: segment of each customer and rfm -> one row per segment."""

import pandas as pd

from crm_helpers.measures.effects.score_interval import score_interval
from crm_helpers.measures.statistics.claims import claim_level
from crm_helpers.measures.statistics.share_intervals import share_intervals
from crm_helpers.tables.needs import Skip


def segment_profiles(segment: pd.Series, rfm: pd.DataFrame, *, min_group: int = 1) -> pd.DataFrame:
    """Size, revenue and habits of each segment.

    Parameters
    ----------
    segment : Series, indexed as rfm
        In order of its categories where it has them.
    rfm : DataFrame, one row per customer
        recency_days, frequency_orders, revenue_sum, net_revenue_sum.
    min_group : int, default 1
        Segments with fewer customers are left out.

    Returns
    -------
    DataFrame, one row per segment shown
        segment : str
        customers : int
        customers_share, revenue_share : float in [0, 1], of all segments, hidden ones included
        recency_median : float, days since the last order of the customer in the middle
        orders_mean : float, orders per customer
        order_value : float, revenue per order before returns, currency
        revenue_mean : float, revenue after returns per customer, currency

    Raises
    ------
    Skip
        If no segment is large enough to be shown.
    """
    by_segment = rfm.groupby(segment, observed=True)
    net = by_segment["net_revenue_sum"]
    table = pd.DataFrame(
        {
            "customers": by_segment.size(),
            "customers_share": by_segment.size() / len(rfm),
            "revenue_share": net.sum() / rfm["net_revenue_sum"].sum(),
            "recency_median": by_segment["recency_days"].median(),
            "orders_mean": by_segment["frequency_orders"].mean(),
            "order_value": by_segment["revenue_sum"].sum() / by_segment["frequency_orders"].sum(),
            "revenue_mean": net.mean(),
        }
    )
    return _shown(table, "customers", min_group)


def segment_outcomes(
    segment: pd.Series, has_ordered: pd.Series, *, min_group: int = 1
) -> pd.DataFrame:
    """Share of each earlier segment that ordered in the time that followed.

    Parameters
    ----------
    segment : Series of category, indexed by customer
        On an earlier day.
    has_ordered : Series of bool, indexed by customer
        Whether an order followed; a customer not in it placed none.
    min_group : int, default 1
        Segments with fewer customers on the earlier day are left out.

    Returns
    -------
    DataFrame, one row per segment shown
        segment : str
        earlier_customers, ordered_customers : int
        order_chance : float in [0, 1]
        order_chance_low, order_chance_high : float, Wilson interval at 95 %

    Raises
    ------
    Skip
        If no segment is large enough to be shown.
    """
    ordered = has_ordered.reindex(segment.index).eq(True)
    table = ordered.groupby(segment, observed=True).agg(
        earlier_customers="size", ordered_customers="sum"
    )
    counts = table["ordered_customers"], table["earlier_customers"]
    table["order_chance"] = counts[0] / counts[1]
    table["order_chance_low"], table["order_chance_high"] = share_intervals(*counts)
    return _shown(table, "earlier_customers", min_group)


def segments_differ(outcomes: pd.DataFrame) -> bool:
    """Whether the segment that ordered most did so more often than that of least beyond chance.

    By the score interval of the difference, allowing for all pairs they were picked from.

    Parameters
    ----------
    outcomes : DataFrame, one row per segment
        As `segment_outcomes` gives it.

    Returns
    -------
    bool

    References
    ----------
    .. [1] Miettinen & Nurminen (1985), Comparative analysis of two rates, Statistics in Medicine 4.
    """
    if len(outcomes) < 2:
        return False
    rows = outcomes.sort_values("order_chance", kind="stable")
    counts = rows[["ordered_customers", "earlier_customers"]].to_numpy()
    pairs = len(rows) * (len(rows) - 1) // 2
    low, _ = score_interval(*counts[-1], *counts[0], interval_level=claim_level(pairs))
    return low > 0


def _shown(table: pd.DataFrame, customers: str, min_group: int) -> pd.DataFrame:
    shown = table[table[customers] >= min_group]
    if shown.empty:
        raise Skip(
            f"segments: {int(table[customers].sum()):,} customers, in none of {len(table)} "
            f"segments {min_group:,} or more; smaller groups are not shown. Choose a longer "
            "observation_days or a lower min_group."
        )
    return shown.rename_axis("segment").reset_index().astype({"segment": str})


def explained_share(group: pd.Series, outcome: pd.Series) -> float:
    """Share of the variance of an outcome that lies between groups (eta squared).

    Parameters
    ----------
    group : Series, shape (n_customers,)
    outcome : Series of float or bool, same index

    Returns
    -------
    float in [0, 1]; 0 where the outcome is the same for all

    Examples
    --------
    >>> explained_share(pd.Series(["a", "a", "b", "b"]), pd.Series([1, 1, 0, 0]))
    1.0
    >>> explained_share(pd.Series(["a", "a", "b", "b"]), pd.Series([1, 0, 1, 0]))
    0.0
    """
    values = outcome.astype(float)
    spread = float(((values - values.mean()) ** 2).sum())
    means = values.groupby(group, observed=True).transform("mean")
    return float(((means - values.mean()) ** 2).sum()) / spread if spread else 0.0
