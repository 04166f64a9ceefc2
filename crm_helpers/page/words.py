"""Words of a report: numbers and sentences -> plain text, and HTML with every value escaped."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from numbers import Number
from typing import Any

import pandas as pd

from crm_helpers.page.numerals import HARD_SPACE, NOT_KNOWN, counted, is_known, money, number

MOST_ROWS = 12
# From so many columns on, two of them words or one of them long, a phone shows each row as a
# block of its own.
WIDE, LONG = 5, 24


@dataclass(frozen=True, repr=False)
class Html:
    """HTML that is ready to show; everything that came from data is escaped in it already.

    Parameters
    ----------
    html : str
    says : str
        The answer as text, where this is one.
    data : DataFrame, optional
        The frame behind a table, before its values became words.
    """

    html: str
    says: str = ""
    data: pd.DataFrame | None = field(default=None, compare=False)

    @property
    def text(self) -> str:
        """The words alone, without markup."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.html)).split())

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        """Length only: the executed notebook need not hold the words twice."""
        return f"Html({len(self.html):,} characters)"

    def __add__(self, other: "Html") -> "Html":
        """Both, one after the other."""
        data = other.data if self.data is None else self.data
        return Html(self.html + other.html, self.says or other.says, data)


def answer(text: str) -> Html:
    """Computed answer to the question of a section, as the large heading under it."""
    return Html(f"<h3>{escape(str(text))}</h3>", says=str(text))


def note(text: str) -> Html:
    """One sentence under a chart or table: what it does not show."""
    return Html(f'<p class="note">{escape(str(text))}</p>')


def unanswered(reason: str) -> Html:
    """Why a question has no answer; the page gathers such questions at its end."""
    return Html(f'<p class="note unanswered">Not answered: {escape(str(reason))}</p>')


def paragraph(text: str) -> Html:
    """Plain computed sentences."""
    return Html(f"<p>{escape(str(text))}</p>")


def warning(text: str) -> Html:
    """Sentence that a reader must not miss, in a box."""
    return Html(f'<p class="warning">{escape(str(text))}</p>')


def bullets(sentences: Iterable[str]) -> Html:
    """List of short sentences."""
    items = "".join(f"<li>{escape(str(sentence))}</li>" for sentence in sentences)
    return Html(f"<ul>{items}</ul>")


def cards(figures: Iterable[tuple[str, str, str]]) -> Html:
    """Key figures as cards: label, value in words, and a line that puts it into proportion."""
    return Html('<div class="cards">' + "".join(_card(*figure) for figure in figures) + "</div>")


def as_card(figure: Mapping[str, str]) -> tuple[str, str, str]:
    """Label, value and line of a key figure: what it means, and its change since last time."""
    line = " · ".join(part for part in (figure["about"], figure["change"]) if part)
    return figure["label"], figure["value"], line


def _card(label: str, value: str, about: str = "") -> str:
    line = f'<p class="card-note">{escape(str(about))}</p>' if about else ""
    # A card is narrow: a long amount may leave its currency to the next line.
    wrapping = str(value).replace(HARD_SPACE, " ")
    return (
        f'<div class="card"><p class="card-label">{escape(str(label))}</p>'
        f'<p class="card-value">{escape(wrapping)}</p>{line}</div>'
    )


def summary(sentences: Iterable[str], dateline: str = "") -> Html:
    """First sentence large, the others under it; above them whose data and which day."""
    line = f'<p class="dateline">{escape(dateline)}</p>' if dateline else ""
    lines = "".join(f"<p>{escape(str(sentence))}</p>" for sentence in sentences)
    return Html(f'{line}<div class="summary">{lines}</div>')


def decision(told: Mapping[str, Any], limits: Any) -> Html:
    """What a page says about an action list: its size, what it should bring, who is left out."""
    currency = told["currency"]
    if not told["to_contact"]:
        return answer("Nobody is on the list this time") + bullets(_left_out(told, limits))
    size = (
        f"Act on the {counted(told['to_contact'], told['subject'])} of the list: that should bring "
        f"{money(told['expected_net_value'], currency)} after "
        f"{money(told['cost'], currency)} of cost"
    )
    file = f"The list is {told['file']}, best first, readable by its owner alone."
    control = (
        f"{number(told['control'])} more are marked as control group, drawn at random: leave them "
        "alone, so that the next quarter can measure what the action did. Their value is not "
        "counted above."
    )
    lines = [file, *([control] if told["control"] else []), *_left_out(told, limits)]
    return answer(size) + bullets(lines)


def _left_out(told: Mapping[str, Any], limits: Any) -> list[str]:
    cut = f"capacity of {number(limits.capacity)} reached"
    spent = f"budget of {money(limits.budget, told['currency'])} spent"
    reasons = {
        "may_not_be_contacted": "may not be contacted",
        "without_gain": "acting would cost more than it is expected to bring",
        "too_little": "all of them together should bring less than one contact costs",
        "unsure": "at the low end of what is known, acting on them brings nothing",
        "beyond_capacity": cut,
        "beyond_budget": spent,
    }
    lines = [f"{number(told[k])} left out: {why}." for k, why in reasons.items() if told.get(k)]
    if not told["consent_known"]:
        lines.append("The data do not say who may be contacted: check consent before acting.")
    return lines


Form = Callable[[Any], str]


def table(
    frame: pd.DataFrame,
    columns: Mapping[str, str | tuple[str, Form]] | None = None,
    *,
    total: Mapping[str, Any] | None = None,
    caption: str = "",
) -> Html:
    """Small table, escaped, numbers right-aligned, in a box of its own that scrolls on a phone.

    Parameters
    ----------
    frame : DataFrame of at most 12 rows
        Sorted by what matters; the index is not shown.
    columns : mapping, optional
        Column -> header with its unit, or (header, form) where ``form`` turns a value into
        words (``percent``, ``number``). Only these are shown, in this order. By default all
        columns under their names; whole numbers with separators, others with two decimals.
    total : mapping, optional
        Column -> value of the last row; the first column reads "Total" when it is not named.
    caption : str, optional
        What a row is and which rows are not shown.

    Raises
    ------
    ValueError
        If the frame has more than 12 rows.
    KeyError
        If a column to show is not in the frame.
    """
    _check_size(frame)
    shown = _headers(frame, columns)
    head = "".join(
        f'<th scope="col"{_side(frame[c])}>{escape(title)}</th>' for c, (title, _) in shown.items()
    )
    body = "".join(_row(row, frame, shown) for row in frame.to_dict("records"))
    foot = _foot(total, frame, shown) if total else ""
    label = f"<caption>{escape(caption)}</caption>" if caption else ""
    wide = " wide" if _is_wide(frame, shown) else ""
    return Html(
        f'<div class="table{wide}" tabindex="0"><table>{label}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody>{foot}</table></div>",
        data=frame.reset_index(drop=True),
    )


def _is_wide(frame: pd.DataFrame, shown: Mapping[str, tuple]) -> bool:
    """Words in narrow columns can't be read; numbers can, and are compared down the column."""
    texts = [column for column in shown if not _is_numeric(frame[column])]
    longest = max((len(str(value)) for column in texts for value in frame[column]), default=0)
    too_many = len(shown) > WIDE and texts
    return len(shown) >= WIDE and (len(texts) >= 2 or longest > LONG or bool(too_many))


def _check_size(frame: pd.DataFrame) -> None:
    if len(frame) > MOST_ROWS:
        raise ValueError(
            f"table: {len(frame):,} rows; at most {MOST_ROWS} can be read on a page. "
            f"Sort by what matters, show .head({MOST_ROWS}) and keep the rest in a file."
        )


def _headers(
    frame: pd.DataFrame, columns: Mapping[str, str | tuple[str, Form]] | None
) -> dict[str, tuple[str, Form | None]]:
    chosen = {str(c): str(c) for c in frame.columns} if columns is None else columns
    for column in chosen:
        if column not in frame:
            known = ", ".join(map(str, frame.columns))
            raise KeyError(f"table: column '{column}' is not in the frame; it holds {known}.")
    return {c: (h, None) if isinstance(h, str) else (h[0], h[1]) for c, h in chosen.items()}


def _is_numeric(values: pd.Series) -> bool:
    if pd.api.types.is_bool_dtype(values):
        return False
    known = values.dropna()
    return pd.api.types.is_numeric_dtype(values) or (
        len(known) > 0 and all(isinstance(v, Number) for v in known)
    )


def _side(values: pd.Series) -> str:
    return ' class="number"' if _is_numeric(values) else ""


def _row(row: Mapping[str, Any], frame: pd.DataFrame, shown: Mapping[str, tuple]) -> str:
    cells = (
        f'<td{_side(frame[c])} data-label="{escape(title)}">{escape(_in_words(row[c], form))}</td>'
        for c, (title, form) in shown.items()
    )
    return f"<tr>{''.join(cells)}</tr>"


def _foot(total: Mapping[str, Any], frame: pd.DataFrame, shown: Mapping[str, tuple]) -> str:
    first = next(iter(shown))
    values = {first: "Total", **total}
    cells = (
        f'<td{_side(frame[c])} data-label="{escape(title)}">'
        f"{escape(_in_words(values[c], form)) if c in values else ''}</td>"
        for c, (title, form) in shown.items()
    )
    return f"<tfoot><tr>{''.join(cells)}</tr></tfoot>"


def _in_words(value: Any, form: Form | None = None) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_in_words(item) for item in value)
    if isinstance(value, str):
        return value
    if not is_known(value):
        return NOT_KNOWN
    if form is not None:
        return form(value)
    return _plain_words(value)


def _plain_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return f"{value.day} {value:%b %Y}"
    if isinstance(value, Number):
        return number(value, 0 if float(value) == int(value) else 2)
    return str(value)
