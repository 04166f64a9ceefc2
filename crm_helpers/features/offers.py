"""Offers by rule: what customers bought, and rules -> who has the one side and not the other."""

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from crm_helpers.features import windows
from crm_helpers.features.baskets import PRODUCT, at_level, product_lines


def products_bought(
    transactions: ir.Table, *, as_of: dt.date, observation_days: int = 365
) -> ir.Table:
    """Which customer bought which product in the window that ends on as_of.

    Returned products count as not bought only when the source lists no sale of
    them. A source without customers gives no row.

    Parameters
    ----------
    transactions : Table, one row per order line
        Columns order_id, product_id, and where the source has them customer_id, ordered_at.
    as_of : date
        Last day of the window, inclusive.
    observation_days : int, default 365
        Length of the window, in days.

    Returns
    -------
    Table, one row per customer and product
        customer_id : text
        product_id : text
    """
    return _of_customers(_window(transactions, as_of, observation_days))


def products_bought_next(
    transactions: ir.Table, *, as_of: dt.date, outcome_days: int = 90
) -> ir.Table:
    """Which customer bought which product in the days that follow as_of.

    Parameters
    ----------
    transactions : Table, one row per order line
        As in :func:`products_bought`.
    as_of : date
        Last day before the window.
    outcome_days : int, default 90
        Length of the window, in days.

    Returns
    -------
    Table, one row per customer and product
        customer_id : text
        product_id : text
    """
    lines = product_lines(transactions)
    if "ordered_at" not in lines.columns:
        return _of_customers(lines.limit(0))
    return _of_customers(windows.outcome(lines, as_of, outcome_days, "ordered_at"))


def _window(transactions: ir.Table, as_of: dt.date, days: int) -> ir.Table:
    lines = product_lines(transactions)
    if "ordered_at" not in lines.columns:
        return lines
    return windows.observation(lines, as_of, days, "ordered_at")


def _of_customers(lines: ir.Table) -> ir.Table:
    if "customer_id" not in lines.columns:
        lines = lines.mutate(customer_id=ibis.null("string")).limit(0)
    known = lines.filter(lines["customer_id"].notnull())
    keys = ["customer_id", "product_id"]
    return known.select(*keys).distinct().order_by(keys)


def product_value(
    transactions: ir.Table,
    products: ir.Table | None = None,
    *,
    as_of: dt.date,
    observation_days: int = 365,
    level: str = PRODUCT,
) -> ir.Table:
    """What an order of each product brings, on average over the window.

    Parameters
    ----------
    transactions : Table, one row per order line
        Columns order_id, product_id, and where known revenue and margin.
    products : Table, one row per product, optional
    as_of : date
        Last day of the window, inclusive.
    observation_days : int, default 365
        Length of the window, in days.
    level : str, default "product"
        As for `features.baskets.at_level`.

    Returns
    -------
    Table, one row per product
        product_id : text
        order_count : int, orders with the product
        revenue_per_order : decimal, empty where the source has no prices
        margin_per_order : decimal, of the orders whose cost is known; empty where none is
    """
    lines = _window(at_level(transactions, products, level), as_of, observation_days)
    for column in ("revenue", "margin"):
        if column not in lines.columns:
            lines = lines.mutate(**{column: ibis.null("decimal(18, 4)")})
    orders = lines["order_id"].nunique()
    values = lines.group_by("product_id").aggregate(
        order_count=orders,
        revenue_per_order=lines["revenue"].sum() / orders,
        margin_per_order=lines["margin"].sum()
        / lines["order_id"].nunique(where=lines["margin"].notnull()).nullif(0),
    )
    return values.order_by("product_id")


def rule_offers(bought: ir.Table, rules: pd.DataFrame) -> ir.Table:
    """Customers who bought all of a rule's antecedent and not yet its consequent.

    Parameters
    ----------
    bought : Table, one row per customer and product
        As from :func:`products_bought`.
    rules : DataFrame, one row per rule
        rule_id : int
        antecedent_ids : tuple of text, product ids; empty for everybody who bought anything
        consequent_id : text, product id

    Returns
    -------
    Table, one row per customer and rule
        customer_id : text
        rule_id : int
        consequent_id : text
    """
    fits = _fitting(bought, rules)
    has_it = bought.select(owner="customer_id", owned="product_id")
    return fits.anti_join(
        has_it, [fits["customer_id"] == has_it["owner"], fits["consequent_id"] == has_it["owned"]]
    )


def _fitting(bought: ir.Table, rules: pd.DataFrame) -> ir.Table:
    """Customers and rules whose whole antecedent they bought."""
    sides = rules[["rule_id", "consequent_id"]].assign(size=rules["antecedent_ids"].map(len))
    exploded = rules[["rule_id", "antecedent_ids"]].explode("antecedent_ids").dropna()
    items = _table(exploded.rename(columns={"antecedent_ids": "product_id"}), product_id=str)
    heads = _table(sides, consequent_id=str, size="int64")
    held = bought.inner_join(items, "product_id").group_by(["customer_id", "rule_id"])
    held = held.aggregate(held_count=ibis._.count())
    fits = held.inner_join(heads, "rule_id").filter(lambda t: t["held_count"] == t["size"])
    everybody = bought.select("customer_id").distinct()
    free = everybody.cross_join(heads.filter(heads["size"] == 0))
    columns = ["customer_id", "rule_id", "consequent_id"]
    return ibis.union(fits.select(*columns), free.select(*columns))


def _table(frame: pd.DataFrame, **types: object) -> ir.Table:
    """Frame as a table of stated types, also when it has no rows."""
    schema = {"rule_id": "int64"} | {name: "string" if t is str else t for name, t in types.items()}
    rows = frame.astype({"rule_id": "int64"})[list(schema)]
    return ibis.memtable(rows.reset_index(drop=True), schema=ibis.schema(schema))


def best_offers(offers: ir.Table, rules: pd.DataFrame, *, by: str) -> ir.Table:
    """One offer per customer: the rule that scores highest.

    Parameters
    ----------
    offers : Table, one row per customer and rule
        As from :func:`rule_offers`.
    rules : DataFrame, one row per rule
        rule_id, and the score by which rules are preferred; higher is better.
    by : str
        Column of the score; among equal scores the smaller rule_id comes first.

    Returns
    -------
    Table, one row per customer
        customer_id : text
        rule_id : int
        consequent_id : text
    """
    scores = _table(rules[["rule_id"]].assign(score=rules[by].astype(float)), score="float64")
    scored = offers.inner_join(scores, "rule_id")
    first = ibis.window(
        group_by=scored["customer_id"], order_by=[scored["score"].desc(), scored["rule_id"]]
    )
    ranked = scored.mutate(place=ibis.row_number().over(first))
    best = ranked.filter(ranked["place"] == 0)
    return best.select("customer_id", "rule_id", "consequent_id").order_by("customer_id")


def offer_outcomes(offers: ir.Table, bought_next: ir.Table) -> ir.Table:
    """How many of those a rule would have been offered to bought its consequent next.

    Parameters
    ----------
    offers : Table, one row per customer and rule
        Known on the day before the outcome window.
    bought_next : Table, one row per customer and product
        As from :func:`products_bought_next`.

    Returns
    -------
    Table, one row per rule
        rule_id : int
        customers : int, customers the rule fits
        buyers : int, those of them who bought the consequent in the outcome window
    """
    next_one = bought_next.select(
        customer_id="customer_id", consequent_id="product_id", buyer="customer_id"
    )
    seen = offers.left_join(next_one, ["customer_id", "consequent_id"])
    counts = seen.group_by("rule_id").aggregate(
        customers=seen["customer_id"].count(), buyers=seen["buyer"].count()
    )
    return counts.order_by("rule_id")
