"""A raw table and the source's columns -> canonical names, with the number of each row."""

from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import sqlglot
from sqlglot import exp

from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.errors import SourceError, nearest
from crm_helpers.tables.reading.engine_words import first_line
from crm_helpers.tables.reading.sql import identifier
from crm_helpers.tables.reserved import own_names
from crm_helpers.tables.sources import TableSource
from crm_helpers.tables.spelling import check_spelling
from crm_helpers.tables.statements import check_one_query

ROW = "_row"


@dataclass(frozen=True)
class Mapped:
    """One table under canonical names.

    Attributes
    ----------
    raw : ibis table, every row of the origin
    kept : ibis table, the rows that ``where:`` lets pass, still under the origin's names
    table : ibis table, those rows under canonical names, with ``_row`` (empty where the
        origin has no order)
    renamed : dict of str to str
        Columns of the user whose names the suite gives to its own, and what they are called.
    """

    raw: ir.Table
    kept: ir.Table
    table: ir.Table
    renamed: dict[str, str]


def plain_columns(columns: dict[str, str], raw_columns: list[str]) -> dict[str, str]:
    """Canonical name -> source column, for the entries that are a bare column name."""
    by_lower = {name.lower(): name for name in raw_columns}
    pairs = ((name, _bare(entry)) for name, entry in columns.items())
    return {
        name: entry if entry in raw_columns else by_lower[entry.lower()]
        for name, entry in pairs
        if entry in raw_columns or entry.lower() in by_lower
    }


def mapped(con: Any, raw: ir.Table, name: str, entry: TableSource, ordered: bool) -> Mapped:
    """Map a raw table to canonical names.

    Parameters
    ----------
    con : Ibis connection
    raw : ibis table
    name : str
        Canonical name of the table.
    entry : TableSource
        What the source file says of it.
    ordered : bool
        The origin has an order of rows, so that a row can be named by its number.

    Raises
    ------
    SourceError
        If a source column is not there or an expression does not run.
    """
    raw_columns = list(raw.columns)
    _check_known(name, entry, raw_columns)
    columns = entry.columns or {column: column for column in raw_columns}
    check_spelling(name, columns, entry.attributes)
    plain = plain_columns(columns, raw_columns)
    expressions = {canonical: text for canonical, text in columns.items() if canonical not in plain}
    for canonical, text in expressions.items():
        _check_names(name, canonical, text, raw_columns, con)
    chosen = {canonical: identifier(column) for canonical, column in plain.items()}
    chosen = {canonical: chosen.get(canonical, text) for canonical, text in columns.items()}
    chosen |= {column: identifier(column) for column in _attributes(name, entry, raw_columns)}
    renamed = own_names(name, chosen)
    chosen = {renamed.get(column, column): text for column, text in chosen.items()}
    row = "ROW_NUMBER() OVER ()" if ordered else "CAST(NULL AS BIGINT)"
    numbered = f"SELECT *, {row} AS {identifier(ROW)} FROM ({ibis.to_sql(raw)}) AS origin"
    _check_single(name, entry, con)
    kept = f"SELECT * FROM ({numbered}) AS numbered" + (
        f" WHERE {entry.where}" if entry.where else ""
    )
    picked = ", ".join(f"{text} AS {identifier(column)}" for column, text in chosen.items())
    query = f"SELECT {identifier(ROW)}, {picked} FROM ({kept}) AS kept"
    table = _run(con, query, name, entry)
    return Mapped(raw, _run(con, kept, name, entry).drop(ROW), table, renamed)


def _check_known(name: str, entry: TableSource, raw_columns: list[str]) -> None:
    """Refuse a table of which not one column has a name that the suite knows."""
    known = CONTRACTS[name].names()
    if not set(entry.columns or raw_columns) & set(known):
        raise SourceError(
            f"{name}: none of its columns ({', '.join(list(entry.columns or raw_columns)[:8])}) is "
            f"one of {', '.join(known)}. Map them under `columns:` of the source file."
        )


def _check_single(name: str, entry: TableSource, con: Any) -> None:
    """Refuse a condition or an expression behind which another statement stands."""
    texts = {"`where:`": entry.where} | {
        f"`columns:` {c}": text for c, text in entry.columns.items()
    }
    for place, text in texts.items():
        if ";" in str(text):
            check_one_query(f"SELECT {text}", f"{name}: {place}", getattr(con, "dialect", None))


def _run(con: Any, query: str, name: str, entry: TableSource) -> ir.Table:
    try:
        return con.sql(query)
    except Exception as error:  # every engine has its own kinds
        part = "`where:` or `columns:`" if entry.where else "`columns:`"
        raise SourceError(
            f"{name}: an expression under {part} does not run: {first_line(error)}"
        ) from None


def _bare(entry: str) -> str:
    text = str(entry).strip()
    return text[1:-1].replace('""', '"') if text[:1] == text[-1:] == '"' and len(text) > 2 else text


def _attributes(name: str, entry: TableSource, raw_columns: list[str]) -> list[str]:
    if entry.attributes == "none" or not entry.columns:
        return []
    if entry.attributes == "all":
        used = set(plain_columns(entry.columns, raw_columns).values()) | set(entry.columns)
        return [column for column in raw_columns if column not in used]
    for column in entry.attributes:
        if column not in raw_columns:
            raise SourceError(_no_column(f"{name}: attribute {column!r}", column, raw_columns))
    return list(entry.attributes)


def _check_names(name: str, canonical: str, text: str, raw_columns: list[str], con: Any) -> None:
    known = {column.lower() for column in raw_columns}
    for used in _names_in(str(text), con):
        if used.lower() not in known:
            subject = f"{name}.{canonical}: source column {used!r}"
            raise SourceError(_no_column(subject, used, raw_columns))


def _names_in(text: str, con: Any) -> list[str]:
    try:
        tree = sqlglot.parse_one(f"SELECT {text}", read=getattr(con, "dialect", None) or "duckdb")
    except sqlglot.errors.ParseError:
        return [text]
    lambdas = {str(name.this) for found in tree.find_all(exp.Lambda) for name in found.expressions}
    names = (column.name for column in tree.find_all(exp.Column) if not column.table)
    return [name for name in names if name not in lambdas]


def _no_column(subject: str, used: str, raw_columns: list[str]) -> str:
    close = nearest(used, raw_columns)
    near = f" The nearest is {close!r}." if close else ""
    shown = ", ".join(raw_columns[:12]) + (", ..." if len(raw_columns) > 12 else "")
    return f"{subject} is not there.{near} The origin has: {shown}."
