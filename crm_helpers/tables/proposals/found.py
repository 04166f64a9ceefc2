"""One file -> the table it is: which column is which, what is asked, what stays an attribute."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from crm_helpers.tables.contract import IN_WORDS, SCALES, Contract
from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.errors import SourceError, did_you_mean
from crm_helpers.tables.proposals.matching import CLEAR_LEAD, Match, is_sure, matches
from crm_helpers.tables.proposals.sample import Sample
from crm_helpers.tables.proposals.values import Looks, looks_of
from crm_helpers.tables.proposals.words import words_of
from crm_helpers.tables.reading.sql import identifier, quoted

# Who somebody is: no attribute of a model, and no business of a report.
PERSONAL = frozenset(
    "name firstname lastname vorname nachname surname prenom nombre apellido email mail phone "
    "telephone mobile telefon telefono street address strasse adresse direccion iban ssn".split()
)
ROW_KEY = "'row ' || ROW_NUMBER() OVER ()"
LONG_TEXT, MANY_VALUES = 200, 20
# What an order has once, whatever its lines.
FILLED_DOWN = ("customer_id", "ordered_at", "promotion", "shop_id")
# Whose values name a person: not shown, because a source file is passed on.
IDS_OF_PERSONS = ("customer_id", "person_id", "lead_id")


@dataclass(frozen=True)
class FoundTable:
    """What is known and unknown of one file.

    Attributes
    ----------
    path : Path
    table : str
        Canonical name of the table.
    is_clear, others
        Whether no other table came near, and which ones would be next.
    read : dict
        How the file has to be read.
    columns, reasons : dict by canonical name
        Column of the file, and why.
    made : dict of canonical name to (expression, why)
        What a table must have and the file has not.
    asked : dict of canonical name to (column or expression, question)
        What was not sure enough to be taken.
    attributes : list of str
    left_out : dict of column to reason
    unsure : list of str
    looks : dict of column to Looks
    """

    path: Path
    table: str
    is_clear: bool
    others: list[str]
    read: dict[str, Any]
    columns: dict[str, str]
    reasons: dict[str, str]
    made: dict[str, tuple[str, str]]
    asked: dict[str, tuple[str, str]]
    attributes: list[str]
    left_out: dict[str, str]
    unsure: list[str]
    looks: dict[str, Looks] = field(repr=False)


def found_table(sample: Sample, table: str = "") -> FoundTable:
    """Table that a file is, by the names and values of its columns.

    Parameters
    ----------
    sample : Sample
    table : str, default the likeliest

    Returns
    -------
    FoundTable

    Raises
    ------
    SourceError
        If a table is asked for that does not exist, or no column is known.
    """
    looks = {name: looks_of(sample.rows[name]) for name in sample.rows}
    ranked = matches(looks)
    best = _chosen(ranked, table, sample)
    rest = [match for match in ranked if match.table != best.table]
    return FoundTable(
        path=sample.path,
        table=best.table,
        is_clear=bool(table) or best.score - rest[0].score >= CLEAR_LEAD,
        others=[match.table for match in rest[:2]],
        unsure=[*sample.unsure, *_ambiguous(looks, best.columns.values())],
        looks=looks,
        **_taken(best, sample, looks),
        **_free(best, looks, len(sample.rows)),
    )


def _taken(best: Match, sample: Sample, looks: dict[str, Looks]) -> dict[str, Any]:
    """What is taken, why, what is asked, and what is made up for want of a column."""
    contract = CONTRACTS[best.table]
    sure = {
        name: column
        for name, column in best.columns.items()
        if is_sure(best.fits[name], looks[column], contract.column(name))
    }
    asked = {name: column for name, column in best.columns.items() if name not in sure}
    return {
        "columns": sure,
        "reasons": {name: _reason(name, column, looks[column]) for name, column in sure.items()},
        "asked": {n: _question(contract, n, column, looks[column]) for n, column in asked.items()},
        "made": _made(contract, best.columns, sample.path) | _scale(best.table, sure, looks),
        "read": sample.read | _formats(looks, sure.values()) | _fill_down(sample, sure),
    }


def _free(best: Match, looks: dict[str, Looks], rows: int) -> dict[str, Any]:
    """Columns that are none of the table: attributes, and what had better be left out."""
    free = [name for name in looks if name not in best.columns.values()]
    reasons = {name: _reason_to_leave(name, looks[name], rows) for name in free}
    left_out = {name: why for name, why in reasons.items() if why}
    return {"attributes": [name for name in free if not reasons[name]], "left_out": left_out}


def last_day(found: FoundTable, sample: Sample) -> dt.date | None:
    """Last day of the events in a file, all its rows read, or None where it is undated."""
    contract, days = CONTRACTS[found.table], []
    for name, column in found.columns.items():
        formats = found.looks[column].formats
        if formats and contract.column(name).maximum is not None:
            values = sample.whole_column(column)
            days.append(pd.to_datetime(values, format=formats[0], errors="coerce", utc=True).max())
    return max((day.date() for day in days if pd.notna(day)), default=None)


def _chosen(ranked: list[Match], table: str, sample: Sample) -> Match:
    if table and table not in CONTRACTS:
        known = list(CONTRACTS)
        raise SourceError(
            f"TABLE: unknown {table!r}{did_you_mean(table, known)} Known: {', '.join(known)}."
        )
    best = next((match for match in ranked if match.table == table), ranked[0])
    if not best.columns and not table:
        shown = ", ".join(list(sample.rows)[:8])
        raise SourceError(
            f"{sample.path.name}: none of its columns ({shown}) has a name that is known. Say "
            f"which table it is, TABLE= one of {', '.join(CONTRACTS)}, and map its columns by hand."
        )
    return best


def _reason(name: str, column: str, looks: Looks) -> str:
    kinds = {"boolean": "yes or no", "integer": "whole numbers", "number": "numbers"}
    kind = kinds.get(looks.kind, "no values yet" if looks.kind == "nothing" else f"{looks.kind}s")
    form = f" {looks.formats[0]}" if looks.formats else ""
    same = " of that name" if words_of(name) == words_of(column) else ""
    unique = ", each once" if looks.is_unique and looks.kind in ("text", "integer") else ""
    shown = "" if name in IDS_OF_PERSONS else f", such as {_shown(looks)}"
    return f"{kind}{form}{same}{unique}{shown}"


def _shown(looks: Looks) -> str:
    return ", ".join(repr(value[:24]) for value in looks.examples[:2])


def _question(contract: Contract, name: str, column: str, looks: Looks) -> tuple[str, str]:
    declared, then = contract.column(name), "Then take the first # away"
    if declared.type == "boolean" and looks.kind != "boolean":
        one, other = looks.examples[:2]
        means = f"which of {one!r} and {other!r} means: {declared.description}?"
        return f"{identifier(column)} = {quoted(other)}", f"{means} {then}"
    shown = "" if name in IDS_OF_PERSONS else f" Such as {_shown(looks)}."
    return column, f"is this {declared.description} ({IN_WORDS[declared.type]})?{shown} {then}"


def _made(contract: Contract, there: dict[str, str], path: Path) -> dict[str, tuple[str, str]]:
    """What the table cannot do without and the file does not have, where it can be made up."""
    made = {}
    if contract.key and contract.key[0] not in there:
        made[contract.key[0]] = (ROW_KEY, "the file has no key; each row counts as one of its own")
    if contract.table == "contacts" and "person_id" in made and "customer_id" in there:
        made["person_id"] = (identifier(there["customer_id"]), "each customer is a person")
    if contract.table == "contacts" and "campaign" not in there:
        made["campaign"] = (quoted(path.stem), "the file names no campaign; all rows count as one")
    return made


def _scale(table: str, columns: dict[str, str], looks: dict[str, Looks]) -> dict:
    """Scale of a score, where the file does not say it and the range of the answers allows one."""
    if table != "feedback" or "score" not in columns or "scale" in columns:
        return {}
    score = looks[columns["score"]]
    fitting = [
        name
        for name, (low, high) in SCALES.items()
        if score.lowest is not None and low <= score.lowest and score.highest <= high
    ]
    span = f"answers run from {score.lowest:g} to {score.highest:g}"
    if not fitting:
        return {}
    likely = min(fitting, key=lambda name: SCALES[name][1] - SCALES[name][0])
    return {"scale": (quoted(likely), f"{span}: {', '.join(fitting)} would fit")}


def _reason_to_leave(name: str, looks: Looks, rows: int) -> str:
    words = words_of(name)
    if looks.kind == "nothing":
        return "no values"
    is_named = not PERSONAL.isdisjoint(words) or "".join(words) in PERSONAL
    if is_named and looks.distinct > MANY_VALUES:
        return "tells who somebody is"
    if looks.kind == "text" and looks.longest > LONG_TEXT:
        return "long texts"
    if looks.kind == "text" and looks.is_unique and rows > MANY_VALUES:
        return "another value in every row"
    return ""


def _formats(looks: dict[str, Looks], used: Any) -> dict[str, str]:
    """How dates and numbers have to be read, where all columns in use agree."""
    found: dict[str, str] = {}
    sole = [looks[name].formats[0] for name in used if len(looks[name].formats) == 1]
    days = {form for form in sole if "%H" not in form and "%I" not in form}
    times = {form for form in sole if form not in days and "%z" not in form}
    if len(days) == 1 and (form := days.pop()) != "%Y-%m-%d":
        found["date_format"] = form
    if len(times) == 1 and not (form := times.pop()).startswith("%Y-%m-%d"):
        found["timestamp_format"] = form
    if any(one.decimal == "," for one in looks.values()):
        found |= {"decimal": ",", "thousands": "."}
    return found


def _fill_down(sample: Sample, columns: dict[str, str]) -> dict[str, list[str]]:
    """Columns that stand on the first row of an order alone, as some shops export them."""
    rows, order = sample.rows, columns.get("order_id")
    if order is None:
        return {}
    again = rows[order].eq(rows[order].shift()) & rows[order].ne("")
    if not again.any():
        return {}
    used = [column for name, column in columns.items() if name in FILLED_DOWN]
    once = [c for c in used if rows.loc[again, c].eq("").all() and rows.loc[~again, c].ne("").any()]
    return {"fill_down": once} if once else {}


def _ambiguous(looks: dict[str, Looks], used: Any) -> list[str]:
    return [
        f"dates of {name!r} can be {' or '.join(looks[name].formats)}: set one under `read:`"
        for name in used
        if len(looks[name].formats) > 1
    ]
