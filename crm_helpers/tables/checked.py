"""A source -> its checked tables, read once and kept."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pandas as pd
import pyarrow.parquet as pq

from crm_helpers.tables import cache
from crm_helpers.tables.audit import check_readable, counts, emptied, reasons
from crm_helpers.tables.checks import COLUMN, REASON, VALUE, checked
from crm_helpers.tables.connections import EMBEDDED, connect, embedded
from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.currencies import check_currency
from crm_helpers.tables.derived import with_derived
from crm_helpers.tables.errors import SourceError, did_you_mean
from crm_helpers.tables.joins import check_joins, orphans
from crm_helpers.tables.mapping import ROW, Mapped, mapped
from crm_helpers.tables.origins import files_of, fingerprint_of_tables, present, raw_table
from crm_helpers.tables.reading.columns import Told
from crm_helpers.tables.reading.engine_words import first_line
from crm_helpers.tables.returns import by_price
from crm_helpers.tables.sources import Source, TableSource, load_source
from crm_helpers.tables.typed import EMPTIED, Manner


class NoSuchTableError(SourceError, KeyError):
    """A table that the source does not have."""

    __str__ = ValueError.__str__


@dataclass(frozen=True)
class CheckedTables(Mapping[str, ir.Table]):
    """Canonical table name -> ibis table with the rows that passed.

    Attributes
    ----------
    source : Source
    fingerprint : str
        Changes when data, source file or checking code change.
    folder : Path
        Where the checked tables and set-aside rows lie.
    counts : DataFrame, one row per table
        table, rows_read, rows_excluded, rows_set_aside, rows_used, exact_duplicates
    set_aside : DataFrame, one row per table, column and reason
        table, column, reason, rows, first_case, value_share (of the money of the table, in the
        rows where it could be read; missing where it has none)
    orphans : DataFrame, one row per reference between tables
        table, column, parent, rows_with_id, orphans, first_case
    emptied : DataFrame, one row per table, column and word for nothing
        table, column, word, rows
    readings : DataFrame, one row per column that had to be read in one of several ways
        table, column, code (decimal, date_order, time_zone ...), value, rows
    """

    source: Source
    fingerprint: str
    folder: Path
    counts: pd.DataFrame
    set_aside: pd.DataFrame
    orphans: pd.DataFrame
    emptied: pd.DataFrame
    readings: pd.DataFrame
    tables: dict[str, ir.Table] = field(repr=False)

    def __getitem__(self, name: str) -> ir.Table:
        """Return the table; says which tables there are when it is not there."""
        if name not in self.tables:
            known = list(self.tables)
            raise NoSuchTableError(
                f"{name}: not in source {self.source.name}{did_you_mean(name, known)} "
                f"It has: {', '.join(known)}. Add it under `tables:` of {self.source.file}."
            )
        return self.tables[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names, in the order of the contracts."""
        return iter(self.tables)

    def __len__(self) -> int:
        """Count the tables."""
        return len(self.tables)


def open_tables(source: str | Path | Source) -> CheckedTables:
    """Return the checked tables of a source, from the cache where they are known.

    Parameters
    ----------
    source : str, Path or Source
        A name in params/sources, the path of a source file, or what `load_source` gave.

    Raises
    ------
    SourceError
        If something cannot be read, or cannot be what the source file says; one sentence.
    """
    source = load_source(source)
    entries = present(source)
    if source.connection == EMBEDDED:
        mark = cache.fingerprint(source, files_of(source, entries))
        folder = cache.folder_of(source, mark)
        if not cache.is_whole(folder):
            _check_files(source, entries, folder)
        con = embedded(source.time_zone)
        tables = {
            name: con.read_parquet(folder / "tables" / f"{name}.parquet", table_name=name)
            for name in entries
        }
    else:
        staged = _staged_in_engine(source, entries)
        states = {name: (one.mapped, one.table) for name, one in staged.items()}
        mark = cache.fingerprint(source, [], fingerprint_of_tables(states))
        folder = cache.folder_of(source, mark)
        if not cache.is_whole(folder):
            _check_engine(staged, folder)
        used = _used({name: one.table for name, one in staged.items()})
        tables = {name: table.drop(ROW) for name, table in used.items()}
    cache.touch(folder)
    _check_labels(source, tables)
    return _with_audit(source, mark, folder, tables)


def _check_labels(source: Source, tables: dict[str, ir.Table]) -> None:
    if len(tables) < len(source.tables):  # an optional table that is not there may have them
        return
    unknown = source.labels.unknown({c for table in tables.values() for c in table.columns})
    if unknown:
        raise SourceError(
            f"{source.file}: {unknown} Write the names as they stand under `columns:` or "
            "`attributes:` of the tables."
        )


@dataclass(frozen=True)
class _Stage:
    """One table on its way: as mapped, as checked, and how it was read."""

    mapped: Mapped
    table: ir.Table
    told: list[Told]


Staged = dict[str, _Stage]


def _ordered(entries: dict[str, TableSource]) -> dict[str, TableSource]:
    return {name: entries[name] for name in CONTRACTS if name in entries}


def _mapped(con: Any, source: Source, name: str, scratch: Path | None) -> tuple[Mapped, list[Told]]:
    raw, told = raw_table(con, source, name, scratch)
    here = mapped(con, raw, name, source.tables[name], ordered=source.connection == EMBEDDED)
    check_currency(source, name, here)
    for old, new in here.renamed.items():
        told = [*told, {"table": name, "column": new, "code": "renamed", "value": old, "rows": 1}]
    return here, told


def _checked(source: Source, name: str, here: Mapped, *, returns_by_price: bool) -> ir.Table:
    entry = source.tables[name]
    limits = {column: limit.changes() for column, limit in entry.limits.items()}
    manner = Manner(not entry.sql, returns_by_price, entry.missing)
    return checked(here.table, CONTRACTS[name].overridden(limits), source.data_until, manner)


def _check_files(source: Source, entries: dict[str, TableSource], folder: Path) -> None:
    con, staged = embedded(source.time_zone), {}
    with cache.appearing(folder) as draft:
        for name in _ordered(entries):
            staged[name] = _staged_file(con, source, name, draft / "staging")
        _write_audit(staged, draft)
        for name, table in _used({name: one.table for name, one in staged.items()}).items():
            path = draft / "tables" / f"{name}.parquet"
            _written(table.order_by(ROW).drop(ROW), path, name)  # a join may have lost the order
        _write_set_aside(staged, draft)


def _staged_file(con: Any, source: Source, name: str, scratch: Path) -> _Stage:
    here, told = _mapped(con, source, name, scratch)
    path = scratch / f"{name}.parquet"
    _written(_checked(source, name, here, returns_by_price=False), path, name)
    table = con.read_parquet(path, table_name=f"staged_{name}")
    returns = by_price(name, table, source.tables[name])
    if returns:
        path = scratch / f"{name}_with_returns.parquet"
        _written(_checked(source, name, here, returns_by_price=True), path, name)
        table = con.read_parquet(path, table_name=f"staged_{name}_with_returns")
    return _Stage(here, table, [*told, *returns])


def _staged_in_engine(source: Source, entries: dict[str, TableSource]) -> Staged:
    con, staged = connect(source), {}
    for name in _ordered(entries):
        here, told = _mapped(con, source, name, None)
        table = _checked(source, name, here, returns_by_price=False)
        returns = by_price(name, table, source.tables[name])
        if returns:
            table = _checked(source, name, here, returns_by_price=True)
        staged[name] = _Stage(here, table, [*told, *returns])
    return staged


def _check_engine(staged: Staged, folder: Path) -> None:
    with cache.appearing(folder) as draft:
        _write_audit(staged, draft)
        _write_set_aside(staged, draft)


def _used(staged: dict[str, ir.Table]) -> dict[str, ir.Table]:
    """Return the rows that broke no promise, with the derived columns of transactions."""
    used = {name: table.filter(table[REASON].isnull()) for name, table in staged.items()}
    if "transactions" in used:
        used["transactions"] = with_derived(used["transactions"], used.get("products"))
    return {name: table.drop(COLUMN, REASON, VALUE, EMPTIED) for name, table in used.items()}


def _write_audit(staged: Staged, draft: Path) -> None:
    audit: dict[str, list[dict[str, Any]]] = {part: [] for part in _AUDIT}
    for name, one in staged.items():
        count, found = counts(name, one.mapped, one.table), reasons(name, one.table)
        check_readable(found, count, one.table, name)
        audit["counts"].append(count)
        audit["set_aside"].extend(found)
        audit["emptied"].extend(emptied(name, one.table))
        audit["readings"].extend(one.told)
    audit["orphans"] = check_joins(orphans({name: one.table for name, one in staged.items()}))
    (draft / cache.DONE).write_text(json.dumps(audit, indent=1), encoding="utf-8")


def _write_set_aside(staged: Staged, draft: Path) -> None:
    names = {COLUMN: "column_set_aside", REASON: "reason", ROW: "row_number"}
    for name, one in staged.items():
        aside = one.table.filter(one.table[REASON].notnull()).drop(VALUE, EMPTIED)
        aside = aside.rename({new: old for old, new in names.items()})
        path = draft / "set_aside" / f"{name}.parquet"
        pq.write_table(aside.order_by("row_number").to_pyarrow(), path)
        path.chmod(0o600)  # rows of persons


def _written(table: ir.Table, path: Path, name: str) -> None:
    try:
        table.to_parquet(path)
    except Exception as error:  # the query runs here for the first time
        raise SourceError(
            f"{name}: the query under `columns:` or `sql:` stops: {first_line(error)}"
        ) from None


_AUDIT = {
    "counts": "table rows_read rows_excluded rows_set_aside rows_used exact_duplicates",
    "set_aside": "table column reason rows first_case value_share",
    "orphans": "table column parent rows_with_id orphans first_case",
    "emptied": "table column word rows",
    "readings": "table column code value rows",
}


def _with_audit(
    source: Source, mark: str, folder: Path, tables: dict[str, ir.Table]
) -> CheckedTables:
    audit = json.loads((folder / cache.DONE).read_text(encoding="utf-8"))
    frames = {
        part: pd.DataFrame(audit[part], columns=names.split()) for part, names in _AUDIT.items()
    }
    in_order = {name: tables[name] for name in CONTRACTS if name in tables}
    return CheckedTables(source, mark, folder, **frames, tables=in_order)
