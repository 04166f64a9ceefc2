"""Whole record of a customer: order lines -> repeat orders, age of the last one, and tenure."""

import datetime as dt

import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.features.orders import sale_lines


def order_history(transactions: ir.Table, *, as_of: dt.date) -> ir.Table:
    """What a buy-till-you-die model needs of each customer, from all orders up to as_of.

    Days with an order are counted, not orders: several of one day are one decision.

    Parameters
    ----------
    transactions : Table, one row per order line
        Columns customer_id, ordered_at, is_return.
    as_of : date
        Last day the features may see, inclusive.

    Returns
    -------
    Table, one row per customer who ever ordered, sorted by customer
        customer_id : str
        repeat_orders : int, days with an order after the first such day
        last_order_age_days : int, days from the first order to the last
        tenure_days : int, days from the first order to as_of
    """
    seen = sale_lines(windows.up_to(transactions, as_of, "ordered_at"))
    seen = seen.filter(seen.customer_id.notnull())
    days = seen.select("customer_id", ago=windows.days_before(seen.ordered_at, as_of)).distinct()
    return (
        days.group_by("customer_id")
        .aggregate(
            repeat_orders=days.count() - 1,
            last_order_age_days=days.ago.max() - days.ago.min(),
            tenure_days=days.ago.max(),
        )
        .order_by("customer_id")
    )
