"""First day of the data: order lines -> one row."""

import ibis.expr.types as ir


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
