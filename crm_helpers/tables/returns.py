"""Checked transactions -> whether a negative price is how this source writes a return."""

from typing import Any

import ibis
import ibis.expr.types as ir

from crm_helpers.tables.sources import TableSource

MOST_RETURNS = 1 / 3  # of the lines; with more of them the column is no price


def by_price(name: str, table: ir.Table, entry: TableSource) -> list[dict[str, Any]]:
    """What to tell of returns by negative price; empty where there are none, or it is unclear.

    A source of one mind has negative prices and no negative quantity. Where both stand, or
    ``limits:`` speaks of the price, a negative price stays out of range.

    Parameters
    ----------
    name : str
        Canonical name of the table.
    table : ibis table
        Checked rows, also those set aside.
    entry : TableSource
    """
    if name != "transactions" or "unit_price" not in table.columns or "unit_price" in entry.limits:
        return []
    if "quantity" not in table.columns:
        table = table.mutate(quantity=ibis.literal(1))
    units = table.quantity
    found = table.aggregate(
        rows=table.count(),
        negative_units=ibis.coalesce((units < 0).sum(), 0),
        returns=ibis.coalesce(((table.unit_price < 0) & (units > 0)).sum(), 0),
    ).to_pandas()
    rows, negative, returns = (int(found[part][0]) for part in found)
    if negative or not returns or returns >= MOST_RETURNS * rows:
        return []
    told = {"table": name, "column": "unit_price", "code": "returns_by_price", "value": ""}
    return [{**told, "rows": returns}]
