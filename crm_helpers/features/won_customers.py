"""Customers won by each channel and what they brought: leads and orders -> one row per customer."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.features.orders import sale_lines

MONTH_DAYS = 30


def won_customers(
    leads: ir.Table,
    transactions: ir.Table | None = None,
    *,
    as_of: dt.date,
    follow_days: int = 365,
    lost_days: int = 180,
) -> ir.Table:
    """What each customer who came as a lead brought in the days that followed.

    Customers count when those days were over by as_of. Days count from the conversion.

    Parameters
    ----------
    leads : Table, one row per lead
        Columns lead_id, customer_id, created_on, converted_on, [channel].
    transactions : Table, one row per order line, optional
    as_of : date
        Last day that counts, inclusive.
    follow_days : int, default 365
        Days after the conversion that are followed.
    lost_days : int, default 180
        Last days of those in which a customer without an order counts as lost.

    Returns
    -------
    Table, one row per customer won, sorted by customer
        customer_id, channel : str
        followed_orders : int, followed_revenue, [followed_margin] : float
        is_lost : bool, no order in the last lost_days of the days followed
    """
    last = as_of - follow_days * windows.ONE_DAY
    won = windows.up_to(leads, last, "converted_on")
    won = won.filter(won.customer_id.notnull()).select(
        "customer_id", "converted_on", channel=_channel(won)
    )
    if transactions is None:
        return won.drop("converted_on").order_by("customer_id")
    lines = sale_lines(transactions).inner_join(won.drop("channel"), "customer_id")
    day = windows.days_between(lines.converted_on, lines.ordered_at)
    lines = lines.mutate(day=day).filter(day.between(0, follow_days))
    money = {
        f"followed_{name}": lines[name].sum().cast("float64")
        for name in ("revenue", "margin")
        if name in lines.columns
    }
    sums = lines.group_by("customer_id").aggregate(
        followed_orders=lines.order_id.nunique(),
        is_lost=(lines.day > follow_days - lost_days).sum() == 0,
        **money,
    )
    rows = won.drop("converted_on").left_join(sums, "customer_id").drop("customer_id_right")
    filled = {c: rows[c].fill_null(0) for c in rows.columns if c.startswith("followed_")}
    return rows.mutate(is_lost=rows.is_lost.fill_null(True), **filled).order_by("customer_id")


def channel_months(
    leads: ir.Table, transactions: ir.Table, *, as_of: dt.date, follow_months: int = 24
) -> ir.Table:
    """Money of the customers of each channel by month since they were won.

    A month has 30 days and counts for customers observed through all of it.

    Parameters
    ----------
    leads : Table, one row per lead
    transactions : Table, one row per order line
    as_of : date
        Last day that counts, inclusive.
    follow_months : int, default 24
        Months followed at most.

    Returns
    -------
    Table, one row per channel and month, sorted by both
        group : str, the channel
        month : int, 1 is the first
        customers_observed : int
        money_sum : float, margin, or revenue where the source has no cost
    """
    seen = windows.up_to(leads, as_of, "converted_on")
    won = seen.filter(seen.customer_id.notnull()).select(
        "customer_id",
        "converted_on",
        group=_channel(seen),
        months=windows.days_before(seen.converted_on, as_of) // MONTH_DAYS,
    )
    months = ibis.range(1, follow_months + 1).unnest().name("month").as_table()
    grid = won.cross_join(months).filter(lambda row: row.month <= row.months)
    watched = grid.group_by("group", "month").aggregate(customers_observed=grid.count())
    money = _money_by_month(won, windows.up_to(transactions, as_of, "ordered_at"))
    rows = watched.left_join(money, ["group", "month"]).drop("group_right", "month_right")
    return rows.mutate(money_sum=rows.money_sum.fill_null(0.0)).order_by("group", "month")


def _money_by_month(won: ir.Table, transactions: ir.Table) -> ir.Table:
    known = transactions.filter(transactions.customer_id.notnull())
    lines = known.inner_join(won, "customer_id")
    day = windows.days_between(lines.converted_on, lines.ordered_at)
    lines = lines.mutate(month=day // MONTH_DAYS + 1).filter(day >= 0)
    lines = lines.filter(lines.month <= lines.months)
    amount = lines.margin if "margin" in lines.columns else lines.revenue
    return lines.group_by("group", "month").aggregate(money_sum=amount.sum().cast("float64"))


def _channel(leads: ir.Table) -> ir.Value:
    if "channel" not in leads.columns:
        return ibis.literal("not stated")
    return leads.channel.fill_null("not stated")
