"""Columns of text that are numbers or dates -> one way to read them, or the key to set."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ibis.backends.duckdb import Backend

from crm_helpers.tables.contract import DATA_UNTIL
from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.mapping import plain_columns
from crm_helpers.tables.nothing import IN_TYPED
from crm_helpers.tables.reading import dates as text_dates
from crm_helpers.tables.reading import numbers as text_numbers
from crm_helpers.tables.reading.sql import identifier
from crm_helpers.tables.sources import Reading, Source, TableSource

NUMBER, DATE, TEXT, OTHER = "number", "date", "text", "other"
_KINDS = {"text": TEXT, "date": DATE, "timestamp": DATE, "boolean": OTHER}
_SAMPLE = 1000
_LATER_YEARS = 20  # a contract may end that long after data_until
Relation = Callable[[set[str]], str]  # columns to keep as text -> SELECT of all columns
Told = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What the source file and the contract say of the columns of one table."""

    table: str
    source: Source
    entry: TableSource
    types: dict[str, str]
    is_text: bool = True  # False: the file states the types of its columns

    @property
    def read(self) -> Reading:
        """How the file is to be read."""
        return self.entry.read

    @property
    def where(self) -> str:
        """Place in the source file that messages name."""
        return f"tables.{self.table} of {self.source.file}"

    @property
    def formats(self) -> list[str]:
        """Stated formats of dates; one with an offset tells the order alone, see `order`."""
        stated = (self.read.timestamp_format, self.read.date_format)
        return [one for one in stated if one and "%z" not in one]

    @property
    def order(self) -> str:
        """Stated order of day and month, in words or by a format with an offset."""
        zoned = self.read.timestamp_format if "%z" in self.read.timestamp_format else ""
        by_first = {"%d": "DMY", "%m": "MDY", "%Y": "YMD", "%y": "YMD"}
        return self.read.date_order or by_first.get(zoned[:2], "")

    def plain(self) -> dict[str, str]:
        """Source column -> column of the contract that it is mapped to as it stands."""
        raw = list(self.types)
        columns = self.entry.columns or {column: column for column in raw}
        known = CONTRACTS[self.table].names()
        mapped = plain_columns(columns, raw)
        pairs = [(column, name) for name, column in mapped.items() if name in known]
        contract = CONTRACTS[self.table]  # where a column is mapped twice, it stays text
        return dict(sorted(pairs, key=lambda pair: contract.column(pair[1]).type == "text"))

    def role(self, column: str) -> str:
        """number, date, text or other, by the contract."""
        name = self.plain().get(column)
        found = CONTRACTS[self.table].column(name) if name else None
        return _KINDS.get(found.type, NUMBER) if found else OTHER

    def latest_year(self, column: str) -> int:
        """Last year that two digits can mean in a column."""
        name = self.plain().get(column)
        found = CONTRACTS[self.table].column(name) if name else None
        is_past = found is not None and found.maximum == DATA_UNTIL
        return self.source.data_until.year + (0 if is_past else _LATER_YEARS)


def as_read(con: Backend, relation: Relation, wanted: Wanted) -> tuple[str, list[Told]]:
    """SELECT of all columns in which every text has one reading, and what was decided.

    Parameters
    ----------
    con : Ibis connection to DuckDB
    relation : callable
        Gives the SELECT of the file; the named columns keep their characters.
    wanted : Wanted

    Raises
    ------
    SourceError
        If values can be read in two ways and no key says which.
    """
    numbers, dates = _candidates(con, relation, wanted)
    text = {column for column in wanted.types if wanted.role(column) == TEXT}
    kept = relation(text | numbers | dates)
    looks = _looks(con, kept, sorted(numbers), sorted(dates))
    told: list[Told] = []
    expressions = _numbers(wanted, looks, told) | _dates(wanted, looks, told)
    chosen = ", ".join(
        f"{expressions[column]} AS {identifier(column)}"
        if column in expressions
        else identifier(column)
        for column in wanted.types
    )
    return f"SELECT {chosen} FROM ({relation(text | set(expressions))})", told


def _candidates(con: Backend, relation: Relation, wanted: Wanted) -> tuple[set[str], set[str]]:
    numbers, dates, unknown = set(), set(), set()
    for column, type_ in wanted.types.items():
        role, is_text = wanted.role(column), type_ == "VARCHAR"
        if role == TEXT or type_ in ("BIGINT", "BOOLEAN", "TIME"):
            continue
        if not wanted.is_text and not (is_text and role in (NUMBER, DATE)):
            continue
        if role == NUMBER or type_ == "DOUBLE":
            numbers.add(column)
        elif role == DATE or type_.startswith(("DATE", "TIMESTAMP")):
            dates.add(column)
        elif is_text and column not in wanted.plain():
            unknown.add(column)
    some_numbers, some_dates = _by_sample(con, relation(set()), sorted(unknown))
    return numbers | some_numbers, dates | some_dates


def _by_sample(con: Backend, query: str, columns: list[str]) -> tuple[set[str], set[str]]:
    """Attributes whose first values are all numbers that no engine reads, or all dates."""
    if not columns:
        return set(), set()
    chosen = ", ".join(identifier(column) for column in columns)
    rows = con.raw_sql(f"SELECT {chosen} FROM ({query}) LIMIT {_SAMPLE}").fetchall()
    values = {
        column: [text for row in rows if (text := (row[place] or "").strip()) not in _NOTHING]
        for place, column in enumerate(columns)
    }
    number = rf"(?! )({text_numbers.FITS['.']}|{text_numbers.FITS[',']})".replace(" ]", "]")
    date = f"{text_dates.YEAR_FIRST}|{text_dates.THREE}"
    return _all(number, values), _all(date, values)


_NOTHING = ("", *IN_TYPED)


def _all(pattern: str, values: dict[str, list[str]]) -> set[str]:
    fits = re.compile(pattern).fullmatch
    return {c for c, texts in values.items() if texts and all(fits(text) for text in texts)}


@dataclass(frozen=True)
class Looks:
    """What the texts of numbers and dates look like, by column."""

    numbers: dict[str, text_numbers.Numbers]
    dates: dict[str, text_dates.Dates]


def _looks(con: Backend, query: str, numbers: list[str], dates: list[str]) -> Looks:
    wanted: dict[str, str] = {}
    for place, column in enumerate(numbers):
        wanted |= text_numbers.aggregates(identifier(column), place)
    for place, column in enumerate(dates):
        wanted |= text_dates.aggregates(identifier(column), place)
    if not wanted:
        return Looks({}, {})
    parts = ", ".join(f"{sql} AS {name}" for name, sql in wanted.items())
    counted = f"SELECT {parts} FROM (SELECT *, ROW_NUMBER() OVER () AS _row FROM ({query}))"
    found = dict(zip(wanted, con.raw_sql(counted).fetchone(), strict=True))
    return Looks(
        {column: text_numbers.looks(found, place) for place, column in enumerate(numbers)},
        {column: text_dates.looks(found, place) for place, column in enumerate(dates)},
    )


def _numbers(wanted: Wanted, looks: Looks, told: list[Told]) -> dict[str, str]:
    read, found = wanted.read, {}
    stated = read.decimal or {".": ",", ",": "."}.get(read.thousands, "")
    mine = {c: look for c, look in looks.numbers.items() if _counts(wanted, c, look)}
    for column, look in mine.items():
        name = f"{wanted.table}.{wanted.plain().get(column, column)}"
        sign = text_numbers.decimal_of(name, look, list(mine.values()), stated, wanted.where)
        if not text_numbers.is_rewritten(look, sign):
            continue
        text = text_numbers.rewritten(identifier(column), sign, read.thousands)
        is_plain = wanted.role(column) == NUMBER
        found[column] = text if is_plain else f"TRY_CAST({text} AS DOUBLE)"
        told.append(_told(wanted, column, "decimal", sign, look.there))
    return found


def _counts(wanted: Wanted, column: str, look: text_numbers.Numbers) -> bool:
    """Numbers of the contract, and attributes of which every value is one."""
    return wanted.role(column) == NUMBER or (look.there > 0 and look.either == look.there)


def _dates(wanted: Wanted, looks: Looks, told: list[Told]) -> dict[str, str]:
    found = {}
    for column, look in looks.dates.items():
        is_mine = wanted.role(column) == DATE
        formats = wanted.formats
        if formats and (is_mine or wanted.types[column] != "VARCHAR"):
            text = text_dates.by_format(identifier(column), formats)
            found[column] = text if is_mine else f"TRY_CAST({text} AS TIMESTAMP)"
            told.append(_told(wanted, column, "date_format", formats[0], look.there))
        elif is_mine or look.is_dates():
            found |= _dated(wanted, column, looks, told)
    return found


def _dated(wanted: Wanted, column: str, looks: Looks, told: list[Told]) -> dict[str, str]:
    look, others = looks.dates[column], list(looks.dates.values())
    name = f"{wanted.table}.{wanted.plain().get(column, column)}"
    order = text_dates.order_of(name, look, others, wanted.order, wanted.where)
    text_dates.check_zone(name, look, wanted.source.time_zone, wanted.source.file)
    if not text_dates.is_rewritten(look) and not (order and look.three):
        return {}
    zone = wanted.source.time_zone if look.zoned else ""
    if look.three:
        told.append(_told(wanted, column, "date_order", order, look.three))
    if look.zoned:
        told.append(_told(wanted, column, "time_zone", zone or look.low_offset, look.zoned))
    year = wanted.latest_year(column)
    text = text_dates.rewritten(identifier(column), order, latest_year=year, time_zone=zone)
    return {column: text if wanted.role(column) == DATE else f"TRY_CAST({text} AS TIMESTAMP)"}


def _told(wanted: Wanted, column: str, code: str, value: str, rows: int) -> Told:
    name = wanted.plain().get(column, column)
    return {"table": wanted.table, "column": name, "code": code, "value": value, "rows": rows}
