"""The only place that compares a date with as_of: tables and dates -> the rows that may be seen."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from crm_helpers.features.quarters import ONE_DAY
from crm_helpers.tables.needs import Skip

MAX_TRAINING_ORIGINS = 4
MIN_OBSERVATION_DAYS = 28


def check_as_of(as_of: dt.date, *, data_from: dt.date, data_until: dt.date) -> dt.date:
    """Return as_of when it lies inside the data.

    Parameters
    ----------
    as_of : date
        Last day features may see, inclusive.
    data_from, data_until : date
        First and last day for which the source holds complete data.

    Returns
    -------
    date, the same as_of

    Raises
    ------
    ValueError
        If as_of lies outside; the message states the usable range.
    """
    if not data_from <= as_of <= data_until:
        raise ValueError(
            f"as_of: {as_of} is outside the data, which run from {data_from} to {data_until}. "
            f"Usable as_of: {data_from} to {data_until}."
        )
    return as_of


def check_outcome_complete(as_of: dt.date, outcome_days: int, *, data_until: dt.date) -> dt.date:
    """Return as_of when every day of its outcome window has been observed.

    Parameters
    ----------
    as_of : date
        Last day features may see; outcomes start the day after.
    outcome_days : int
        Length of the outcome window, in days.
    data_until : date
        Last day for which the source holds complete data.

    Returns
    -------
    date, the same as_of

    Raises
    ------
    ValueError
        If the window ends after data_until; the message states the latest usable as_of.
    """
    end = as_of + outcome_days * ONE_DAY
    if end > data_until:
        raise ValueError(
            f"as_of {as_of} + outcome_days {outcome_days} ends {end}, but the data stop "
            f"{data_until}. Latest usable as_of: {data_until - outcome_days * ONE_DAY}."
        )
    return as_of


@dataclass(frozen=True)
class Origin:
    """A day from which a report looks back for features and ahead for outcomes."""

    as_of: dt.date
    role: str


@dataclass(frozen=True)
class Origins:
    """Origins in order of time, with the observation length that all of them share."""

    items: tuple[Origin, ...]
    observation_days: int
    outcome_days: int
    note: str

    def __iter__(self) -> Iterator[Origin]:
        """Origins from the earliest training origin to the one that is scored."""
        return iter(self.items)

    def __len__(self) -> int:
        """Count of origins, the scored one included."""
        return len(self.items)

    def of(self, role: str) -> list[Origin]:
        """Origins of one role: train, validation, test or score."""
        return [origin for origin in self.items if origin.role == role]


def origins(
    as_of: dt.date, *, outcome_days: int, data_from: dt.date, observation_days: int = 365
) -> Origins:
    """Origins for training, validation and test whose outcomes are all complete by as_of.

    The test origin lies one outcome window before as_of, validation one before that,
    training ones before both, so no outcome day of a later role is ever trained on.
    Last year's same season is among the training origins where the data reach. Every
    origin looks back equally far; when the data are too short for `observation_days`,
    the length is cut to what the latest training origin has, and `note` says so. Data too short
    for three outcome windows go without validation: methods are then chosen by folds.

    Parameters
    ----------
    as_of : date
        The day that is scored; the last day features may see.
    outcome_days : int
        Length of the outcome window that follows each origin, in days.
    data_from : date
        First day for which the source holds data.
    observation_days : int, default 365
        Wanted length of the observation window, in days.

    Returns
    -------
    Origins
        One or more of role train, then one validation (none in short data), one test, one score.

    Raises
    ------
    Skip
        If not even one training origin has four weeks to look back on.
    """
    step, days = outcome_days * ONE_DAY, (as_of - data_from).days + 1
    least = min(MIN_OBSERVATION_DAYS, observation_days)
    if days - 2 * outcome_days < least:
        raise Skip(_too_short(as_of, outcome_days, data_from))
    back = 3 if days - 3 * outcome_days >= least else 2
    common = min(observation_days, days - back * outcome_days)
    train = [as_of - 2 * step]
    if back == 3:
        train = _training_days(as_of, step, data_from + (common - 1) * ONE_DAY)
    roles = [Origin(day, "train") for day in train]
    roles += [Origin(as_of - 2 * step, "validation")] * (back == 3)
    roles += [Origin(as_of - step, "test"), Origin(as_of, "score")]
    note = _shortened(observation_days, common, data_from) if common < observation_days else ""
    note += _without_validation(outcome_days) * (back == 2)
    return Origins(tuple(roles), common, outcome_days, note.strip())


def _training_days(as_of: dt.date, step: dt.timedelta, earliest: dt.date) -> list[dt.date]:
    """Latest days on the grid, with the one nearest to a year ago among them."""
    grid = []
    while as_of - (3 + len(grid)) * step >= earliest:
        grid.append(as_of - (3 + len(grid)) * step)
    year_ago = as_of - 365 * ONE_DAY
    nearest = min(grid, key=lambda day: abs(day - year_ago))
    kept = grid[:MAX_TRAINING_ORIGINS]
    if nearest not in kept and abs(nearest - year_ago) <= step / 2:
        kept[-1] = nearest
    return sorted(kept)


def _shortened(wanted: int, found: int, data_from: dt.date) -> str:
    return (
        f"Each origin looks back {found} days instead of the {wanted} asked for, because the "
        f"data begin on {data_from} and all origins must see equally much."
    )


def _without_validation(outcome_days: int) -> str:
    return (
        f" The data are too short for three windows of {outcome_days} days: the method was chosen "
        "by cross-validation on one of them and tested on the next, without a window between."
    )


def _too_short(as_of: dt.date, outcome_days: int, data_from: dt.date) -> str:
    earliest = data_from + (2 * outcome_days + MIN_OBSERVATION_DAYS - 1) * ONE_DAY
    longest = ((as_of - data_from).days + 1 - MIN_OBSERVATION_DAYS) // 2
    or_so = f"; or choose outcome_days={longest} or less" * (longest > 0)
    return (
        f"as_of {as_of}: training and test need two outcome windows of {outcome_days} days and "
        f"four weeks to look back on, but the data begin {data_from}. "
        f"Earliest usable as_of: {earliest}{or_so}."
    )


def days_earlier(as_of: dt.date, days: int) -> dt.date:
    """Day that lies so many days before as_of."""
    return as_of - days * ONE_DAY


def days_before(day: ir.Value, as_of: dt.date) -> ir.IntegerValue:
    """Whole days from a date or timestamp column to as_of; 0 is as_of itself."""
    return ibis.date(as_of).epoch_days() - day.cast("date").epoch_days()


def days_between(earlier: ir.Value, later: ir.Value) -> ir.IntegerValue:
    """Whole days from one date or timestamp column to another; negative when reversed."""
    return later.cast("date").epoch_days() - earlier.cast("date").epoch_days()


def between(
    table: ir.Table, column: str, *, after: dt.date | None = None, until: dt.date
) -> ir.Table:
    """Rows dated later than one day and no later than another.

    A timestamp belongs to a day when it lies before the next midnight; rows without a date to none.

    Parameters
    ----------
    table : Table, any grain
    column : str
        Name of a date or timestamp column.
    after, until : date
        Last day that is left out (none: from the beginning), and last day that belongs.

    Returns
    -------
    Table of the same columns

    Raises
    ------
    ValueError
        If the table has no such column.
    """
    if column not in table.columns:
        raise ValueError(
            f"{_name(table)}: no column '{column}', which dates its rows; found "
            f"{', '.join(table.columns)}. Map it under columns: in the source file."
        )
    rows = table.filter(table[column] < _midnight_after(until, table[column]))
    return (
        rows if after is None else rows.filter(rows[column] >= _midnight_after(after, rows[column]))
    )


def up_to(table: ir.Table, as_of: dt.date, column: str) -> ir.Table:
    """Rows dated on or before as_of: everything a feature may see."""
    return between(table, column, until=as_of)


def observation(table: ir.Table, as_of: dt.date, days: int, column: str) -> ir.Table:
    """Rows of the observation window: the days that end on as_of, inclusive."""
    return between(table, column, after=as_of - days * ONE_DAY, until=as_of)


def outcome(table: ir.Table, as_of: dt.date, days: int, column: str) -> ir.Table:
    """Rows of the outcome window: the days that start the day after as_of."""
    return between(table, column, after=as_of, until=as_of + days * ONE_DAY)


def known_labels(table: ir.Table, as_of: dt.date, *, label: str, known_on: str) -> ir.Table:
    """Table whose label is empty where it was not yet known on as_of.

    A label counts from the day it was known (`responded_at`, `outcome_known_on`,
    `labelled_on`), not from the day of its row.

    Parameters
    ----------
    table : Table, any grain
    as_of : date, inclusive
    label, known_on : str
        The column that holds the outcome, and the one that says when it became known.

    Returns
    -------
    Table of the same rows and columns
    """
    is_known = table[known_on] < _midnight_after(as_of, table[known_on])
    return table.mutate(**{label: ibis.ifelse(is_known, table[label], ibis.null())})


def dated_by(table: ir.Table, as_of: dt.date, column: str) -> ir.Table:
    """Table whose date column is empty where its event had not yet happened on as_of.

    For events on a row that began earlier: a contract that ends later is
    still running on as_of, a lead that converts later is still open.
    """
    has_happened = table[column] < _midnight_after(as_of, table[column])
    return table.mutate(**{column: ibis.ifelse(has_happened, table[column], ibis.null())})


def _name(table: ir.Table) -> str:
    try:
        return table.get_name()
    except AttributeError:
        return "table"


def _midnight_after(day: dt.date, column: ir.Value) -> ir.Value:
    next_day = day + ONE_DAY
    if column.type().is_date():
        return ibis.date(next_day)
    return ibis.timestamp(dt.datetime.combine(next_day, dt.time()), timezone=None)
