"""Findings: the numbers of a report under stable names -> JSON that never holds NaN."""

import datetime as dt
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

from crm_helpers.page.numerals import is_known, money, number, percent

Finding = dict[str, Any]


def finding(name: str, value: Any, *, unit: str = "", **beside: float | int | None) -> Finding:
    """One finding in the types of JSON.

    Parameters
    ----------
    name : str
        Stable, lower case, words joined by underscores; it means one thing in all reports.
    value : number, bool or text
        Never NaN.
    unit : str
        In words: "share", "customers", "points", the currency; empty for pure numbers and texts.
    **beside : number or None
        ``low`` and ``high`` (95 % interval unless ``level`` says otherwise), ``n``, ``baseline``,
        ``of`` (of how many a count is, so that the rate can be told); None is left out.

    Raises
    ------
    ValueError
        If the name is not of that form, or a number is missing or infinite, or low > high.
    TypeError
        If the value is neither a number nor a text, or another name stands beside it.

    Examples
    --------
    >>> finding("lapse_base_rate", 0.23, unit="share", n=4312)
    {'value': 0.23, 'unit': 'share', 'n': 4312}
    """
    _check_name(name)
    _check_beside(name, beside)
    numbers = {part: _plain(f"{name}.{part}", v) for part, v in beside.items() if v is not None}
    if {"low", "high"} <= numbers.keys() and numbers["low"] > numbers["high"]:
        raise ValueError(
            f"finding {name}: low {numbers['low']:g} is above high {numbers['high']:g}; "
            "expected an interval. Give the smaller end as low."
        )
    return {"value": _plain(name, value), "unit": unit, **numbers}


def _check_name(name: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ValueError(
            f"finding '{name}': not a stable name; expected lower-case words joined by "
            "underscores, such as top20_profit_share."
        )


def _check_beside(name: str, beside: Mapping[str, Any]) -> None:
    for part in beside:
        if part not in ("low", "high", "level", "n", "baseline", "of"):
            raise TypeError(
                f"finding {name}: unknown '{part}'; beside value and unit it may have "
                "low, high, level, n, baseline and of."
            )


def _plain(name: str, value: Any) -> float | int | bool | str:
    if isinstance(value, str):
        return value
    if isinstance(value, dt.date) and is_known(value):
        return value.isoformat()
    if not _is_scalar(value):
        raise TypeError(
            f"finding {name}: found {type(value).__name__}; expected one number or text. "
            "Reduce it to a number, or show it as a table."
        )
    if not is_known(value) or not math.isfinite(value):
        raise ValueError(
            f"finding {name}: found {value}; a finding is never missing. Leave it out and say "
            "why on the page, or raise Skip when the report rests on it."
        )
    return _python_number(value)


def _is_scalar(value: Any) -> bool:
    return value is None or isinstance(value, Real | Decimal) or not hasattr(value, "__len__")


def _python_number(value: Any) -> float | int | bool:
    if type(value).__name__ in ("bool", "bool_"):
        return bool(value)
    return int(value) if isinstance(value, Integral) else float(value)


def label_of(name: str) -> str:
    """Name of a finding as words, for a card without a label of its own.

    Examples
    --------
    >>> label_of("rows_set_aside")
    'Rows set aside'
    """
    return name.replace("_", " ").capitalize()


def bare_words(found: Mapping[str, Any]) -> str:
    """Value of a finding as a table shows it: share and currency stay, nouns do not.

    Examples
    --------
    >>> bare_words({"value": 1240, "unit": "customers"})
    '1,240'
    """
    unit = found.get("unit", "")
    return in_words(found if unit == "share" or unit.isupper() else {**found, "unit": ""})


def in_words(found: Mapping[str, Any], currency: str = "") -> str:
    """Value of a finding with its unit, as a reader says it.

    Examples
    --------
    >>> in_words({"value": 1240, "unit": "customers"})
    '1,240 customers'
    >>> in_words({"value": 0.234, "unit": "share"}).replace("\u00a0", " ")
    '23 %'
    """
    value, unit = found["value"], found.get("unit", "")
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if unit == "share":
        return percent(value)
    if unit and unit == (currency or unit) and unit.isupper():
        return money(value, unit, 0 if abs(value) >= 100 or float(value).is_integer() else 2)
    decimals = 0 if float(value).is_integer() or abs(value) >= 100 else 2 if abs(value) < 10 else 1
    return f"{number(value, decimals)} {unit}".strip()
