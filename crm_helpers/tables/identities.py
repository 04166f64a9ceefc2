"""Checked tables -> ids that differ by case alone, numbers used twice, ids that hold too much."""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
import pandas as pd

# Ids of things and persons; a number of an order or a payment is a key of its own.
COMPARED = ("customer_id", "person_id", "lead_id", "product_id", "item_id", "shop_id")
LEAST_IDS = 50  # below this many, one of them may well hold a large share
IMPLAUSIBLE_SHARE, TIMES_NEXT = 0.1, 10
ONE_BY_ONE = ("customer_id", "shop_id")
LONGEST_ORDER_DAYS = 1  # an order may be made over midnight


def ids_alike(tables: Mapping[str, ir.Table]) -> pd.DataFrame:
    """Ids of each table that are equal but for case, blanks around them or a ``.0`` at the end.

    Returns
    -------
    DataFrame, one row per table and column with such ids
        table, column : str
        ids : int, of which each is written in several ways
        rows, of_rows : int
    """
    found = [
        row
        for name, table in tables.items()
        for column in COMPARED
        if column in table.columns and (row := _alike(name, table, column))["ids"]
    ]
    return pd.DataFrame(found, columns=["table", "column", "ids", "rows", "of_rows"])


def _alike(name: str, table: ir.Table, column: str) -> dict[str, object]:
    held = table.filter(table[column].notnull())
    forms = held.group_by(written=held[column]).aggregate(rows=held.count())
    forms = forms.mutate(plain=forms.written.strip().lower().re_replace(r"\.0$", ""))
    ids = forms.group_by("plain").aggregate(forms=forms.count(), rows=forms.rows.sum())
    several = ids.forms > 1
    found = ids.aggregate(
        ids=ibis.coalesce(several.sum(), 0),
        rows=ibis.coalesce(several.ifelse(ids.rows, 0).sum(), 0),
        of_rows=ibis.coalesce(ids.rows.sum(), 0),
    ).to_pandas()
    return {"table": name, "column": column, **{part: int(found[part][0]) for part in found}}


def shared_order_numbers(lines: ir.Table) -> pd.DataFrame:
    """Numbers of orders that stand for several customers, shops or days.

    Returns of goods may come days later and are left out. Several days are more than one day
    apart.

    Parameters
    ----------
    lines : ibis table, one row per order line

    Returns
    -------
    DataFrame, one row per column that differs within a number
        column : str, customer_id, shop_id or ordered_at
        orders : int, numbers of which it differs
        rows, of_rows : int, order lines
        shop_tells_apart : bool, number and shop together have one customer each
    """
    sold = lines.filter(~lines.is_return)
    columns = [column for column in (*ONE_BY_ONE, "ordered_at") if column in sold.columns]
    per = _spread(sold, ["order_id"], columns)
    counted = {f"{c}_orders": per[c].sum() for c in columns}
    counted |= {f"{c}_rows": per[c].ifelse(per.rows, 0).sum() for c in columns}
    found = per.aggregate(of_rows=per.rows.sum(), **counted).to_pandas().fillna(0).iloc[0]
    rows = [
        {
            "column": column,
            "orders": int(found[f"{column}_orders"]),
            "rows": int(found[f"{column}_rows"]),
            "of_rows": int(found["of_rows"]),
            "shop_tells_apart": "shop_id" in columns and _is_one_by_shop(sold),
        }
        for column in columns
        if found[f"{column}_orders"]
    ]
    names = ["column", "orders", "rows", "of_rows", "shop_tells_apart"]
    return pd.DataFrame(rows, columns=names)


def _spread(sold: ir.Table, keys: list[str], columns: list[str]) -> ir.Table:
    """Whether a column differs within each key."""
    differs = {c: sold[c].min() != sold[c].max() for c in columns if c != "ordered_at"}
    if "ordered_at" in columns:
        day = sold.ordered_at.cast("date")
        differs["ordered_at"] = day.max().delta(day.min(), unit="day") > LONGEST_ORDER_DAYS
    filled = {name: where.fill_null(False) for name, where in differs.items()}
    return sold.group_by(keys).aggregate(rows=sold.count(), **filled)


def _is_one_by_shop(sold: ir.Table) -> bool:
    if "customer_id" not in sold.columns:
        return True
    per = _spread(sold, ["shop_id", "order_id"], ["customer_id"])
    return not bool(per.customer_id.any().to_pandas())


def implausible_shares(tables: Mapping[str, ir.Table]) -> pd.DataFrame:
    """Customers that hold over a tenth of a table and ten times as much as the next.

    Returns
    -------
    DataFrame, one row per table with such a customer
        table, column : str
        rows, of_rows : int, of rows with a customer
        times_next : float, rows against those of the next customer
    """
    found = [
        row
        for name in ("transactions", "payments", "feedback", "visits")
        for column in ("customer_id", "person_id")
        if name in tables
        and column in tables[name].columns
        and (row := _largest(name, tables[name], column))
    ]
    return pd.DataFrame(found, columns=["table", "column", "rows", "of_rows", "times_next"])


def _largest(name: str, table: ir.Table, column: str) -> dict[str, object]:
    held = table.filter(table[column].notnull())
    per = held.group_by(column).aggregate(rows=held.count())
    largest = per.order_by(ibis.desc("rows")).head(2).to_pandas()["rows"].astype(int).tolist()
    total = per.aggregate(ids=per.count(), rows=ibis.coalesce(per.rows.sum(), 0)).to_pandas()
    ids, rows = int(total["ids"][0]), int(total["rows"][0])
    if ids < LEAST_IDS or largest[0] <= max(IMPLAUSIBLE_SHARE * rows, TIMES_NEXT * largest[1]):
        return {}
    told = {"table": name, "column": column, "rows": largest[0], "of_rows": rows}
    return {**told, "times_next": largest[0] / largest[1]}
