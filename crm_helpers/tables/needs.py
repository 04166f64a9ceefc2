"""Needs of a report and the tables at hand -> what is missing, in a sentence."""

from collections.abc import Mapping
from typing import Any

Need = Mapping[str, list[str]]


class Skip(Exception):  # noqa: N818 - a result, not an error
    """The data do not allow a report; the text says why and what to add."""


def unmet_needs(needs: list[Need], tables: Mapping[str, Any]) -> str:
    """Sentence that says what is missing and what to add, or an empty text.

    Parameters
    ----------
    needs : list of mappings of table to columns
        Alternatives of which one must hold; an empty list asks for nothing.
    tables : CheckedTables, or mapping of table to something with ``columns``
        The tables of the source.

    Examples
    --------
    >>> unmet_needs([], {})
    ''
    >>> unmet_needs([{"visits": ["person_id"]}], {})
    'The source has no visits (person_id). Add it under `tables:` of the source file.'
    """
    gaps = [_gaps(need, tables) for need in needs]
    if not gaps or any(not gap for gap in gaps):
        return ""
    missing = "; or no ".join(" and no ".join(gap) for gap in gaps)
    what = "it" if len(gaps) == 1 and len(gaps[0]) == 1 else "them"
    what = "one of these" if len(gaps) > 1 else what
    return f"The source has no {missing}. Add {what} under `tables:` of the {_file(tables)}."


def _gaps(need: Need, tables: Mapping[str, Any]) -> list[str]:
    return [text for table, columns in need.items() if (text := _gap(table, columns, tables))]


def _gap(table: str, columns: list[str], tables: Mapping[str, Any]) -> str:
    if table not in tables:
        return f"{table} ({', '.join(columns)})"
    absent = [column for column in columns if column not in tables[table].columns]
    return f"{' and '.join(absent)} in {table}" if absent else ""


def _file(tables: Mapping[str, Any]) -> str:
    source = getattr(tables, "source", None)
    return f"source file {source.file}" if source is not None else "source file"
