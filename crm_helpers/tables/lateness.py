"""Checked tables -> how many days after their event rows were recorded."""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
import pandas as pd

from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.periods import dating_column
from crm_helpers.tables.profiles import kind_of

RECORDED = ("recorded_on", "recorded_at", "loaded_on", "loaded_at", "inserted_at", "created_at")


def late_rows(tables: Mapping[str, ir.Table], late_days: int) -> pd.DataFrame:
    """Rows recorded more than so many days after their event, per table that tells.

    Parameters
    ----------
    tables : mapping of canonical name to ibis table
    late_days : int
        Days from which a row counts as late.

    Returns
    -------
    DataFrame, one row per table with a recording date
        table, column : str
        rows, late : int
        longest_days : int
    """
    found = [
        _late(name, table, column, late_days)
        for name, table in tables.items()
        for column in RECORDED
        if _tells(name, table, column)
    ]
    return pd.DataFrame(found, columns=["table", "column", "rows", "late", "longest_days"])


def _tells(name: str, table: ir.Table, column: str) -> bool:
    return (
        bool(dating_column(name, table))
        and column in table.columns
        and CONTRACTS[name].column(column) is None
        and kind_of(table[column]) == "date"
    )


def _late(name: str, table: ir.Table, column: str, late_days: int) -> dict[str, object]:
    event = table[dating_column(name, table)].cast("date")
    days = table[column].cast("date").delta(event, unit="day")
    found = table.aggregate(
        rows=days.count(),
        late=ibis.coalesce((days > late_days).sum(), 0),
        longest_days=ibis.coalesce(days.max(), 0),
    ).to_pandas()
    return {"table": name, "column": column, **{k: int(v) for k, v in found.iloc[0].items()}}
