"""Checked tables -> what each column holds: missing, distinct, lowest, highest, extremes."""

from collections.abc import Mapping
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

TAIL = 0.999
FAR_OUT = 10.0
DERIVED = ("is_return", "revenue", "margin")


def column_profiles(tables: Mapping[str, ir.Table]) -> pd.DataFrame:
    """One row per column of every table, computed in the engine.

    Parameters
    ----------
    tables : mapping of canonical name to ibis table

    Returns
    -------
    DataFrame, one row per column
        table, column : str
        kind : number, text, flag or date
        rows, missing, distinct : int
        lowest, highest : str, empty where the column is empty
        median, high_end, top : float, of numbers alone: median, the 99.9th of 100 shares and the
        largest, of absolute values
        beyond : int, rows of a number above ten times high_end
    """
    frames = [_profile(name, table) for name, table in tables.items()]
    found = pd.concat([frame for frame in frames if len(frame)], ignore_index=True)
    far = (found["high_end"] > 0) & (found["top"] > FAR_OUT * found["high_end"])
    beyond = [
        rows_beyond(tables[row["table"]], row["column"], FAR_OUT * row["high_end"]) if is_far else 0
        for row, is_far in zip(found.to_dict("records"), far, strict=True)
    ]
    return found.assign(beyond=beyond)


def kind_of(column: ir.Value) -> str:
    """Kind of a column as a reader sees it: number, text, flag, date or other."""
    type_ = column.type()
    if type_.is_boolean():
        return "flag"
    if type_.is_numeric():
        return "number"
    if type_.is_temporal():
        return "date"
    return "text" if type_.is_string() else "other"


def _profile(name: str, table: ir.Table) -> pd.DataFrame:
    kinds = {column: kind_of(table[column]) for column in table.columns if column not in DERIVED}
    kinds = {column: kind for column, kind in kinds.items() if kind != "other"}
    wanted: dict[str, ir.Value] = {"rows": table.count()}
    for place, (column, kind) in enumerate(kinds.items()):
        wanted |= {f"{part}{place}": value for part, value in _parts(table[column], kind).items()}
    found = table.aggregate(**wanted).to_pandas().iloc[0]
    return pd.DataFrame(
        [
            _row(name, column, kind, place, found)
            for place, (column, kind) in enumerate(kinds.items())
        ]
    )


def _parts(column: ir.Value, kind: str) -> dict[str, ir.Value]:
    parts = {"there": column.count(), "distinct": column.nunique()}
    if kind != "flag":
        parts |= {"low": column.min(), "high": column.max()}
    if kind == "number":
        size = column.cast("float64").abs()
        parts |= {"median": size.median(), "end": size.quantile(TAIL), "top": size.max()}
    return parts


def _row(name: str, column: str, kind: str, place: int, found: pd.Series) -> dict[str, Any]:
    rows, there = int(found["rows"]), int(found[f"there{place}"])
    shown = {edge: _shown(found.get(f"{edge}{place}")) for edge in ("low", "high")}
    return {
        "table": name,
        "column": column,
        "kind": kind,
        "rows": rows,
        "missing": rows - there,
        "distinct": int(found[f"distinct{place}"]),
        "lowest": shown["low"],
        "highest": shown["high"],
        "median": _number(found.get(f"median{place}")),
        "high_end": _number(found.get(f"end{place}")),
        "top": _number(found.get(f"top{place}")),
    }


def _number(value: Any) -> float:
    return float("nan") if value is None else float(value)


def _shown(value: Any) -> str:
    if value is None or pd.isna(value):
        return ""
    return f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else f"{value}"


def rows_beyond(table: ir.Table, column: str, limit: float) -> int:
    """Rows whose absolute value of a column is above a limit."""
    beyond = (table[column].cast("float64").abs() > limit).sum()
    return int(table.aggregate(n=ibis.coalesce(beyond, 0)).to_pandas()["n"][0])
