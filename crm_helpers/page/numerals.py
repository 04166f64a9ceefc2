"""Numbers, shares, amounts and days -> the way a reader says them."""

import datetime as dt
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd

NOT_KNOWN = "–"
# Keeps a number and its unit on one line.
HARD_SPACE = "\u00a0"


def is_known(value: Any) -> bool:
    """False for None, NaN, NaT and infinities."""
    if isinstance(value, float):
        return math.isfinite(value)
    return bool(value is not None and pd.notna(value))


def number(value: float | Decimal | None, decimals: int = 0) -> str:
    """Number with thousands separators; a dash where there is none.

    Examples
    --------
    >>> number(12410), number(3.14159, 1), number(float("nan"))
    ('12,410', '3.1', '–')
    """
    if not is_known(value):
        return NOT_KNOWN
    text = f"{value:,.{decimals}f}"
    return text.lstrip("-") if float(text.replace(",", "")) == 0 else text.replace("-", "−")


def significant(value: float | None, digits: int = 4) -> str:
    """Number with so many telling digits, never as a power of ten.

    Examples
    --------
    >>> significant(68524.7), significant(1.34449), significant(0.00061), significant(39.0)
    ('68,525', '1.344', '0.00061', '39')
    """
    if not is_known(value):
        return NOT_KNOWN
    size = abs(float(value))
    places = digits - 1 - math.floor(math.log10(size)) if size > 0 else 0
    text = number(value, min(12, max(0, places)))
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: float | Decimal | None, currency: str, decimals: int = 0) -> str:
    """Amount with its currency.

    Examples
    --------
    >>> money(8911407.9, "GBP").replace(HARD_SPACE, " ")
    '8,911,408 GBP'
    """
    amount = number(value, decimals)
    return f"{amount}{HARD_SPACE}{currency}" if currency and is_known(value) else amount


def percent(share: float | None, decimals: int | None = None) -> str:
    """Share as percent, by default with two telling digits.

    Examples
    --------
    >>> [percent(s).replace(HARD_SPACE, " ") for s in (0.41, 0.0417, 0.00193, 0, 1, 0.9996)]
    ['41 %', '4.2 %', '0.19 %', '0 %', '100 %', '99.96 %']
    """
    if not is_known(share):
        return NOT_KNOWN
    places = _places(float(share)) if decimals is None else decimals
    return f"{number(share * 100, places)}{HARD_SPACE}%"


def _places(share: float) -> int:
    size = abs(share)
    if size == 0 or size >= 1:
        return 0
    if size > 0.99:
        # What is not quite everything must not read as 100 %.
        return min(4, -math.floor(math.log10(1 - size)) - 2)
    return min(4, max(0, -math.floor(math.log10(size)) - 1))


def interval(low: float, high: float, form: Callable[[float], str] = number) -> str:
    """Both ends of an interval in words.

    Examples
    --------
    >>> interval(0.18, 0.25, percent).replace(HARD_SPACE, " ")
    '18 % to 25 %'
    """
    return f"{form(low)} to {form(high)}"


def per_hundred(share: float | None, noun: str = "") -> str:
    """Share as a count that can be imagined.

    Examples
    --------
    >>> per_hundred(0.23, "customers"), per_hundred(0.004), per_hundred(0.00002)
    ('23 of 100 customers', '4 of 1,000', 'fewer than 1 of 10,000')
    """
    if not is_known(share):
        return NOT_KNOWN
    suffix = f" {noun}" if noun else ""
    base = next((b for b in (100, 1_000, 10_000) if share == 0 or share * b >= 1), None)
    if base is None:
        return f"fewer than 1 of 10,000{suffix}"
    return f"{number(share * base)} of {base:,}{suffix}"


def counted(count: int, one: str, several: str = "") -> str:
    """Count with its noun.

    Examples
    --------
    >>> counted(1, "customer"), counted(1240, "customer"), counted(2, "category", "categories")
    ('1 customer', '1,240 customers', '2 categories')
    """
    return f"{number(count)} {one if count == 1 else several or one + 's'}"


def were(count: int, one: str, several: str = "") -> str:
    """Count with its noun and the verb in the past.

    Examples
    --------
    >>> were(1, "report"), were(3, "report")
    ('1 report was', '3 reports were')
    """
    return f"{counted(count, one, several)} {'was' if count == 1 else 'were'}"


def capital(text: str) -> str:
    """Text with a capital first, the rest as it is.

    Examples
    --------
    >>> capital("coupon portal"), capital("iOS app"), capital("")
    ('Coupon portal', 'IOS app', '')
    """
    return text[:1].upper() + text[1:]


def day(date: dt.date | None) -> str:
    """Date as people write it.

    Examples
    --------
    >>> day(dt.date(2026, 9, 30))
    '30 September 2026'
    """
    return f"{date.day} {date:%B %Y}" if is_known(date) else NOT_KNOWN


def period(start: dt.date | None, end: dt.date | None) -> str:
    """First and last day, both inclusive.

    Examples
    --------
    >>> period(dt.date(2011, 7, 1), dt.date(2011, 9, 30))
    '1 Jul 2011 – 30 Sep 2011'
    """
    if not is_known(start) or not is_known(end):
        return NOT_KNOWN
    return f"{start.day} {start:%b %Y} – {end.day} {end:%b %Y}"


def dateline(title: str, as_of: dt.date) -> str:
    """Whose data, and the last day looked at.

    Examples
    --------
    >>> dateline("Demo company", dt.date(2026, 9, 30))
    'Demo company · as of 30 September 2026'
    """
    return f"{title} · as of {day(as_of)}"


def orders_until(title: str, as_of: dt.date) -> str:
    """Whose orders a picture shows, and until which day.

    Examples
    --------
    >>> orders_until("Demo company", dt.date(2026, 9, 30))
    'Demo company, orders until 30 September 2026'
    """
    return f"{title}, orders until {day(as_of)}"
