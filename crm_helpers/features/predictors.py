"""Predictors of what a customer does next: order lines -> one row per customer as of a date."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.features.orders import order_rows, sale_lines

YEAR_DAYS = 365
RECENT_PARTS = 4


def customer_predictors(
    transactions: ir.Table,
    products: ir.Table | None = None,
    *,
    as_of: dt.date,
    observation_days: int = 365,
    coming_days: int = 90,
) -> ir.Table:
    """Habits of each customer in the observation window: rhythm, trend, spend, breadth.

    Nothing from before the window is used, so that a customer looks the same from
    every origin, however far the data reach back.

    Parameters
    ----------
    transactions : Table, one row per order line
        Columns customer_id, order_id, ordered_at, is_return, [product_id], [revenue], [margin],
        [promotion].
    products : Table, one row per product, optional
        Column category.
    as_of : date
        Last day the features may see, inclusive.
    observation_days : int, default 365
        Length of the window that ends on as_of.
    coming_days : int, default 90
        Days ahead whose season, last year, scales the orders to expect.

    Returns
    -------
    Table, one row per customer with an order in the window, sorted by customer
        customer_id : str
        recency_days : int, days from the last order to as_of
        frequency_orders : int, orders in the window
        first_order_age_days : int, days from the first order in the window to as_of
        gap_median_days : float, the customer's usual days between orders; empty for one order
        gap_last_days : int, days between the last two orders; empty for one order
        overdue_ratio : float, recency over the usual gap; empty for one order
        recent_orders : int, orders in the last quarter of the window
        orders_trend : float, recent orders x 4 / orders since the first one's quarter
        expected_orders : float, orders to expect in the coming days at his rate and season
        weekend_share : float in [0, 1], orders on Saturday or Sunday
        [products_count, categories_count] : int, different ones bought
        lines_mean : float, lines per order
        [promotion_share] : float in [0, 1], lines bought on promotion
        [revenue_sum, monetary_mean, revenue_recent_share, returns_share, margin_sum]
    """
    seen = windows.observation(transactions, as_of, observation_days, "ordered_at")
    recent_days = max(1, observation_days // RECENT_PARTS)
    rows = _rhythm(seen, as_of, recent_days)
    breadth = _breadth(seen, products)
    rows = rows if breadth is None else _joined(rows, breadth)
    if "revenue" in seen.columns:
        rows = _joined(rows, _money(seen, as_of, recent_days))
    season = _season(transactions, as_of, observation_days, coming_days)
    return _with_rates(rows, season, observation_days).order_by("customer_id")


def _rhythm(seen: ir.Table, as_of: dt.date, recent_days: int) -> ir.Table:
    orders = order_rows(seen)
    in_time = ibis.window(group_by="customer_id", order_by=["ordered_at", "order_id"])
    before = orders.ordered_at.lag().over(in_time)
    orders = orders.mutate(
        gap=windows.days_between(before, orders.ordered_at),
        age=windows.days_before(orders.ordered_at, as_of),
        place=ibis.row_number().over(
            ibis.window(
                group_by="customer_id",
                order_by=[ibis.desc("ordered_at"), ibis.desc("order_id")],
            )
        ),
    )
    return orders.group_by("customer_id").aggregate(
        recency_days=orders.age.min(),
        frequency_orders=orders.count(),
        first_order_age_days=orders.age.max(),
        gap_median_days=orders.gap.median(),
        gap_last_days=orders.gap.max(where=orders.place == 0),
        recent_orders=(orders.age < recent_days).sum(),
        weekend_share=(orders.ordered_at.day_of_week.index() >= 5).cast("float64").mean(),
        lines_mean=orders.lines_count.mean(),
    )


def _breadth(seen: ir.Table, products: ir.Table | None) -> ir.Table | None:
    """Kinds of things bought; nothing where the source has neither products nor promotions."""
    lines = sale_lines(seen)
    counts = {}
    has_products = "product_id" in lines.columns
    if has_products and products is not None and "category" in products.columns:
        kinds = products.select(known_id="product_id", category="category")
        lines = lines.left_join(kinds, lines.product_id == kinds.known_id)
        counts["categories_count"] = lines.category.nunique()
    if "promotion" in lines.columns:
        counts["promotion_share"] = lines.promotion.notnull().cast("float64").mean()
    if has_products:
        counts["products_count"] = lines.product_id.nunique()
    return lines.group_by("customer_id").aggregate(**counts) if counts else None


def _money(seen: ir.Table, as_of: dt.date, recent_days: int) -> ir.Table:
    known = seen.filter(seen.customer_id.notnull())
    age = windows.days_before(known.ordered_at, as_of)
    sums = {
        "revenue_sum": known.revenue.sum(where=~known.is_return),
        "revenue_recent": known.revenue.sum(where=~known.is_return & (age < recent_days)),
        "returns_sum": known.revenue.sum(where=known.is_return),
    }
    if "margin" in known.columns:
        sums["margin_sum"] = known.margin.sum()
    money = known.group_by("customer_id").aggregate(**sums)
    amounts = {name: money[name].cast("float64").fill_null(0.0) for name in sums}
    positive = amounts["revenue_sum"] > 0
    shares = {
        "revenue_recent_share": amounts["revenue_recent"] / amounts["revenue_sum"],
        "returns_share": -amounts["returns_sum"] / amounts["revenue_sum"],
    }
    kept = {name: amounts[name] for name in ("revenue_sum", "margin_sum") if name in amounts}
    by_sales = {name: ibis.ifelse(positive, share, 0.0) for name, share in shares.items()}
    return money.select("customer_id", **kept, **by_sales)


def _season(
    transactions: ir.Table, as_of: dt.date, observation_days: int, coming_days: int
) -> ir.Value:
    """Orders of the coming days over orders of the window, by last year or by length."""
    by_length = ibis.literal(coming_days / observation_days)
    if observation_days < YEAR_DAYS or coming_days > YEAR_DAYS:
        return by_length
    year = windows.observation(sale_lines(transactions), as_of, YEAR_DAYS, "ordered_at")
    last_year = as_of - YEAR_DAYS * windows.ONE_DAY
    season = windows.outcome(year, last_year, coming_days, "ordered_at")
    share = season.order_id.nunique().as_scalar() / year.order_id.nunique().as_scalar()
    return share * YEAR_DAYS / observation_days


def _with_rates(rows: ir.Table, season: ir.Value, observation_days: int) -> ir.Table:
    """Rates of a customer seen for part of the window count that part alone."""
    known_days = (rows.first_order_age_days + 1).cast("float64")
    quarter = observation_days / RECENT_PARTS
    since = ibis.greatest(known_days, quarter) / quarter
    # DuckDB's greatest() passes over an empty gap: one order has no rhythm to be late by.
    usual = ibis.ifelse(rows.gap_median_days < 1, 1.0, rows.gap_median_days)
    rates = {
        "overdue_ratio": rows.recency_days / usual,
        "orders_trend": rows.recent_orders * since / rows.frequency_orders,
        "expected_orders": rows.frequency_orders
        * season
        * observation_days
        / ibis.greatest(known_days, quarter),
    }
    if "revenue_sum" in rows.columns:
        rates["monetary_mean"] = rows.revenue_sum / rows.frequency_orders
    return rows.mutate(**rates)


def _joined(left: ir.Table, right: ir.Table) -> ir.Table:
    return left.left_join(right, "customer_id").drop("customer_id_right")
