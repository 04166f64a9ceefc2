"""Lost customers and who came back: order lines -> one row per customer."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.features.orders import order_rows, sale_lines


def lost_customers(
    transactions: ir.Table, *, as_of: dt.date, lost_days: int = 180, memory_days: int = 730
) -> ir.Table:
    """Customers without an order for so long that they count as lost, and what they were like.

    Parameters
    ----------
    transactions : Table, one row per order line
    as_of : date
        Last day that counts, inclusive.
    lost_days : int, default 180
        Days without an order from which a customer is lost.
    memory_days : int, default 730
        Days looked back at most, so that all origins see equally much.

    Returns
    -------
    Table, one row per lost customer, sorted by customer
        customer_id : str
        recency_days : int, at least lost_days
        frequency_orders, active_days : int, orders, and days from first to last of them
        gap_mean_days : float, mean days between orders; missing for one order
        monetary_mean, revenue_sum, margin_sum : float, where the source has prices and cost
    """
    seen = windows.observation(transactions, as_of, memory_days, "ordered_at")
    orders = order_rows(seen)
    orders = orders.mutate(age=windows.days_before(orders.ordered_at, as_of))
    sums = {
        f"{name}_sum": orders[name].sum().cast("float64")
        for name in ("revenue", "margin")
        if name in orders.columns
    }
    rows = orders.group_by("customer_id").aggregate(
        recency_days=orders.age.min(),
        frequency_orders=orders.count(),
        active_days=orders.age.max() - orders.age.min(),
        **sums,
    )
    rows = rows.filter(rows.recency_days >= lost_days)
    more = (rows.frequency_orders - 1).nullif(0)
    rows = rows.mutate(gap_mean_days=rows.active_days / more)
    if "revenue_sum" in rows.columns:
        rows = rows.mutate(monetary_mean=rows.revenue_sum / rows.frequency_orders)
    return rows.order_by("customer_id")


def came_back(
    transactions: ir.Table,
    *,
    as_of: dt.date,
    outcome_days: int = 90,
    lost_days: int = 180,
    memory_days: int = 730,
) -> ir.Table:
    """Whether each of the lost customers ordered again in the outcome window.

    Parameters
    ----------
    transactions : Table, one row per order line
    as_of : date
        Last day before the outcome window, inclusive.
    outcome_days : int, default 90
        Length of the window that starts the day after as_of.
    lost_days, memory_days : int
        As for `lost_customers`.

    Returns
    -------
    Table, one row per lost customer, sorted by customer
        customer_id : str
        returned : bool
    """
    lost = lost_customers(
        transactions, as_of=as_of, lost_days=lost_days, memory_days=memory_days
    ).select("customer_id")
    after = windows.outcome(sale_lines(transactions), as_of, outcome_days, "ordered_at")
    back = after.select(buyer=after.customer_id).distinct()
    rows = lost.left_join(back, lost.customer_id == back.buyer)
    return rows.select("customer_id", returned=rows.buyer.notnull()).order_by("customer_id")


def second_lives(
    transactions: ir.Table, *, as_of: dt.date, lost_days: int = 180, follow_days: int = 365
) -> ir.Table:
    """What customers brought who came back after having been lost.

    A return counts when the days after it were over by as_of.

    Parameters
    ----------
    transactions : Table, one row per order line
    as_of : date
        Last day that counts, inclusive.
    lost_days : int, default 180
        Days without an order after which a customer was lost.
    follow_days : int, default 365
        Days from the order of the return that are followed.

    Returns
    -------
    Table, one row per customer and return, sorted by both
        customer_id : str
        away_days : int, days without an order before the return
        second_orders : int, the order of the return included
        second_revenue, second_margin : float, where the source has prices and cost
    """
    orders = order_rows(windows.up_to(transactions, as_of, "ordered_at"))
    in_time = ibis.window(group_by="customer_id", order_by=["ordered_at", "order_id"])
    gap = windows.days_between(orders.ordered_at.lag().over(in_time), orders.ordered_at)
    starts = orders.mutate(away_days=gap)
    starts = windows.up_to(starts, as_of - follow_days * windows.ONE_DAY, "ordered_at")
    starts = starts.filter(starts.away_days >= lost_days).select(
        "away_days", "customer_id", returned_at="ordered_at"
    )
    pairs = orders.inner_join(starts, "customer_id")
    after = windows.days_between(pairs.returned_at, pairs.ordered_at)
    pairs = pairs.filter(after.between(0, follow_days - 1))
    money = {
        f"second_{name}": pairs[name].sum().cast("float64")
        for name in ("revenue", "margin")
        if name in pairs.columns
    }
    rows = pairs.group_by("customer_id", "returned_at", "away_days").aggregate(
        second_orders=pairs.count(), **money
    )
    return rows.order_by("customer_id", "returned_at").drop("returned_at")
