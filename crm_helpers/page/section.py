"""Section of a page: answer, chart or table, note -> what is shown, with its numbers."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from textwrap import shorten
from typing import Any

import pandas as pd

from crm_helpers.page.findings import Finding, finding
from crm_helpers.page.words import answer, note, unanswered
from crm_helpers.tables.needs import Skip

FIRST_WORDS = 120


@dataclass(frozen=True, repr=False)
class Section:
    """One answer as the page shows it, and the numbers behind it.

    Parameters
    ----------
    parts : tuple of Html and Chart
        What is shown, in order: the answer, one chart or one table, one note.
    findings : mapping of name to finding
        Numbers that ``report.keep`` takes into the JSON of the report.
    reason : str
        Why there is no answer; empty where there is one.
    is_silent : bool
        True where the page says the reason elsewhere; JupyterLab always says it.
    news : tuple of str
        Sentences on what changed beyond noise, which the letter of the quarter carries.

    Examples
    --------
    >>> rate = section("9 of 10 stay", note("Of 20 customers."), "Not why.")
    >>> rate
    Section: 9 of 10 stay
    >>> Section.absent("There are no leads.")
    Section without an answer: There are no leads.
    """

    parts: tuple[Any, ...] = ()
    findings: Mapping[str, Finding] = field(default_factory=dict)
    reason: str = ""
    is_silent: bool = False
    news: tuple[str, ...] = ()

    @classmethod
    def of(cls, *parts: Any) -> "Section":
        """Section that shows these parts: Html, charts, or other sections with their findings."""
        shown, found, news = [], {}, ()
        for part in parts:
            is_section = isinstance(part, Section)
            shown += part.parts if is_section else [part]
            found |= part.findings if is_section else {}
            news += part.news if is_section else ()
        return cls(tuple(shown), found, news=news)

    @classmethod
    def absent(cls, reason: str, *, silent: bool = False) -> "Section":
        """No answer, and why: the one way to have none, for frames and studies as well."""
        return cls(reason=reason, is_silent=silent)

    @property
    def says(self) -> str:
        """The answer as text, or else the title of the chart, the first words, the reason."""
        told = [part.says for part in self.parts if getattr(part, "says", "")]
        return next(iter(told or [_first_words(part) for part in self.parts]), self.reason)

    @property
    def data(self) -> pd.DataFrame:
        """Frame behind the first chart or table, as it was before any value became words.

        Raises
        ------
        ValueError
            If the section shows words alone.
        """
        frames = [part.data for part in self.parts if getattr(part, "data", None) is not None]
        if not frames:
            raise ValueError(self._without("words alone; expected a chart or a table", ".findings"))
        return frames[0]

    @property
    def figure(self) -> Any:
        """Matplotlib figure of the first chart.

        Raises
        ------
        ValueError
            If the section shows no chart.
        """
        figures = [p.figure for p in self.parts if getattr(p, "figure", None) is not None]
        if not figures:
            raise ValueError(self._without("no chart; expected one", ".findings"))
        return figures[0]

    def _without(self, found: str, beside: str) -> str:
        if self.reason:
            return f"section without an answer: {self.reason} There is nothing to look at."
        return f"section '{self._briefly()}': it shows {found}. Look at .says and {beside}."

    def _briefly(self) -> str:
        return shorten(self.says, FIRST_WORDS, placeholder=" ...")

    def finds(
        self, name: str, value: Any, unit: str = "", **beside: float | int | None
    ) -> "Section":
        """Return the same section with one finding more; see ``findings.finding``."""
        found = {name: finding(name, value, unit=unit, **beside)}
        return replace(self, findings={**self.findings, **found})

    def tells(self, *sentences: str) -> "Section":
        """Return the same section with sentences more for the letter: what is new beyond noise."""
        return replace(self, news=(*self.news, *sentences))

    @property
    def html(self) -> str:
        """What is shown, as HTML."""
        return self._repr_html_()

    def __add__(self, other: Any) -> "Section":
        """Both, one after the other."""
        return Section.of(self, other)

    def __bool__(self) -> bool:
        """False where there is no answer."""
        return not self.reason

    def __repr__(self) -> str:
        """What it says, and the shape of its frame, in one line."""
        if self.reason:
            return f"Section without an answer: {self.reason}"
        frames = [part.data for part in self.parts if getattr(part, "data", None) is not None]
        shapes = [f"{len(f):,} rows of {', '.join(map(str, f.columns))}" for f in frames[:1]]
        return f"Section: {self._briefly()}" + "".join(f" (.data: {shape})" for shape in shapes)

    def _repr_html_(self) -> str:
        if self.reason:
            is_told = self.is_silent and os.environ.get("CRM_RUN_FOLDER")
            return "" if is_told else unanswered(self.reason).html
        return "".join(part._repr_html_() for part in self.parts)


def _first_words(part: Any) -> str:
    """What a part without an answer is called: a table by its columns."""
    if getattr(part, "data", None) is not None:
        return f"table of {', '.join(map(str, part.data.columns))}"
    return part.text


def section(says: str, shown: Any, beside: str = "") -> Section:
    """Answer as a heading, one chart or table, one sentence on what it does not show.

    Parameters
    ----------
    says : str
        The computed answer.
    shown : Html or Chart
        As ``words.table`` or a function of ``charts`` gives it.
    beside : str, optional
        What the chart or table does not show.
    """
    return Section.of(answer(says), shown, *([note(beside)] if beside else []))


def is_absent(made: Any) -> bool:
    """True for what could not be made from the data, be it a frame, a study or a section."""
    return isinstance(made, Section) and bool(made.reason)


def unless_absent(
    make: Callable[..., Any] | None = None, *, silent: bool = False
) -> Callable[..., Any]:
    """Function whose result is absent where an argument is, or where it raises Skip.

    Put it on what a cell calls: functions that give frames, studies and sections.

    Parameters
    ----------
    make : callable
        Its body sees no absent argument and raises ``Skip(reason)`` where the data do not
        suffice.
    silent : bool, default False
        Of a section: where an argument is absent the page says nothing here, because another
        section says why. So it is always where the argument itself is silently absent.

    Returns
    -------
    callable with the same arguments
    """
    if make is None:
        return lambda made: unless_absent(made, silent=silent)

    @wraps(make)
    def made(*arguments: Any, **named: Any) -> Any:
        missing = [one for one in (*arguments, *named.values()) if is_absent(one)]
        if missing:
            return Section.absent(missing[0].reason, silent=silent or missing[0].is_silent)
        try:
            return make(*arguments, **named)
        except Skip as reason:
            return Section.absent(str(reason))

    return made
