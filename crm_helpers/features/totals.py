"""Sales totals that several reports state: order lines -> one row, computed once."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows


def sales_totals(transactions: ir.Table, *, as_of: dt.date) -> ir.Table:
    """Sales, returns and customers of everything up to as_of, in one row.

    All lines count, products or not (postage, discounts), duplicates kept; a line is
    a return when its quantity is negative. Net sales are sales plus returns.

    Parameters
    ----------
    transactions : Table, one row per order line
        Columns order_id, is_return, [customer_id], [ordered_at], [revenue]; a table
        without dates counts whole.
    as_of : date
        Last day that counts, inclusive.

    Returns
    -------
    Table, one row
        sale_lines, known_sale_lines, return_lines : int, order lines
        orders_count : int, orders with a sale line, guests included
        customers_with_sales : int, known customers with a sale line
        gross_sales : decimal, all sale lines
        known_customer_sales, guest_sales : decimal, sales with and without a customer_id
        returns_value, known_returns_value : decimal, zero or negative
        net_sales : decimal, gross_sales + returns_value
    """
    seen = transactions
    if "ordered_at" in seen.columns:
        seen = windows.up_to(transactions, as_of, "ordered_at")
    is_sale, is_known = ~seen.is_return, _is_known(seen)
    columns = {
        "sale_lines": is_sale.sum().fill_null(0),
        "known_sale_lines": (is_sale & is_known).sum().fill_null(0),
        "return_lines": seen.is_return.sum().fill_null(0),
        "orders_count": seen.order_id.nunique(where=is_sale),
    }
    if "customer_id" in seen.columns:
        columns["customers_with_sales"] = seen.customer_id.nunique(where=is_sale)
    if "revenue" in seen.columns:
        columns |= _money(seen, is_sale, is_known)
    return seen.aggregate(**columns)


def _is_known(seen: ir.Table) -> ir.BooleanValue:
    return seen.customer_id.notnull() if "customer_id" in seen.columns else ibis.literal(False)


def _money(
    seen: ir.Table, is_sale: ir.BooleanValue, is_known: ir.BooleanValue
) -> dict[str, ir.Value]:
    parts = {
        "gross_sales": is_sale,
        "known_customer_sales": is_sale & is_known,
        "guest_sales": is_sale & ~is_known,
        "returns_value": seen.is_return,
        "known_returns_value": seen.is_return & is_known,
    }
    sums = {name: seen.revenue.sum(where=part).fill_null(0) for name, part in parts.items()}
    return sums | {"net_sales": seen.revenue.sum().fill_null(0)}
