"""Typical amount of a company: its tables -> the median order, fee, payment, credit or response."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows

# Kinds of amounts, the first that a company has is its typical one.
ORDER, FEE, PAYMENT = "order", "monthly fee", "payment"
CREDIT, RESPONSE = "credit asked for", "response to a campaign"


@dataclass(frozen=True)
class TypicalAmount:
    """Median of one kind of amount.

    Attributes
    ----------
    kind : str
        ORDER, FEE, PAYMENT, CREDIT or RESPONSE.
    median : float, currency
    """

    kind: str
    median: float


def order_amounts(transactions: ir.Table, *, as_of: dt.date) -> ir.Table:
    """Sales of each order up to as_of, guests included, returns left out.

    Parameters
    ----------
    transactions : Table, one row per order line
        Columns order_id, is_return, [revenue], [ordered_at]; undated lines count whole.
    as_of : date
        Last day that counts, inclusive.

    Returns
    -------
    Table, one row per order
        order_id : str
        amount : float, empty where the source has no prices
    """
    lines = _until(transactions.filter(~transactions.is_return), as_of, "ordered_at")
    amount = lines.revenue.sum() if "revenue" in lines.columns else ibis.null("float64")
    sums = lines.group_by("order_id").aggregate(amount=amount.cast("float64"))
    return sums.order_by("order_id")


def typical_amount(tables: Mapping[str, ir.Table], *, until: dt.date) -> TypicalAmount | None:
    """Median amount of the first kind that the company has, or None where it has none.

    The order is: orders, monthly fees, payments, credits asked for, responses to campaigns.
    Amounts of zero or less are no size.

    Parameters
    ----------
    tables : mapping of canonical name to Table
    until : date
        Last day that counts, inclusive.
    """
    for kind, (table, column, rows_of) in _KINDS.items():
        if table in tables and column in tables[table].columns:
            rows = rows_of(tables[table], until)
            median = rows.filter(rows.amount > 0).amount.median().to_pyarrow().as_py()
            if median:
                return TypicalAmount(kind, float(median))
    return None


def _until(rows: ir.Table, as_of: dt.date, column: str) -> ir.Table:
    return windows.up_to(rows, as_of, column) if column in rows.columns else rows


def _amounts(column: str, dated_by: str) -> Callable[[ir.Table, dt.date], ir.Table]:
    def amounts(table: ir.Table, as_of: dt.date) -> ir.Table:
        return _until(table, as_of, dated_by).select(amount=table[column].cast("float64"))

    return amounts


_KINDS = {
    ORDER: ("transactions", "revenue", lambda rows, as_of: order_amounts(rows, as_of=as_of)),
    FEE: ("subscriptions", "monthly_fee", _amounts("monthly_fee", "started_on")),
    PAYMENT: ("payments", "amount", _amounts("amount", "paid_at")),
    CREDIT: ("applications", "amount", _amounts("amount", "applied_on")),
    RESPONSE: ("contacts", "value", _amounts("value", "contacted_at")),
}
