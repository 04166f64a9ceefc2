"""Texts of dates -> order of day and month, or the key to set; the same as YYYY-MM-DD."""

import re
from dataclasses import dataclass
from typing import Any

from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.reading.sql import clean, matches, quoted, unreadable

_TIME = r"\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AaPp]\.?[Mm]\.?)?"
_ZONE = r" ?(Z|z|UTC|GMT|[+-]\d{2}(:?\d{2})?)"
_BEHIND = rf"([T ,]+{_TIME}({_ZONE})?)?"
YEAR_FIRST = rf"(\d{{4}})([-/.])(\d{{1,2}})[-/.](\d{{1,2}}){_BEHIND}"
THREE = rf"(\d{{1,2}})([-/.])(\d{{1,2}})[-/.](\d{{4}}|\d{{2}}){_BEHIND}"
_OFFSET = rf":\d{{2}}([.,]\d+)?{_ZONE}$"
ORDERS = {"DMY": (4, 3, 1), "MDY": (4, 1, 3), "YMD": (1, 3, 4)}  # groups of year, month, day
NAMES = {"DMY": "day first", "MDY": "month first", "YMD": "year first"}


@dataclass(frozen=True)
class Dates:
    """What the texts of one column look like.

    Attributes
    ----------
    there : int, values that are no words for nothing
    iso : int, values an engine reads as they are
    three : int, values of three numbers whose first is no year of four digits
    day_first, month_first : int, those of them in which the other order is impossible
    short : int, those of them with a year of two digits
    zoned : int, values with an offset from UTC
    first, first_day, first_month : str, first cases
    low_offset, high_offset : str
    first_zoned : str
    """

    there: int = 0
    iso: int = 0
    three: int = 0
    day_first: int = 0
    month_first: int = 0
    short: int = 0
    zoned: int = 0
    year_first: int = 0
    first: str = ""
    first_day: str = ""
    first_month: str = ""
    first_zoned: str = ""
    low_offset: str = ""
    high_offset: str = ""

    def is_dates(self) -> bool:
        """Return True where every value looks like a date."""
        return self.there > 0 and self.three + self.year_first == self.there


_PLAIN = r"\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?"
_FIRSTS = {"first": "three", "first_day": "day_first", "first_month": "month_first"}
_FIRSTS |= {"first_zoned": "zoned"}


def aggregates(column: str, place: int) -> dict[str, str]:
    """Aggregates of SQL that count the looks of a column of text."""
    text = clean(column)
    wheres = _looks(text)
    counted = {f"d{place}_{name}": f"count(*) FILTER ({where})" for name, where in wheres.items()}
    seen = {
        f"d{place}_{name}": f"arg_min({text}, _row) FILTER ({wheres[of]})"
        for name, of in _FIRSTS.items()
    }
    offset = f"replace(upper(trim({_offset(text)})), ':', '')"
    edges = {f"d{place}_low_offset": f"min({offset})", f"d{place}_high_offset": f"max({offset})"}
    return counted | seen | edges


def _looks(text: str) -> dict[str, str]:
    """Conditions of SQL by what they find."""
    three, year_first = matches(text, THREE), matches(text, YEAR_FIRST)
    parts = {group: f"try_cast({_group(text, THREE, group)} AS INTEGER)" for group in (1, 3)}
    return {
        "there": f"{text} IS NOT NULL",
        "iso": matches(text, _PLAIN),
        "three": three,
        "year_first": year_first,
        "day_first": f"{three} AND {parts[1]} > 12",
        "month_first": f"{three} AND {parts[3]} > 12",
        "short": f"{three} AND length({_group(text, THREE, 4)}) = 2",
        "zoned": f"({three} OR {year_first}) AND {_offset(text)} IS NOT NULL",
    }


def _offset(text: str) -> str:
    return f"nullif({_group(text, _OFFSET, 2)}, '')"


def _group(text: str, pattern: str, group: int) -> str:
    return f"regexp_extract({text}, {quoted(pattern)}, {group})"


def looks(found: dict[str, Any], place: int) -> Dates:
    """Counts of one column out of the row of aggregates."""
    mine = {
        name.partition("_")[2]: value
        for name, value in found.items()
        if name.startswith(f"d{place}_")
    }
    is_text = {name for name in mine if "first_" in name and "_first" not in name}
    is_text |= {"first", "low_offset", "high_offset"}
    return Dates(**{name: value or ("" if name in is_text else 0) for name, value in mine.items()})


def order_of(name: str, mine: Dates, others: list[Dates], stated: str, where: str) -> str:
    """Order of day, month and year of a column: stated, or seen in it, or seen in the table.

    Raises
    ------
    SourceError
        If two orders fit every value, both are needed, or a year has two digits.
    """
    if stated or not mine.three:
        return stated
    ask = "Set `read: {date_order: DMY}` (day first), MDY (month first)%s under " + f"{where}."
    if mine.short:
        raise SourceError(
            f"{name}: {mine.short:,} of {mine.there:,} dates have a year of two digits (first: "
            f"{mine.first!r}); expected four, for the year could stand at either end. "
            f"{ask % ' or YMD (year first)'}"
        )
    if mine.day_first and mine.month_first:
        raise SourceError(
            f"{name}: dates of both orders, {mine.day_first:,} with the day first (first: "
            f"{mine.first_day!r}) and {mine.month_first:,} with the month first (first: "
            f"{mine.first_month!r}); expected one order. {ask % ''} Dates of the other order are "
            "then set aside."
        )
    day = mine.day_first or (not mine.month_first and any(other.day_first for other in others))
    month = mine.month_first or (not mine.day_first and any(other.month_first for other in others))
    if bool(day) != bool(month):
        return "DMY" if day else "MDY"
    raise SourceError(
        f"{name}: {mine.three:,} of {mine.there:,} dates can be read day first or month first "
        f"(first: {mine.first!r}; no day is above 12); expected one reading. {ask % ''}"
    )


def check_zone(name: str, mine: Dates, time_zone: str, file: str) -> None:
    """Do nothing unless time stamps with different offsets have no time zone to be read in.

    Raises
    ------
    SourceError
        If offsets differ, or only some values have one, and no time zone is stated.
    """
    if not mine.zoned or time_zone:
        return
    if mine.low_offset == mine.high_offset and mine.zoned == mine.there:
        return
    offsets = f"offsets from {mine.low_offset} to {mine.high_offset}"
    what = "not all of them" if mine.low_offset == mine.high_offset else offsets
    raise SourceError(
        f"{name}: {mine.zoned:,} of {mine.there:,} time stamps carry an offset from UTC (first: "
        f"{mine.first_zoned!r}; {what}), so that their day depends on where it is counted. Set "
        f"`time_zone:` of the company, for example America/New_York, in {file}."
    )


def is_rewritten(mine: Dates) -> bool:
    """True where an engine would not read every readable value as it stands."""
    return mine.iso < mine.three + mine.year_first


def rewritten(column: str, order: str, *, latest_year: int, time_zone: str) -> str:
    """Expression of SQL: YYYY-MM-DD hh:mm:ss, or the text so that it is not read at all."""
    text = clean(column)
    three = _iso(text, THREE, ORDERS[order or "DMY"], latest_year, time_zone)
    first = _iso(text, YEAR_FIRST, ORDERS["YMD"], latest_year, time_zone)
    is_three = matches(text, THREE) if order else "false"
    if order == "YMD":  # a year of four digits at the end is none at the beginning
        is_three += f" AND length({_group(text, THREE, 4)}) = 2"
    return (
        f"CASE WHEN {text} IS NULL THEN {column} "
        f"WHEN {matches(text, YEAR_FIRST)} THEN coalesce({first}, {unreadable(column)}) "
        f"WHEN {is_three} THEN coalesce({three}, {unreadable(column)}) "
        f"ELSE {unreadable(column)} END"
    )


def by_format(column: str, formats: list[str]) -> str:
    """Expression of SQL: the text read by the stated formats, or so that it is not read at all."""
    text = clean(column)
    bare = [one for one in formats if not re.search("%[HI]", one)]
    full = [*formats, *(one + time for one in bare for time in (" %H:%M:%S", " %H:%M"))]
    listed = ", ".join(quoted(one) for one in full)
    stamp = f"CAST(try_strptime({text}, [{listed}]) AS VARCHAR)"
    return (
        f"CASE WHEN {text} IS NULL THEN {column} ELSE coalesce({stamp}, {unreadable(column)}) END"
    )


def _iso(text: str, pattern: str, places: tuple[int, ...], latest: int, time_zone: str) -> str:
    year, month, day = (_group(text, pattern, place) for place in places)
    full = f"(2000 + CAST({year} AS INTEGER))"
    short = f"({full} - CASE WHEN {full} > {latest} THEN 100 ELSE 0 END)::VARCHAR"
    year = f"CASE length({year}) WHEN 4 THEN {year} WHEN 2 THEN {short} END"
    date = f"({year}) || '-' || lpad({month}, 2, '0') || '-' || lpad({day}, 2, '0')"
    time = rf"replace(regexp_extract({text}, {quoted(_TIME)}), ',', '.')"
    bare = f"upper(translate({time}, '. ', ''))"
    half = f"strftime(try_strptime({bare}, ['%I:%M:%S%p', '%I:%M%p']), '%H:%M:%S')"
    is_half = f"regexp_matches({time}, '[AaPp]\\.?[Mm]')"
    time = f"CASE WHEN {is_half} THEN {half} WHEN {time} = '' THEN '00:00:00' ELSE {time} END"
    stamp = f"({date}) || ' ' || ({time})"
    if time_zone:
        zone = f"regexp_extract({text}, {quoted(_OFFSET)}, 2)"
        zone = f"regexp_replace(trim({zone}), '^([+-]\\d{{2}}):?(\\d{{2}})?$', '\\1:\\2')"
        zone = f"CASE WHEN {zone} SIMILAR TO '.*:' THEN {zone} || '00' ELSE {zone} END"
        return f"CAST(CAST(try_cast(({stamp}) || ({zone}) AS TIMESTAMPTZ) AS TIMESTAMP) AS VARCHAR)"
    return f"CAST(try_cast({stamp} AS TIMESTAMP) AS VARCHAR)"
