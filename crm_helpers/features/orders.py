"""Orders: order lines -> one row per order, and the choice of which lines are sales."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows


def sale_lines(transactions: ir.Table) -> ir.Table:
    """Order lines of known customers that are sales: no guests, no returns.

    Parameters
    ----------
    transactions : Table, one row per order line
        Columns customer_id and is_return.

    Returns
    -------
    Table, one row per order line, the same columns
    """
    return transactions.filter(transactions.customer_id.notnull(), ~transactions.is_return)


def known_sum(amount: ir.Column) -> ir.Value:
    """Sum of an amount over lines; empty where one of them is not known, which is not zero.

    Parameters
    ----------
    amount : column of numbers

    Returns
    -------
    float, to aggregate with
    """
    total = amount.sum().cast("float64")
    return ibis.ifelse(amount.isnull().any(), ibis.null("float64"), total)


def order_rows(transactions: ir.Table) -> ir.Table:
    """One row per order of a known customer, from whatever lines are given.

    Returns are left out: they are no orders, and usually carry their own number.

    Parameters
    ----------
    transactions : Table, one row per order line

    Returns
    -------
    Table, one row per order, unsorted
        customer_id, order_id : str
        ordered_at : timestamp, the first line of the order
        revenue : decimal, where the source has prices
        margin : decimal, where the source has cost
        lines_count : int, order lines
    """
    lines = sale_lines(transactions)
    sums = {name: lines[name].sum() for name in ("revenue", "margin") if name in lines.columns}
    return lines.group_by("customer_id", "order_id").aggregate(
        ordered_at=lines.ordered_at.min(), lines_count=lines.count(), **sums
    )


def orders(transactions: ir.Table, *, as_of: dt.date) -> ir.Table:
    """One row per order of a known customer up to as_of.

    Parameters
    ----------
    transactions : Table, one row per order line
    as_of : date
        Last day that counts, inclusive.

    Returns
    -------
    Table, one row per order, sorted by customer and time
        customer_id, order_id : str
        ordered_at : timestamp, the first line of the order
        order_number : int, 1 is the customer's first order in the data
        days_since_previous : int, days since the customer's order before; empty for the first
        lines_count : int, order lines
        revenue, margin : decimal, where the source has prices and cost
    """
    rows = order_rows(windows.up_to(transactions, as_of, "ordered_at"))
    by_customer = ibis.window(group_by="customer_id", order_by=["ordered_at", "order_id"])
    previous = rows.ordered_at.lag().over(by_customer)
    numbered = rows.mutate(
        order_number=(ibis.row_number().over(by_customer) + 1),
        days_since_previous=windows.days_between(previous, rows.ordered_at),
    )
    return numbered.order_by("customer_id", "ordered_at", "order_id")
