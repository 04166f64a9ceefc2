"""Value of each customer within a window: order lines -> revenue, returns and margin."""

import datetime as dt

import ibis.expr.types as ir

from crm_helpers.features import windows


def customer_value(
    transactions: ir.Table, *, as_of: dt.date, observation_days: int = 365
) -> ir.Table:
    """Revenue, returns and margin of each known customer in the window that ends on as_of.

    A return counts on the day it came back, also when its sale lies before the window.
    Margin is revenue less unit cost, returns included: goods that come back are taken to
    go on sale again at full worth.

    Parameters
    ----------
    transactions : Table, one row per order line
        Columns customer_id, order_id, ordered_at, is_return, revenue, [margin].
    as_of : date
        Last day that counts, inclusive.
    observation_days : int, default 365
        Length of the window that ends on as_of.

    Returns
    -------
    Table, one row per customer with a sale or a return in the window, sorted by customer
        customer_id : str
        frequency_orders : int, orders in the window; 0 for a customer with returns only
        revenue_sum : decimal, sales before returns
        returns_sum : decimal, value sent back, zero or negative
        net_revenue_sum : decimal, revenue_sum + returns_sum
        margin_sum : decimal, margin of sales and returns; absent without cost
        sales_margin_sum : decimal, margin of the sales alone; absent without cost
        uncosted_revenue_sum : decimal, sales whose cost is not known; absent without cost
    """
    seen = windows.observation(transactions, as_of, observation_days, "ordered_at")
    rows = seen.filter(seen.customer_id.notnull())
    sums = {
        "frequency_orders": rows.order_id.nunique(where=~rows.is_return),
        "revenue_sum": rows.revenue.sum(where=~rows.is_return).fill_null(0),
        "returns_sum": rows.revenue.sum(where=rows.is_return).fill_null(0),
        "net_revenue_sum": rows.revenue.sum().fill_null(0),
    }
    if "margin" in rows.columns:
        sums["margin_sum"] = rows.margin.sum().fill_null(0)
        sums["sales_margin_sum"] = rows.margin.sum(where=~rows.is_return).fill_null(0)
        is_uncosted = rows.margin.isnull() & ~rows.is_return
        sums["uncosted_revenue_sum"] = rows.revenue.sum(where=is_uncosted).fill_null(0)
    return rows.group_by("customer_id").aggregate(**sums).order_by("customer_id")
