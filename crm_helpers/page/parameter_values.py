"""One declared parameter and a value -> the value in its type and range, or words that help."""

import datetime as dt
import difflib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

LEAST_PER_CENT = 5
KINDS = ("str", "date", "int", "float", "bool", "list[str]")


@dataclass(frozen=True)
class Parameter:
    """One parameter of the notebooks: its type, unit, range and meaning."""

    kind: str
    help: str
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    # True where the value is assumed until something has measured it.
    is_assumed: bool = False


class ParameterError(ValueError):
    """A parameter that is unknown, mistyped or out of range; the message names the remedy."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Known name that resembles the given one most, or None when none does."""
    found = difflib.get_close_matches(name.lower(), list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def typed_value(value: Any, declared: Parameter, subject: str) -> Any:
    """Value in the declared type and range (dates as YYYY-MM-DD).

    Parameters
    ----------
    value : object
    declared : Parameter
    subject : str
        What the message names: file or cell, and parameter.

    Raises
    ------
    ParameterError
        If the value has another type or lies outside the declared range.
    """
    value = _TYPED[declared.kind](value, subject)
    _check_range(value, declared, subject)
    return value


def _mismatch(subject: str, value: Any, expected: str, example: str) -> ParameterError:
    shown = "empty" if value is None else f"{value!r} ({type(value).__name__})"
    return ParameterError(f"{subject}: found {shown}; expected {expected}. Write {example}.")


def _as_text(value: Any, subject: str) -> str:
    if not isinstance(value, str):
        raise _mismatch(subject, value, "a text", f'"{value}" in quotes')
    return value


def _as_texts(value: Any, subject: str) -> list[str]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise _mismatch(subject, value, "a list of texts", '["first", "second"]')
    return list(value)


def _as_date(value: Any, subject: str) -> str:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    if value == "":
        return ""
    try:
        return dt.datetime.strptime(value, "%Y-%m-%d").date().isoformat()
    except (TypeError, ValueError):
        raise _mismatch(subject, value, "a day as YYYY-MM-DD", "for example 2026-09-30") from None


def _as_int(value: Any, subject: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _mismatch(subject, value, "a whole number", "for example 90, without quotes")
    return value


def _as_float(value: Any, subject: str) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value):
        raise _mismatch(subject, value, "a number", "for example 0.10, without quotes")
    return float(value)


def _as_bool(value: Any, subject: str) -> bool:
    if not isinstance(value, bool):
        raise _mismatch(subject, value, "true or false", "true or false, without quotes")
    return value


_TYPED = {
    "str": _as_text,
    "list[str]": _as_texts,
    "date": _as_date,
    "int": _as_int,
    "float": _as_float,
    "bool": _as_bool,
}


def _check_range(value: Any, declared: Parameter, subject: str) -> None:
    if declared.choices:
        _check_choices(value if isinstance(value, list) else [value], declared.choices, subject)
    if declared.minimum is None or declared.minimum <= value <= declared.maximum:
        return
    unit = "" if declared.unit == "share" else f" {declared.unit}".rstrip()
    remedy = _as_share(value) if declared.unit == "share" else ""
    raise ParameterError(
        f"{subject}: {_plain(value)} is not between {_plain(declared.minimum)} and "
        f"{_plain(declared.maximum)}{unit}. {remedy or f'Meaning: {declared.help}.'}"
    )


def _plain(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,.12g}"


def _check_choices(texts: list[str], choices: tuple[str, ...], subject: str) -> None:
    for text in texts:
        if text not in choices:
            near = nearest(text, choices)
            hint = f" Did you mean '{near}'?" if near else ""
            raise ParameterError(f"{subject}: '{text}' is not one of: {', '.join(choices)}.{hint}")


def _as_share(value: float) -> str:
    # Twice, or two per cent? Nobody can tell, so small numbers get no guess.
    if not LEAST_PER_CENT <= value <= 100:
        return ""
    words = {5: "five", 10: "ten", 20: "twenty", 50: "fifty"}.get(value, f"{value:g}")
    share = f"{value / 100:.2f}" if value == int(value) else f"{value / 100:.12g}"
    return f"For {words} per cent write {share}."
