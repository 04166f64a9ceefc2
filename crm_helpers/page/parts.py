"""Parts of a report that a source may lack: a part, or the reason why it is absent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from crm_helpers.page.words import Html
from crm_helpers.tables.needs import Skip


@dataclass(frozen=True)
class Absent:
    """A part that cannot be made from this source, and why."""

    reason: str

    def __bool__(self) -> bool:
        """An absent part is false, so that a report can ask for it."""
        return False


def part(make: Callable[..., Any], *arguments: Any) -> Any:
    """What a function makes, or the reason it gave for not making it.

    Parameters
    ----------
    make : callable
        Raises Skip where the data do not suffice.
    *arguments
        Passed on.

    Returns
    -------
    whatever it makes, or Absent
    """
    try:
        return make(*arguments)
    except Skip as reason:
        return Absent(str(reason))


def need_one(**parts: Any) -> None:
    """Skip the whole report when all of its parts are absent.

    Parameters
    ----------
    **parts
        Parts of the report by name.

    Raises
    ------
    Skip
        With the reasons of all parts.
    """
    if not any(bool(one) for one in parts.values()):
        raise Skip(" ".join(one.reason for one in parts.values()))


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


def silent_when_absent(says: Callable[..., Any]) -> Callable[..., Any]:
    """Words or chart of a part, or nothing where the part is absent.

    Parameters
    ----------
    says : callable
        Takes the report, then the part.

    Returns
    -------
    callable of the same arguments
    """

    @wraps(says)
    def said(report: Any, one: Any, *more: Any) -> Any:
        return Html("") if isinstance(one, Absent) else says(report, one, *more)

    return said
