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
    'The source has no visits (person_id). Add it under `tables:` in the source file.'

    A column of a table that is there is mapped under that table.

    >>> from types import SimpleNamespace
    >>> print(unmet_needs([{"visits": ["person_id"]}], {"visits": SimpleNamespace(columns=())}))
    The source has no person_id in visits. Map it under `columns:` of visits in the source file.
    """
    gaps = [_gaps(need, tables) for need in needs]
    if not gaps or any(not gap for gap in gaps):
        return ""
    missing = "; or no ".join(" and no ".join(map(_told, gap.items())) for gap in gaps)
    is_one = sum(map(len, gaps)) == 1
    remedy = "; or ".join(dict.fromkeys(_remedy(gap, is_one) for gap in gaps))
    remedy = remedy[:1].upper() + remedy[1:]
    return f"The source has no {missing}. {remedy} in the {_file(tables)}."


# Table -> its absent columns, and whether the table itself is there.
Gaps = dict[str, tuple[list[str], bool]]


def _gaps(need: Need, tables: Mapping[str, Any]) -> Gaps:
    found = {}
    for table, columns in need.items():
        is_there = table in tables
        absent = [c for c in columns if not is_there or c not in tables[table].columns]
        if absent or not is_there:
            found[table] = absent, is_there
    return found


def _told(gap: tuple[str, tuple[list[str], bool]]) -> str:
    table, (columns, is_there) = gap
    return f"{' and '.join(columns)} in {table}" if is_there else f"{table} ({', '.join(columns)})"


def _remedy(gaps: Gaps, is_one: bool) -> str:
    """What to write where: a table under `tables:`, a column under `columns:` of its table."""
    tables = [table for table, (_, is_there) in gaps.items() if not is_there]
    steps = [f"add {'it' if is_one else ' and '.join(tables)} under `tables:`"] * bool(tables)
    for table, (columns, is_there) in gaps.items():
        if is_there:
            pronoun = "it" if len(columns) == 1 else "them"
            what = pronoun if is_one else " and ".join(columns)
            steps.append(f"map {what} under `columns:` of {table}")
    return " and ".join(steps)


def _file(tables: Mapping[str, Any]) -> str:
    source = getattr(tables, "source", None)
    return f"source file {source.file}" if source is not None else "source file"
