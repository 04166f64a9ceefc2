"""Baskets: order lines -> one row per order and product, returns and non-products left out."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows

PRODUCT = "product"
NO_PROMOTION = ["", "none", "no", "0", "false"]


def basket_lines(
    transactions: ir.Table,
    products: ir.Table | None = None,
    *,
    as_of: dt.date,
    observation_days: int = 365,
    later_days: int = 90,
    level: str = PRODUCT,
) -> ir.Table:
    """Which product was in which order, in the observation window.

    A product counts once per order, however many units or lines. Returns
    (negative quantity), adjustments and codes that are no product (postage,
    fees) are not part of a basket. A table without dates has no window: all of
    its orders are taken.

    Parameters
    ----------
    transactions : Table, one row per order line
        Columns order_id, product_id and, where the source has them, ordered_at,
        quantity, is_return, is_product, promotion.
    products : Table, one row per product, optional
        Holds the level where it is not the product itself.
    as_of : date
        Last day of the window, inclusive.
    observation_days : int, default 365
        Length of the window that ends on as_of, in days.
    later_days : int, default 90
        Length of its last part, in days, in which rules of the earlier part are checked.
    level : str, default "product"
        What stands in a basket, as for :func:`at_level`.

    Returns
    -------
    Table, one row per order and product
        order_id : text
        product_id : text, at another level the category or attribute
        quarter : text, calendar quarter of the order such as 2026Q3
            (only where the source has dates, like the next)
        is_later : bool, the order lies in the last later_days of the window
        is_promoted : bool, every line of the product in the order was sold on promotion
            (only where the source has promotions)
    """
    lines = product_lines(at_level(transactions, products, level))
    if "ordered_at" in lines.columns:
        lines = windows.observation(lines, as_of, observation_days, "ordered_at")
        earlier = windows.up_to(lines, as_of - later_days * windows.ONE_DAY, "ordered_at")
        later = windows.observation(lines, as_of, later_days, "ordered_at")
        lines = ibis.union(earlier.mutate(is_later=False), later.mutate(is_later=True))
    keys = ["order_id", "product_id"]
    return lines.group_by(keys).aggregate(**_details(lines)).select(*_kept(lines)).order_by(keys)


def at_level(transactions: ir.Table, products: ir.Table | None, level: str) -> ir.Table:
    """Order lines whose product_id is that of the level: the product, its category or an attribute.

    For shops whose products are too many to stand in pairs. Lines of products without a value
    at that level get an empty product_id and are in no basket.

    Parameters
    ----------
    transactions : Table, one row per order line
    products : Table, one row per product, optional
    level : str
        "product", or a column of products, else of transactions, such as "category".

    Returns
    -------
    Table, one row per order line, the columns of transactions

    Raises
    ------
    ValueError
        If no table has such a column.
    """
    if level == PRODUCT:
        return transactions
    if products is not None and level in products.columns:
        named = products.select(known_id="product_id", level_value=products[level].cast("string"))
        joined = transactions.left_join(named, transactions.product_id == named.known_id)
        return joined.mutate(product_id=joined.level_value).select(*transactions.columns)
    if level in transactions.columns:
        return transactions.mutate(product_id=transactions[level].cast("string"))
    known = () if products is None else products.columns
    offered = [PRODUCT, *(name for name in known if name not in ("product_id", "unit_cost"))]
    raise ValueError(
        f"level: '{level}' is no column of products; found {', '.join(offered)}. Choose one of "
        "them, or map the column under products: in the source file."
    )


def product_lines(transactions: ir.Table) -> ir.Table:
    """Order lines that put a product into a basket, whenever they were.

    Parameters
    ----------
    transactions : Table, one row per order line
        As in :func:`basket_lines`.

    Returns
    -------
    Table, one row per order line
        The columns of transactions, without returns, non-products and lines
        that lack an order or a product.
    """
    has_keys = transactions["order_id"].notnull() & transactions["product_id"].notnull()
    return transactions.filter(has_keys, *_sold_products(transactions))


def _sold_products(lines: ir.Table) -> list[ir.BooleanValue]:
    checks = []
    if "is_product" in lines.columns:
        checks.append(lines["is_product"].fill_null(True))
    if "is_return" in lines.columns:
        checks.append(~lines["is_return"].fill_null(False))
    if "quantity" in lines.columns:
        checks.append(lines["quantity"].fill_null(1) > 0)
    return checks


def _details(lines: ir.Table) -> dict[str, ir.Value]:
    details: dict[str, ir.Value] = {"line_count": lines.count()}
    if "is_later" in lines.columns:
        first = lines["ordered_at"].min()
        quarter = first.year().cast(str) + "Q" + first.quarter().cast(str)
        details |= {"quarter": quarter, "is_later": lines["is_later"].all()}
    if "promotion" in lines.columns:
        details["is_promoted"] = _is_promoted(lines["promotion"]).all()
    return details


def _kept(lines: ir.Table) -> list[str]:
    return ["order_id", "product_id", *(c for c in _details(lines) if c != "line_count")]


def _is_promoted(promotion: ir.Value) -> ir.BooleanValue:
    """Promotion is a flag in some sources and a name, empty for none, in others."""
    if promotion.type().is_boolean():
        return promotion.fill_null(False)
    if promotion.type().is_numeric():
        return promotion.fill_null(0) != 0
    return ~promotion.fill_null(ibis.literal("")).strip().lower().isin(NO_PROMOTION)
