"""Answers beside what customers bought before and after: feedback, order lines -> one row each."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.features.orders import order_rows


def answers_and_orders(
    feedback: ir.Table,
    transactions: ir.Table,
    *,
    as_of: dt.date,
    outcome_days: int = 90,
    observation_days: int = 365,
) -> ir.Table:
    """Survey answers whose following days are over, with orders before and after each.

    The day of the answer belongs to neither side.

    Parameters
    ----------
    feedback : Table, one row per statement
        Columns score, given_at, customer_id, [item], [scale].
    transactions : Table, one row per order line
    as_of : date
        Last day that counts, inclusive; an answer counts when `outcome_days` after it were seen.
    outcome_days : int, default 90
        Days after the answer in which orders count.
    observation_days : int, default 365
        Days before the answer in which orders count.

    Returns
    -------
    Table, one row per answer of a customer with an order in the days before
        customer_id, item, scale : str
        answer_age_days : int, days from the answer to as_of
        score : float, on its scale
        orders_before, orders_after : int
        recency_days : int, days from the last order before to the answer
        revenue_before, revenue_after : float, in currency; 0 without orders, empty without prices
    """
    asked = _asked(feedback, days_after=outcome_days, as_of=as_of)
    orders = order_rows(windows.up_to(transactions, as_of, "ordered_at"))
    priced = "revenue" in orders.columns
    money = orders.revenue.cast("float64") if priced else ibis.null("float64")
    orders = orders.select("customer_id", "ordered_at", money=money)
    pairs = asked.inner_join(orders, "customer_id")
    gap = windows.days_between(pairs.ordered_at, pairs.given_at)
    before, after = gap.between(1, observation_days), (-gap).between(1, outcome_days)
    rows = pairs.group_by("feedback_id").aggregate(
        customer_id=pairs.customer_id.max(),
        item=pairs.item.max(),
        scale=pairs.scale.max(),
        answer_age_days=windows.days_before(pairs.given_at.max(), as_of),
        score=pairs.score.max(),
        orders_before=before.sum(),
        orders_after=after.sum(),
        recency_days=gap.min(where=before),
        revenue_before=_sum(pairs.money, before, priced),
        revenue_after=_sum(pairs.money, after, priced),
    )
    rows = rows.filter(rows.orders_before > 0)
    return rows.order_by("feedback_id").drop("feedback_id")


def _sum(money: ir.Column, where: ir.BooleanValue, priced: bool) -> ir.Value:
    """Money of some orders: nothing where there are none, empty where no price is known."""
    total = money.sum(where=where)
    return total.fill_null(0.0).round(2) if priced else total


def _asked(feedback: ir.Table, *, days_after: int, as_of: dt.date) -> ir.Table:
    last = as_of - days_after * windows.ONE_DAY
    seen = windows.up_to(feedback, last, "given_at")
    seen = seen.filter(seen.score.notnull(), seen.customer_id.notnull())
    empty = ibis.literal("")
    return seen.select(
        "feedback_id",
        "customer_id",
        "given_at",
        score=seen.score.cast("float64"),
        item=seen.item.fill_null("") if "item" in seen.columns else empty,
        scale=seen.scale.fill_null("") if "scale" in seen.columns else empty,
    )
