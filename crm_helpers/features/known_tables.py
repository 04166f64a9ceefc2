"""All tables of a source and a day -> the rows of each that were there on that day."""

import datetime as dt
from collections.abc import Mapping

import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.tables.periods import dating_column


def known_tables(tables: Mapping[str, ir.Table], until: dt.date) -> dict[str, ir.Table]:
    """Each table without the rows dated after a day; tables without dates stay whole.

    Parameters
    ----------
    tables : mapping of canonical name to Table
    until : date
        Last day that counts, inclusive.
    """
    dated = {name: dating_column(name, table) for name, table in tables.items()}
    return {
        name: windows.up_to(table, until, dated[name]) if dated[name] else table
        for name, table in tables.items()
    }


def rows_known(tables: Mapping[str, ir.Table], until: dt.date) -> dict[str, int]:
    """Rows dated until a day, of each table that has dates."""
    return {
        name: int(table.count().to_pyarrow().as_py())
        for name, table in known_tables(tables, until).items()
        if dating_column(name, table)
    }
