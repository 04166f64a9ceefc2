"""Used transactions -> the same with revenue, is_return, is_product and margin."""

import ibis
import ibis.expr.types as ir

MONEY = "decimal(18, 4)"


def with_derived(transactions: ir.Table, products: ir.Table | None = None) -> ir.Table:
    """Transactions with the columns that every report counts by.

    Parameters
    ----------
    transactions : ibis table, one row per order line
    products : ibis table, one row per product, optional
        Gives ``unit_cost`` and ``is_product`` where the transactions do not have them.

    Returns
    -------
    ibis table
        quantity : 1 where the source has none
        is_return : quantity below zero
        is_product : true unless the source says otherwise
        revenue : quantity x unit_price, where there is a price
        margin : quantity x (unit_price - unit_cost), where there is a cost; empty where it is
    """
    table = _from_products(transactions, products)
    if "quantity" not in table.columns:
        table = table.mutate(quantity=ibis.literal(1).cast("decimal(18, 3)"))
    known = (
        table.is_product.fill_null(True) if "is_product" in table.columns else ibis.literal(True)
    )
    table = table.mutate(is_return=table.quantity < 0, is_product=known)
    if "unit_price" not in table.columns:
        return table
    table = table.mutate(revenue=_money(table.quantity * table.unit_price))
    if "unit_cost" not in table.columns:
        return table
    return table.mutate(margin=_money(table.quantity * (table.unit_price - table.unit_cost)))


def _money(product: ir.DecimalValue) -> ir.DecimalValue:
    # Ibis takes the product for DECIMAL(18, 4) already and would leave out the plain cast.
    return product.cast("decimal(38, 7)").cast(MONEY)


def _from_products(transactions: ir.Table, products: ir.Table | None) -> ir.Table:
    if products is None or "product_id" not in transactions.columns:
        return transactions
    wanted = [
        name
        for name in ("unit_cost", "is_product")
        if name in products.columns and name not in transactions.columns
    ]
    if not wanted:
        return transactions
    joined = transactions.left_join(products.select("product_id", *wanted), "product_id")
    return joined.select(*transactions.columns, *wanted)
