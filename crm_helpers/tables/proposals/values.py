"""Values of a column as text -> what they look like: a date, an amount, a yes or no, a key."""

import re
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

YES_NO = frozenset(
    "0 1 y n yes no true false t f ja nein j oui non si sí verdadero falso vrai faux".split()
)
# Words that stand for nothing.
NOTHING = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "#n/a", "\\n"})
DATE_FORMATS = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y"),
    *("%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%y%m%d"),
)
TIMES = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", "T%H:%M:%S", "T%H:%M:%S.%f", " %I:%M %p")
ZONES = ("", " %z", "%z")
PLAIN = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
COMMA = re.compile(r"[-+]?\d+(?:,\d+)?")
POINT_GROUPS = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
COMMA_GROUPS = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
MARKS = re.compile(r"[€$£¥\s\u00a0]|EUR|USD|GBP|CHF|JPY")


@dataclass(frozen=True)
class Looks:
    """What the values of one column look like.

    Attributes
    ----------
    kind : str
        date, timestamp, boolean, integer, number, text or nothing (no value at all).
    filled, distinct : int
        Values that are there, and different ones among them.
    formats : tuple of str
        Formats that fit every value of a date, best first; more than one: it is ambiguous.
    decimal : str
        Decimal sign of a number: point or comma; empty where either fits.
    lowest, highest : float or None
        Lowest and highest number.
    longest : int
        Characters of the longest value.
    """

    kind: str
    filled: int
    distinct: int
    formats: tuple[str, ...] = ()
    decimal: str = ""
    lowest: float | None = None
    highest: float | None = None
    longest: int = 0
    examples: tuple[str, ...] = field(default=(), repr=False)

    @property
    def is_unique(self) -> bool:
        """Whether every row has a value of its own, as in a key."""
        return self.filled > 1 and self.filled == self.distinct


def looks_of(values: pd.Series) -> Looks:
    """What the values of a column look like.

    Parameters
    ----------
    values : Series of str

    Returns
    -------
    Looks
    """
    text = values.fillna("").astype(str).str.strip()
    text = text[~text.str.lower().isin(NOTHING)]
    some = pd.Series(text.unique())
    about = {
        "filled": len(text),
        "distinct": len(some),
        "longest": int(some.str.len().max() or 0) if len(some) else 0,
        "examples": tuple(some.head(3)),
    }
    if some.empty:
        return Looks("nothing", **about)
    if set(some.str.lower()) <= YES_NO and len(some) <= 2:
        return Looks("boolean", **about)
    formats = date_formats(some)
    if formats:
        return Looks(
            "timestamp" if "%H" in formats[0] or "%I" in formats[0] else "date",
            formats=formats,
            **about,
        )
    return Looks(**({"kind": "text"} | _number(some)), **about)


def date_formats(values: pd.Series) -> tuple[str, ...]:
    """Formats of dates that fit every value, the likeliest first.

    Examples
    --------
    >>> date_formats(pd.Series(["13.01.2024", "01.02.2024"]))
    ('%d.%m.%Y',)
    >>> date_formats(pd.Series(["01/02/2024", "03/04/2024"]))
    ('%d/%m/%Y', '%m/%d/%Y')
    """
    first = values.iloc[0]
    if not re.match(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|(19|20)\d{6}$", first):
        return ()
    few = values.head(50)
    likely = [
        day + time + zone
        for day in DATE_FORMATS
        for time in TIMES
        for zone in ZONES
        if (time or not zone) and _fits(few.head(1), day + time + zone)
    ]
    return tuple(name for name in likely if _fits(few, name) and _fits(values, name))


def _fits(values: pd.Series, form: str) -> bool:
    read = pd.to_datetime(values, format=form, errors="coerce", utc="%z" in form)
    return bool(
        read.notna().all() and (read.dt.year >= 1900).all() and (read.dt.year <= 2100).all()
    )


def _number(values: pd.Series) -> dict[str, Any]:
    """Kind, decimal sign and ends of numbers; empty where these are none."""
    bare = values.str.replace(MARKS, "", regex=True)
    if bare.str.fullmatch(PLAIN).all():
        whole = bare.str.fullmatch(r"[-+]?\d+").all()
        return {"kind": "integer" if whole else "number", "decimal": "" if whole else "."} | _ends(
            bare
        )
    for sign, group, patterns in (
        (",", ".", (COMMA, POINT_GROUPS)),
        (".", ",", (PLAIN, COMMA_GROUPS)),
    ):
        if pd.concat([bare.str.fullmatch(p) for p in patterns], axis=1).any(axis=1).all():
            plain = bare.str.replace(group, "", regex=False).str.replace(sign, ".", regex=False)
            return {"kind": "number", "decimal": sign} | _ends(plain)
    return {}


def _ends(values: pd.Series) -> dict[str, float]:
    numbers = values.astype(float)
    return {"lowest": float(numbers.min()), "highest": float(numbers.max())}
