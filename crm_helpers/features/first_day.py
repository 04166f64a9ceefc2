"""First day of the data: order lines -> one row; tables -> the day a report looks from."""

import datetime as dt

import ibis.expr.types as ir

from crm_helpers.features import quarters
from crm_helpers.tables.checked import CheckedTables
from crm_helpers.tables.periods import first_day


def first_order_day(transactions: ir.Table) -> ir.Table:
    """Day of the first order line of a known customer.

    Parameters
    ----------
    transactions : Table, one row per order line
        Columns customer_id, ordered_at.

    Returns
    -------
    Table, one row
        first_day : date
    """
    known = transactions.filter(transactions.customer_id.notnull())
    return known.aggregate(first_day=known.ordered_at.cast("date").min())


def default_day(tables: CheckedTables) -> dt.date:
    """Day that a report looks from where nobody asked for one: see `quarters.usable_as_of`.

    Parameters
    ----------
    tables : CheckedTables

    Returns
    -------
    date
    """
    return quarters.usable_as_of(tables.source.data_until, data_from=first_day(tables))
