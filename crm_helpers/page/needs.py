"""What a question needs of a source: tables, columns, parts -> nothing, or Skip with the remedy."""

from collections.abc import Mapping
from typing import Any

from crm_helpers.page.section import is_absent
from crm_helpers.tables.needs import Skip, unmet_needs


def need(tables: Any, **columns: list[str]) -> None:
    """Stop a section whose tables or columns are missing.

    Parameters
    ----------
    tables : CheckedTables
    **columns
        Table -> columns it must have.

    Raises
    ------
    Skip
        If one is missing; the text says what to add.
    """
    missing = unmet_needs([columns], tables)
    if missing:
        raise Skip(missing)


def need_one(*parts: Any) -> None:
    """Skip the whole report when all of its parts are absent.

    Parameters
    ----------
    *parts
        Studies or frames, absent or not.

    Raises
    ------
    Skip
        With the reasons of all parts.
    """
    if all(is_absent(part) for part in parts):
        raise Skip(" ".join(part.reason for part in parts))


def has_columns(tables: Mapping[str, Any], table: str, *columns: str) -> bool:
    """True when a source has a table with these columns.

    Parameters
    ----------
    tables : CheckedTables
    table : str
    *columns : str

    Returns
    -------
    bool
    """
    return table in tables and set(columns) <= set(tables[table].columns)
