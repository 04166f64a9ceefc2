"""First purchases and what followed: order lines -> one row per customer."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.features.orders import known_sum, sale_lines

WITHOUT = "no promotion"


def first_purchases(
    transactions: ir.Table,
    customers: ir.Table | None = None,
    *,
    as_of: dt.date,
    follow_days: int = 365,
) -> ir.Table:
    """First order of each customer, the promotion in it, and orders in the days that followed.

    Customers count when those days were over by as_of. Where the source knows when a customer
    joined, those who joined before the data begin are left out: their first order is not here.

    Parameters
    ----------
    transactions : Table, one row per order line
    customers : Table, one row per customer, optional
        Column joined_on.
    as_of : date
        Last day that counts, inclusive.
    follow_days : int, default 365
        Days after the first order in which later orders count.

    Returns
    -------
    Table, one row per customer, sorted by customer
        customer_id : str
        first_promotion : str, the one of most lines, of equals the first by name; or "no promotion"
        promotion_share : float in [0, 1], lines of the first order on promotion
        first_revenue, later_revenue, later_margin : float, before returns, where the source has
        prices and cost; empty where one of the lines has none
        later_orders : int, on later days
        later_promotion_share : float, lines on promotion; empty where no order followed
    """
    seen = sale_lines(windows.up_to(transactions, as_of, "ordered_at"))
    first = _first_orders(seen)
    last = as_of - follow_days * windows.ONE_DAY
    first = windows.up_to(first, last, "first_ordered_at")
    if customers is not None and "joined_on" in customers.columns:
        first = _of_new_customers(first, customers, seen)
    rows = first.left_join(_later(seen, first, follow_days), "customer_id")
    rows = rows.drop("customer_id_right", "first_ordered_at")
    none = rows.later_orders.isnull()
    sums = ("later_orders", "later_revenue", "later_margin")
    zeros = {c: ibis.ifelse(none, 0, rows[c]) for c in sums if c in rows.columns}
    return rows.mutate(**zeros).order_by("customer_id")


def _first_orders(seen: ir.Table) -> ir.Table:
    promotion = _promotion(seen)
    starts = seen.group_by("customer_id").aggregate(first_ordered_at=seen.ordered_at.min())
    lines = seen.mutate(promoted=promotion).inner_join(starts, "customer_id")
    of_first = lines.filter(lines.ordered_at.date() == lines.first_ordered_at.date())
    money = {}
    if "revenue" in seen.columns:
        money["first_revenue"] = known_sum(of_first.revenue)
    first = of_first.group_by("customer_id", "first_ordered_at").aggregate(
        promotion_share=of_first.promoted.notnull().cast("float64").mean(), **money
    )
    rows = first.left_join(_most_used(of_first), "customer_id").drop("customer_id_right")
    return rows.mutate(first_promotion=rows.first_promotion.fill_null(WITHOUT))


def _most_used(lines: ir.Table) -> ir.Table:
    """Promotion with the most lines of each customer who has any; of equals the first by name."""
    held = lines.filter(lines.promoted.notnull())
    counts = held.group_by("customer_id", first_promotion=held.promoted).aggregate(n=held.count())
    order = [counts.n.desc(), counts.first_promotion]
    most = ibis.row_number().over(ibis.window(group_by="customer_id", order_by=order))
    return counts.mutate(place=most).filter(lambda row: row.place == 0).drop("n", "place")


def _promotion(seen: ir.Table) -> ir.Value:
    if "promotion" not in seen.columns:
        return ibis.null("string")
    return seen.promotion.nullif("")


def _of_new_customers(first: ir.Table, customers: ir.Table, seen: ir.Table) -> ir.Table:
    known = customers.select("customer_id", "joined_on")
    joined = first.inner_join(known, "customer_id")
    begin = seen.aggregate(begin=seen.ordered_at.min().date())
    joined = joined.cross_join(begin)
    since = windows.days_between(joined.begin, joined.joined_on)
    return joined.filter(since >= 0).select(*first.columns)


def _later(seen: ir.Table, first: ir.Table, follow_days: int) -> ir.Table:
    starts = first.select("customer_id", "first_ordered_at")
    lines = seen.mutate(promoted=_promotion(seen)).inner_join(starts, "customer_id")
    after = windows.days_between(lines.first_ordered_at, lines.ordered_at)
    lines = lines.filter(after.between(1, follow_days))
    money = {
        f"later_{name}": known_sum(lines[name])
        for name in ("revenue", "margin")
        if name in lines.columns
    }
    return lines.group_by("customer_id").aggregate(
        later_orders=lines.order_id.nunique(),
        later_promotion_share=lines.promoted.notnull().cast("float64").mean(),
        **money,
    )
