"""Checked tables -> what was cleaned, integrated, selected and transformed, and how many rows."""

from typing import Any

import ibis.expr.types as ir
import pandas as pd

from crm_helpers.tables.checked import CheckedTables


def preprocessing(tables: CheckedTables) -> pd.DataFrame:
    """Steps from the source to the tables that the reports read.

    Returns
    -------
    DataFrame, one row per step and table with rows
        step : selected, cleaned, read, integrated or transformed
        table, what : str
        rows : int
    """
    steps = [*_counted(tables), *_read(tables), *_transactions(tables)]
    frame = pd.DataFrame(steps, columns=["step", "table", "what", "rows"])
    return frame[frame["rows"] > 0].reset_index(drop=True)


def _counted(tables: CheckedTables) -> list[tuple[str, str, str, int]]:
    rows = tables.counts.to_dict("records")
    excluded = [
        ("selected", row["table"], "left out by `where:` of the source file", row["rows_excluded"])
        for row in rows
    ]
    aside = [
        ("cleaned", row["table"], "set aside: they break the contract", row["rows_set_aside"])
        for row in rows
    ]
    return [*excluded, *aside]


READ = {
    "decimal": "{column}: numbers read with {value!r} as the decimal sign",
    "date_order": "{column}: dates read {order}",
    "date_format": "{column}: dates read as {value}",
    "time_zone": "{column}: times with an offset counted in {zone}",
    "not_in_file": "{column}: not in {value}, empty there",
    "returns_by_price": "a negative price counted as a return",
    "renamed": "{value} is called {column} here, for the reports have a column of that name",
}
ORDERS = {"DMY": "day first", "MDY": "month first", "YMD": "year first"}


def _read(tables: CheckedTables) -> list[tuple[str, str, str, int]]:
    """What stood to be read in one of several ways, and how it was."""
    told = [
        ("read", row["table"], _in_words(row), int(row["rows"]))
        for row in tables.readings.to_dict("records")
    ]
    nothing = [
        ("cleaned", row["table"], f"{row['column']}: {row['word']!r} read as empty", row["rows"])
        for row in tables.emptied.to_dict("records")
    ]
    return [*told, *nothing]


def _in_words(row: dict[str, Any]) -> str:
    zone = row["value"]
    if row["code"] == "time_zone" and (zone in ("Z", "UTC", "GMT") or zone[0] in "+-"):
        zone = f"the offset they are written with ({zone}); `time_zone:` would state another"
    return READ[row["code"]].format(**row, order=ORDERS.get(row["value"], ""), zone=zone)


def _transactions(tables: CheckedTables) -> list[tuple[str, str, str, int]]:
    if "transactions" not in tables:
        return []
    lines = tables["transactions"]
    costs = "margin" in lines.columns and "products" in tables
    joined = costs and "unit_cost" in tables["products"].columns
    steps = [
        ("transformed", "return marked (negative quantity)", lines.is_return.sum()),
        ("transformed", "marked as no product (postage, fees)", (~lines.is_product).sum()),
    ]
    if "revenue" in lines.columns:
        steps.append(("transformed", "revenue computed, to 4 decimals", lines.revenue.count()))
    if "margin" in lines.columns:
        what = "margin computed from cost" + (" (of line or product)" if joined else "")
        steps.append(("integrated" if joined else "transformed", what, lines.margin.count()))
    return [(step, "transactions", what, _number(rows)) for step, what, rows in steps]


def _number(value: ir.IntegerScalar) -> int:
    return int(value.fill_null(0).to_pyarrow().as_py())
