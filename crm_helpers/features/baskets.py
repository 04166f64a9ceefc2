"""Baskets: order lines -> one row per order and product, returns and non-products left out."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows

KEPT = ("customer_id", "ordered_at")


def basket_lines(
    transactions: ir.Table, *, as_of: dt.date, observation_days: int = 365
) -> ir.Table:
    """Which product was in which order, in the observation window.

    A product counts once per order, however many units or lines. Returns
    (negative quantity), adjustments and codes that are no product (postage,
    fees) are not part of a basket. A table without dates has no window: all of
    its orders are taken.

    Parameters
    ----------
    transactions : Table, one row per order line
        Columns order_id, product_id and, where the source has them, customer_id,
        ordered_at, is_return, is_product, promotion.
    as_of : date
        Last day of the window, inclusive.
    observation_days : int, default 365
        Length of the window that ends on as_of, in days.

    Returns
    -------
    Table, one row per order and product
        order_id : text
        product_id : text
        customer_id : text, the buyer (only where the source knows buyers; empty for a guest)
        ordered_at : timestamp, first line of the order (only where the source has dates)
        is_promoted : bool, every line of the product in the order was sold on promotion
            (only where the source has promotions)
    """
    lines = product_lines(transactions, as_of=as_of, observation_days=observation_days)
    details = {column: lines[column].min() for column in KEPT if column in lines.columns}
    if "promotion" in lines.columns:
        details["is_promoted"] = _is_promoted(lines["promotion"]).all()
    baskets = lines.group_by(["order_id", "product_id"]).aggregate(
        **(details or {"line_count": lines.count()})
    )
    if not details:
        baskets = baskets.drop("line_count")
    return baskets.order_by(["order_id", "product_id"])


def product_lines(
    transactions: ir.Table, *, as_of: dt.date, observation_days: int = 365
) -> ir.Table:
    """Order lines of the window that put a product into a basket.

    Parameters
    ----------
    transactions : Table, one row per order line
        As in :func:`basket_lines`.
    as_of : date
        Last day of the window, inclusive.
    observation_days : int, default 365
        Length of the window that ends on as_of, in days.

    Returns
    -------
    Table, one row per order line
        The columns of transactions, without returns, non-products and lines
        that lack an order or a product.
    """
    if "ordered_at" in transactions.columns:
        lines = windows.observation(transactions, as_of, observation_days, "ordered_at")
    else:
        lines = transactions
    return lines.filter(
        lines["order_id"].notnull(), lines["product_id"].notnull(), *_sold_products(lines)
    )


def _sold_products(lines: ir.Table) -> list[ir.BooleanValue]:
    checks = []
    if "is_product" in lines.columns:
        checks.append(lines["is_product"].fill_null(True))
    if "is_return" in lines.columns:
        checks.append(~lines["is_return"].fill_null(False))
    if "quantity" in lines.columns:
        checks.append(lines["quantity"].fill_null(1) > 0)
    return checks


def _is_promoted(promotion: ir.Value) -> ir.BooleanValue:
    """Promotion is a flag in some sources and a name, empty for none, in others."""
    if promotion.type().is_boolean():
        return promotion.fill_null(False)
    if promotion.type().is_numeric():
        return promotion.fill_null(0) != 0
    return ~promotion.fill_null(ibis.literal("")).strip().lower().isin(["", "none", "no", "0"])
