"""What a source says of a table -> the raw table in the engine."""

from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from crm_helpers.tables.connections import EMBEDDED
from crm_helpers.tables.demo_files import ensure_demo
from crm_helpers.tables.errors import SourceError, nearest
from crm_helpers.tables.files import found, is_file, located, paths_in_query, with_paths
from crm_helpers.tables.reading.columns import Told
from crm_helpers.tables.reading.engine_words import first_line
from crm_helpers.tables.reading.readable import view_of_files
from crm_helpers.tables.sources import Source, TableSource
from crm_helpers.tables.statements import check_one_query


def present(source: Source) -> dict[str, TableSource]:
    """Entries of a source without the optional ones whose file is not there.

    The files of the demo company are generated first, where they are asked for.
    """
    if any("DEMO_COMPANY" in entry.from_ + entry.sql for entry in source.tables.values()):
        ensure_demo()
    return {
        name: entry
        for name, entry in source.tables.items()
        if not (entry.optional and _absent(name, entry, source))
    }


def _absent(name: str, entry: TableSource, source: Source) -> bool:
    return is_file(entry.from_) and not located(entry.from_, name, source).exists()


def files_of(source: Source, entries: dict[str, TableSource]) -> list[Path]:
    """All files that the tables are read from; each must be there."""
    named = [
        (name, origin)
        for name, entry in entries.items()
        for origin in ([entry.from_] if entry.from_ else paths_in_query(entry.sql))
        if not entry.from_ or is_file(origin)
    ]
    return sorted({path for name, origin in named for path in found(origin, name, source)})


def raw_table(
    con: Any, source: Source, name: str, scratch: Path | None = None
) -> tuple[ir.Table, list[Told]]:
    """Return the raw table of one entry, and how the texts of its files were read.

    Parameters
    ----------
    con : Ibis connection
    source : Source
    name : str
        Canonical name of the table.
    scratch : Path, optional
        Folder for copies of files; files alone need it.

    Raises
    ------
    SourceError
        If the query does not run or the database has no such table.
    """
    entry = source.tables[name]
    if entry.sql:
        return _query(con, source, name, entry.sql), []
    if not is_file(entry.from_):
        return _database_table(con, name, entry.from_), []
    if source.connection != EMBEDDED or scratch is None:
        raise SourceError(
            f"{name}: `from:` names a file, but the connection is a database; expected a table "
            "of it. Name a table, or leave `connection:` out to read files."
        )
    paths = found(entry.from_, name, source)
    view, told = view_of_files(con, source, name, paths, scratch)
    return con.table(view), told


def _query(con: Any, source: Source, name: str, sql: str) -> ir.Table:
    check_one_query(sql, f"{name}: `sql:`", getattr(con, "dialect", None))
    try:
        if source.connection != EMBEDDED:
            return con.sql(sql)
        con.raw_sql(f"CREATE OR REPLACE TEMP VIEW read_{name} AS {with_paths(sql)}")
        return con.table(f"read_{name}")
    except Exception as error:  # every engine has its own kinds
        raise SourceError(
            f"{name}: the query under `sql:` does not run: {first_line(error)}"
        ) from None


def _database_table(con: Any, name: str, wanted: str) -> ir.Table:
    schema, _, table = wanted.rpartition(".")
    try:
        return con.table(table, database=schema or None)
    except Exception:  # every engine has its own kinds
        known = sorted(con.list_tables())
    close = nearest(wanted, known)
    near = f" The nearest is {close!r}." if close else ""
    raise SourceError(
        f"{name}: table {wanted!r} is not in the database.{near} "
        f"It has: {', '.join(known[:12]) or 'no tables'}."
    )


def fingerprint_of_tables(staged: dict[str, Any]) -> str:
    """Rows, lowest and highest value of every column: what tells one state of a database apart."""
    return "".join(_state(table).to_csv() for _, table in staged.values())


def _state(table: ir.Table) -> Any:
    plain = [name for name in table.columns if not name.startswith("_")]
    edges = {
        f"{name}_{edge}": getattr(table[name], edge)() for name in plain for edge in ("min", "max")
    }
    return table.aggregate(rows=table.count(), **edges).to_pandas()
