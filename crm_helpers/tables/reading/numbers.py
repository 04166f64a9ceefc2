"""Texts of numbers -> which sign is the decimal one, or the key to set; the same as plain text."""

from dataclasses import dataclass
from typing import Any

from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.reading.sql import clean, matches, quoted, unreadable

_EXPONENT = r"([eE][+-]?\d+)?"
_WHOLE = r"(\d+|[1-9]\d{0,2}([%s]\d{3})+)?"
PLAIN = rf"[+-]?(\d+\.?\d*|\.\d+){_EXPONENT}"
# Under this sign the text is read as that number; blanks and apostrophes cut off thousands too.
FITS = {
    ".": rf"[+-]?{_WHOLE % ', '}(\.\d+)?{_EXPONENT}",
    ",": rf"[+-]?{_WHOLE % '. '}(,\d+)?{_EXPONENT}",
}
SIGN = r"[.,]"
COUNTS = ("there", "point", "comma", "both", "machine", "either", "first")


@dataclass(frozen=True)
class Numbers:
    """What the texts of one column look like.

    Attributes
    ----------
    there : int, values that are no words for nothing
    point, comma : int, values that are a number with a decimal point alone, or comma alone
    both : int, values with a sign that are a number in either reading, a thousandfold apart
    machine : int, values an engine reads as they are
    either : int, values that are a number in one reading at least
    first : str, first value that could be read in two ways; firsts of point and comma besides
    """

    there: int = 0
    point: int = 0
    comma: int = 0
    both: int = 0
    machine: int = 0
    either: int = 0
    first: str = ""
    first_point: str = ""
    first_comma: str = ""


def aggregates(column: str, place: int) -> dict[str, str]:
    """Aggregates of SQL that count the looks of a column of text."""
    text, row = clean(column), "_row"
    digit = f"regexp_matches({text}, '\\d')"
    point = f"({digit} AND {matches(text, FITS['.'])})"
    comma = f"({digit} AND {matches(text, FITS[','])})"
    sign = f"regexp_matches({text}, {quoted(SIGN)})"
    wheres = {
        "there": f"{text} IS NOT NULL",
        "point": f"{sign} AND {point} AND NOT {comma}",
        "comma": f"{sign} AND {comma} AND NOT {point}",
        "both": f"{sign} AND {point} AND {comma}",
        "machine": matches(text, PLAIN),
        "either": f"({point} OR {comma})",
    }
    counted = {f"n{place}_{name}": f"count(*) FILTER ({where})" for name, where in wheres.items()}
    firsts = {"first": "both", "first_point": "point", "first_comma": "comma"}
    return counted | {
        f"n{place}_{name}": f"arg_min({text}, {row}) FILTER ({wheres[of]})"
        for name, of in firsts.items()
    }


def looks(found: dict[str, Any], place: int) -> Numbers:
    """Counts of one column out of the row of aggregates."""
    mine = {
        name.partition("_")[2]: value
        for name, value in found.items()
        if name.startswith(f"n{place}_")
    }
    return Numbers(
        **{name: value or ("" if "first" in name else 0) for name, value in mine.items()}
    )


def decimal_of(name: str, mine: Numbers, others: list[Numbers], stated: str, where: str) -> str:
    """Decimal sign of a column: stated, or seen in it, or seen in the table.

    Raises
    ------
    SourceError
        If two readings fit every value, or values of both kinds stand in one column.
    """
    if stated:
        return stated
    if mine.point and mine.comma:
        raise SourceError(
            f"{name}: {mine.point:,} values have a decimal point (first: {mine.first_point!r}) and "
            f"{mine.comma:,} a decimal comma (first: {mine.first_comma!r}); expected one of them. "
            f"{_ask(where)} Values of the other kind are then set aside."
        )
    seen = mine if mine.point or mine.comma else None
    point = sum(other.point for other in ([seen] if seen else others))
    comma = sum(other.comma for other in ([seen] if seen else others))
    if bool(point) != bool(comma):
        return "." if point else ","
    if not mine.both:
        return "."
    plain, grouped = mine.first.replace(",", "."), mine.first.replace(",", "").replace(".", "")
    raise SourceError(
        f"{name}: {mine.both:,} of {mine.there:,} values can be read in two ways (first: "
        f"{mine.first!r}, which is {plain} or {grouped}), and no value decides; expected one "
        f"reading. {_ask(where)}"
    )


def _ask(where: str) -> str:
    return f'Set `read: {{decimal: ","}}` or `read: {{decimal: "."}}` under {where}.'


def is_rewritten(mine: Numbers, decimal: str) -> bool:
    """True where an engine would not read every readable value as it stands."""
    other = mine.comma or mine.both or mine.point
    return decimal == "," and bool(other) or mine.machine < mine.either


def rewritten(column: str, decimal: str, thousands: str) -> str:
    """Expression of SQL: the number as an engine reads it, or the text as it was."""
    text = clean(column)
    cut = (thousands or {".": ", ", ",": ". "}[decimal]).replace("'", " ")
    pattern = rf"[+-]?{_WHOLE % _escaped(cut)}({_escaped(decimal)}\d+)?{_EXPONENT}"
    plain = f"translate({text}, {quoted(cut)}, '')"
    plain = f"replace({plain}, ',', '.')" if decimal == "," else plain
    fits = f"regexp_matches({text}, '\\d') AND {matches(text, pattern)}"
    return (
        f"CASE WHEN {text} IS NULL THEN {column} WHEN {fits} THEN {plain} "
        f"ELSE {unreadable(column)} END"
    )


def _escaped(signs: str) -> str:
    return "".join(f"\\{sign}" if sign in ".-]^" else sign for sign in signs)
