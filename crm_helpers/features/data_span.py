"""Span of the data: order lines -> first and last day seen, and the days in between."""

import datetime as dt

import ibis.expr.types as ir

from crm_helpers.features import windows


def data_span(transactions: ir.Table, *, as_of: dt.date) -> ir.Table:
    """First and last day with an order line up to as_of, in one row.

    Parameters
    ----------
    transactions : Table, one row per order line
    as_of : date
        Last day that counts, inclusive.

    Returns
    -------
    Table, one row
        data_from, last_order_on : date; empty without rows
        days_of_data : int, days from data_from to as_of, both included
    """
    seen = windows.up_to(transactions, as_of, "ordered_at")
    first = seen.ordered_at.min()
    return seen.aggregate(
        data_from=first.date(),
        last_order_on=seen.ordered_at.max().date(),
        days_of_data=windows.days_before(first, as_of) + 1,
    )
