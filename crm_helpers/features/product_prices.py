"""Order lines of two quarters -> one row per product with its price in each."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import quarters, windows


def product_prices(
    transactions: ir.Table, products: ir.Table | None = None, *, as_of: dt.date
) -> ir.Table:
    """Median price of each product in the quarter up to as_of and in the quarter before it.

    A promotion of a few weeks does not move a median; a new list price does.

    Parameters
    ----------
    transactions : Table, one row per order line
        Columns product_id, ordered_at, quantity, unit_price.
    products : Table, one row per product, optional
        Gives the category.
    as_of : date
        Last day that counts, inclusive.

    Returns
    -------
    Table, one row per product sold in both quarters, sorted by product
        product_id : str
        category : str, "all products" where there is none
        price_then, price_now : float, median price per unit
    """
    earlier_end = quarters.default_as_of(as_of - windows.ONE_DAY)
    before = quarters.default_as_of(earlier_end - windows.ONE_DAY)
    sales = transactions.filter(~transactions.is_return & transactions.is_product)
    now = _median(windows.between(sales, "ordered_at", after=earlier_end, until=as_of))
    then = _median(windows.between(sales, "ordered_at", after=before, until=earlier_end))
    both = now.join(then.rename(price_then="price"), "product_id")
    both = both.select("product_id", "price_then", price_now=both.price)
    if products is None or "category" not in products.columns:
        return both.mutate(category=ibis.literal("all products")).order_by("product_id")
    named = both.left_join(products.select("product_id", "category"), "product_id")
    category = named.category.fill_null("(not known)")
    named = named.select("product_id", "price_then", "price_now", category=category)
    return named.order_by("product_id")


def _median(sales: ir.Table) -> ir.Table:
    return sales.group_by("product_id").aggregate(price=sales.unit_price.cast("float64").median())
