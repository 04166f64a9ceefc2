"""Customers won by each channel and what they brought: leads and orders -> one row per customer."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.features.leads import winning_leads

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

    Customers count when those days were over by as_of. Days count from the conversion, of
    several leads of one customer from the first. Money is after returns, which count on the day
    they came back.

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
        customer_id, lead_id, channel : str
        followed_orders : int
        followed_revenue, [followed_margin], [followed_uncosted] : float, after returns; revenue,
        margin of what has a known cost, and revenue of what has none; empty where any line of the
        customer has no price
        is_lost : bool, no order in the last lost_days of the days followed
    """
    won = winning_leads(leads, until=as_of - follow_days * windows.ONE_DAY)
    who = won.select("customer_id", "lead_id", channel=_channel(won))
    if transactions is None:
        return who.order_by("customer_id")
    lines = _followed(won, transactions).filter(lambda line: line.day <= follow_days)
    late = ~lines.is_return & (lines.day > follow_days - lost_days)
    sums = lines.group_by("customer_id").aggregate(
        followed_orders=lines.order_id.nunique(where=~lines.is_return),
        is_lost=~late.any(),
        **_money(lines),
    )
    rows = who.left_join(sums, "customer_id").drop("customer_id_right")
    none = rows.followed_orders.isnull()
    told = [name for name in rows.columns if name.startswith("followed_")]
    zeros = {name: ibis.ifelse(none, 0, rows[name]) for name in told}
    return rows.mutate(is_lost=none | rows.is_lost, **zeros).order_by("customer_id")


def channel_months(
    leads: ir.Table,
    transactions: ir.Table,
    *,
    as_of: dt.date,
    follow_months: int = 24,
    margin_share: float,
) -> ir.Table:
    """Money of the customers of each channel by month since they were won, after returns.

    A month has 30 days and counts for customers observed through all of it. Customers with a
    line without a price are left out.

    Parameters
    ----------
    leads : Table, one row per lead
    transactions : Table, one row per order line
    as_of : date
        Last day that counts, inclusive.
    follow_months : int, default 24
        Months followed at most.
    margin_share : float
        Share of revenue that stays as margin, where no cost is known.

    Returns
    -------
    Table, one row per channel and month, sorted by both
        group : str, the channel
        month : int, 1 is the first
        customers_observed : int
        money_sum : float, margin
    """
    seen = windows.up_to(transactions, as_of, "ordered_at")
    won = winning_leads(leads, until=as_of)
    unpriced = seen.filter(seen.revenue.isnull(), seen.customer_id.notnull())
    won = won.anti_join(unpriced.select("customer_id"), "customer_id")
    won = won.select(
        "customer_id",
        "converted_on",
        group=_channel(won),
        months=windows.days_before(won.converted_on, as_of) // MONTH_DAYS,
    )
    months = ibis.range(1, follow_months + 1).unnest().name("month").as_table()
    grid = won.cross_join(months).filter(lambda row: row.month <= row.months)
    watched = grid.group_by("group", "month").aggregate(customers_observed=grid.count())
    money = _money_by_month(won, seen, margin_share)
    rows = watched.left_join(money, ["group", "month"]).drop("group_right", "month_right")
    return rows.mutate(money_sum=rows.money_sum.fill_null(0.0)).order_by("group", "month")


def _followed(won: ir.Table, transactions: ir.Table) -> ir.Table:
    """Lines of customers won, returns included, with the day since the conversion.

    One row of won per customer, so that no line is counted twice.
    """
    starts = won.select("customer_id", "converted_on")
    known = transactions.filter(transactions.customer_id.notnull())
    lines = known.inner_join(starts, "customer_id")
    day = windows.days_between(lines.converted_on, lines.ordered_at)
    return lines.mutate(day=day).filter(day >= 0)


def _money(lines: ir.Table) -> dict[str, ir.Value]:
    """Sums of money of lines; unknown where a price is."""
    if "revenue" not in lines.columns:
        return {}
    parts = {"revenue": lines.revenue.sum()}
    if "margin" in lines.columns:
        uncosted = lines.revenue.sum(where=lines.margin.isnull())
        parts["margin"] = lines.margin.sum().fill_null(0)
        parts["uncosted"] = uncosted.fill_null(0)
    priced = ~lines.revenue.isnull().any()
    return {
        f"followed_{name}": ibis.ifelse(priced, amount.cast("float64"), ibis.null("float64"))
        for name, amount in parts.items()
    }


def _money_by_month(won: ir.Table, transactions: ir.Table, margin_share: float) -> ir.Table:
    lines = _followed(won, transactions)
    lines = lines.mutate(month=lines.day // MONTH_DAYS + 1)
    lines = lines.inner_join(won.select("customer_id", "group", "months"), "customer_id")
    lines = lines.filter(lines.month <= lines.months)
    assumed = lines.revenue.cast("float64") * margin_share
    amount = assumed
    if "margin" in lines.columns:
        amount = lines.margin.cast("float64").coalesce(assumed)
    return lines.group_by("group", "month").aggregate(money_sum=amount.sum())


def _channel(leads: ir.Table) -> ir.Value:
    if "channel" not in leads.columns:
        return ibis.literal("not stated")
    return leads.channel.fill_null("not stated")
