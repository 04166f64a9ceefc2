"""SQL of a source file -> one query, or one sentence on what else it is."""

from typing import Any

import sqlglot
from sqlglot import exp

from crm_helpers.tables.errors import SourceError


def check_one_query(sql: str, subject: str, dialect: Any = None) -> None:
    """Do nothing unless a text of SQL is several statements, or another than a query.

    What cannot be parsed here is left to the engine, which says where it stops.

    Raises
    ------
    SourceError
        If it holds more than one statement, or one that is no query.
    """
    try:
        found = [one for one in sqlglot.parse(sql, read=dialect or "duckdb") if one is not None]
    except sqlglot.errors.SqlglotError:
        found = []
    pieces = [piece for piece in sql.split(";") if piece.strip()]
    if len(found) > 1 or (not found and len(pieces) > 1):
        count = max(len(found), len(pieces))
        raise SourceError(
            f"{subject} holds {count} statements; expected one query. Keep the SELECT alone."
        )
    if found and not isinstance(found[0], exp.Query | exp.Values):
        raise SourceError(
            f"{subject} is {_name(found[0])}; expected a query. A source is only read: write a "
            "SELECT."
        )


def _name(statement: exp.Expression) -> str:
    return f"a statement of the kind {statement.key.upper()}"
