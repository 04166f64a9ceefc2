"""Pace of ordering: order lines -> one row per customer, days with an order and days watched."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.features.orders import sale_lines


def order_pace(transactions: ir.Table, *, as_of: dt.date, observation_days: int = 365) -> ir.Table:
    """Days with an order, days watched, and days since the last order of each known customer.

    Counts days, not orders, because several orders of one day are one decision. The
    very first order says nothing about pace and is left out; a customer who came during
    the observation window is watched from the day after.

    Parameters
    ----------
    transactions : Table, one row per order line
        Columns customer_id, ordered_at, is_return.
    as_of : date
        Last day the features may see, inclusive.
    observation_days : int, default 365
        Length of the window that ends on as_of.

    Returns
    -------
    Table, one row per customer with an order before as_of itself, sorted by customer
        customer_id : str
        order_days : int, days with an order in the window, the very first one not counted
        watched_days : int, days of the window after the first order, 1 or more
        recency_days : int, days from the last order in all the data to as_of
        tenure_days : int, days from the first order in all the data to as_of
    """
    seen = sale_lines(windows.up_to(transactions, as_of, "ordered_at"))
    days = seen.select("customer_id", days_ago=windows.days_before(seen.ordered_at, as_of))
    days = days.distinct()
    first_ago = days.days_ago.max().over(ibis.window(group_by="customer_id"))
    days = days.mutate(tenure_days=first_ago)
    is_counted = (days.days_ago < observation_days) & (days.days_ago < days.tenure_days)
    rows = days.group_by("customer_id", "tenure_days").aggregate(
        order_days=is_counted.sum(), recency_days=days.days_ago.min()
    )
    rows = rows.filter(rows.tenure_days > 0)
    rows = rows.mutate(watched_days=ibis.least(rows.tenure_days, observation_days))
    return rows.select(
        "customer_id", "order_days", "watched_days", "recency_days", "tenure_days"
    ).order_by("customer_id")
