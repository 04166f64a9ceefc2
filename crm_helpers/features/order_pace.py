"""Pace of ordering, before and lately: order lines -> one row per customer."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.features.orders import sale_lines


def order_pace(
    transactions: ir.Table, *, as_of: dt.date, observation_days: int = 365, recent_days: int = 90
) -> ir.Table:
    """Days with an order before and within the recent days, of customers known before them.

    Counts days, not orders, because several orders of one day are one decision. The
    very first order is no sign of pace and is left out; a customer who came during the
    observation window is counted from that day on.

    Parameters
    ----------
    transactions : Table, one row per order line
    as_of : date
        Last day the features may see, inclusive.
    observation_days : int, default 365
        Length of the window that ends on as_of; the recent days are its last part.
    recent_days : int, default 90
        Length of the recent part.

    Returns
    -------
    Table, one row per customer whose first order lies before the recent days, by customer
        customer_id : str
        earlier_order_days : int, days with an order in the earlier part, the first one not counted
        earlier_days : int, days of the earlier part after the first order
        recent_order_days : int, days with an order in the recent part
        recency_days : int, days from the last order to as_of
        tenure_days : int, days from the first order in all the data to as_of
    """
    seen = sale_lines(windows.up_to(transactions, as_of, "ordered_at"))
    days = seen.select("customer_id", days_ago=windows.days_before(seen.ordered_at, as_of))
    days = days.distinct()
    first_ago = days.days_ago.max().over(ibis.window(group_by="customer_id"))
    days = days.mutate(tenure_days=first_ago)
    is_recent = days.days_ago < recent_days
    is_earlier = ~is_recent & (days.days_ago < observation_days)
    rows = days.group_by("customer_id", "tenure_days").aggregate(
        earlier_order_days=(is_earlier & (days.days_ago < days.tenure_days)).sum(),
        recent_order_days=is_recent.sum(),
        recency_days=days.days_ago.min(),
    )
    exposure = ibis.least(rows.tenure_days, observation_days) - recent_days
    rows = rows.filter(rows.tenure_days >= recent_days).mutate(earlier_days=exposure)
    return rows.order_by("customer_id")
