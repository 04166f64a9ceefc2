"""Recency, frequency, monetary value: order lines -> one row per customer as of a date."""

import datetime as dt

import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.features.orders import order_rows


def rfm(transactions: ir.Table, *, as_of: dt.date, observation_days: int = 365) -> ir.Table:
    """Recency, frequency and monetary value of each known customer as of a date.

    Money is sales before returns, as the field defines it; `returns_sum` stands
    beside it, because a large order that was sent back is no sign of a good customer.

    Parameters
    ----------
    transactions : Table, one row per order line
        Columns customer_id, order_id, ordered_at, is_return, [revenue].
    as_of : date
        Last day the features may see, inclusive.
    observation_days : int, default 365
        Length of the observation window that ends on as_of.

    Returns
    -------
    Table, one row per customer with an order in the window, sorted by customer
        customer_id : str
        recency_days : int, days from the last order to as_of; 0 is as_of itself
        frequency_orders : int, orders in the window, the first one included
        tenure_days : int, days from the first order in all the data to as_of
        monetary_mean : decimal, revenue per order, source currency; absent without prices
        revenue_sum : decimal, revenue of the window before returns; absent without prices
        returns_sum : decimal, value sent back in the window, zero or negative; absent likewise
        net_revenue_sum : decimal, revenue_sum + returns_sum; absent likewise
    """
    seen = windows.observation(transactions, as_of, observation_days, "ordered_at")
    rows = _per_customer(order_rows(seen), as_of)
    first = _first_orders(windows.up_to(transactions, as_of, "ordered_at"), as_of)
    rows = rows.inner_join(first, "customer_id")
    if "revenue" in seen.columns:
        rows = _with_returns(rows, seen)
    return rows.order_by("customer_id")


def _per_customer(orders: ir.Table, as_of: dt.date) -> ir.Table:
    money = {}
    if "revenue" in orders.columns:
        money["revenue_sum"] = orders.revenue.sum()
        money["monetary_mean"] = orders.revenue.sum().cast("float64") / orders.count()
    return orders.group_by("customer_id").aggregate(
        recency_days=windows.days_before(orders.ordered_at.max(), as_of),
        frequency_orders=orders.count(),
        **money,
    )


def _first_orders(seen: ir.Table, as_of: dt.date) -> ir.Table:
    sales = seen.filter(seen.customer_id.notnull(), ~seen.is_return)
    return sales.group_by("customer_id").aggregate(
        tenure_days=windows.days_before(sales.ordered_at.min(), as_of)
    )


def _with_returns(rows: ir.Table, seen: ir.Table) -> ir.Table:
    returned = seen.filter(seen.customer_id.notnull(), seen.is_return)
    sums = returned.group_by("customer_id").aggregate(returns_sum=returned.revenue.sum())
    joined = rows.left_join(sums, "customer_id").drop("customer_id_right")
    joined = joined.mutate(returns_sum=joined.returns_sum.fill_null(0))
    return joined.mutate(net_revenue_sum=joined.revenue_sum + joined.returns_sum)
