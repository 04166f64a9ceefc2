"""Sections of a page: answer, chart or table, note -> HTML, or why the section has no answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from crm_helpers.page.words import Html, answer, note, unanswered
from crm_helpers.tables.needs import Skip, unmet_needs


def section(says: str, shown: Any, beside: str) -> Html:
    """Answer as a heading, one chart or table, one sentence on what it does not show."""
    return answer(says) + Html(shown._repr_html_()) + note(beside)


def unless_skipped(method: Callable[..., Html]) -> Callable[..., Html]:
    """Method of a story that says why when its question cannot be answered from these data."""

    @wraps(method)
    def told(*args: Any, **named: Any) -> Html:
        try:
            return method(*args, **named)
        except Skip as reason:
            return unanswered(str(reason))

    return told


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
