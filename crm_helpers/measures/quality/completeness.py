"""Rows per day -> the days on which rows are missing."""

import datetime as dt

import numpy as np
import pandas as pd

WEEKS = 4
LEAST_EXPECTED = 20.0  # rows a day; below this an empty day may be chance
EMPTY_SHARE = 0.1
RATE_DAYS = 91  # over which the usual rows a day are counted
LEAST_SPAN = 14  # days before a gap that are needed to say what is usual
USUAL_GAP = 0.99  # share of the gaps between days with rows that are usual
TIMES_USUAL, LEAST_USUAL = 3, 2


def missing_days(days: pd.DataFrame) -> pd.DataFrame:
    """Days with under a tenth of the rows that the same weekday had around it.

    Expected is the median of the same weekday in the four weeks before and after. Days on
    which fewer than twenty rows are expected are not judged: a shop that is closed on Saturdays
    misses none, nor the first and the last day, on which data may begin or end at any hour.

    Parameters
    ----------
    days : DataFrame, one row per day that has rows
        Columns day (timestamp) and rows (int).

    Returns
    -------
    DataFrame, one row per missing day, in order of time
        day : timestamp
        rows : int, found
        expected : float

    Examples
    --------
    >>> day = pd.date_range("2026-01-01", periods=60)
    >>> days = pd.DataFrame({"day": day, "rows": 50}).drop(index=30)
    >>> missing_days(days)
             day  rows  expected
    0 2026-01-31     0      50.0
    """
    if days.empty:
        return pd.DataFrame({"day": pd.to_datetime([]), "rows": [], "expected": []})
    every = pd.date_range(days["day"].min(), days["day"].max(), freq="D")
    rows = days.set_index("day")["rows"].reindex(every, fill_value=0)
    around = pd.concat([rows.shift(7 * week) for week in range(-WEEKS, WEEKS + 1) if week], axis=1)
    expected = around.median(axis=1)
    empty = (expected >= LEAST_EXPECTED) & (rows < EMPTY_SHARE * expected)
    empty.iloc[[0, -1]] = False
    found = pd.DataFrame({"day": every, "rows": rows.to_numpy(), "expected": expected.to_numpy()})
    return found[empty.to_numpy()].reset_index(drop=True)


def long_gaps(days: pd.DataFrame, until: pd.Timestamp | None = None) -> pd.DataFrame:
    """Days of gaps far longer than usual in which twenty rows or more were to be expected.

    Usual is what 99 of 100 pairs of days with rows lie apart; a gap counts from three times that
    on, and from more than six days. The end counts as a gap too: an export that stopped early.
    A gap in the first two weeks is not judged: nobody knows yet what is usual.

    Parameters
    ----------
    days : DataFrame, one row per day that has rows
        Columns day (timestamp) and rows (int).
    until : timestamp, optional
        Last day that the rows should reach; without it the end is not judged.

    Returns
    -------
    DataFrame, one row per missing day, in order of time
        day : timestamp
        rows : int, 0
        expected : float, rows a day in the 91 days before the gap

    Examples
    --------
    >>> days = pd.DataFrame({"day": pd.date_range("2026-01-01", periods=60), "rows": 3})
    >>> len(long_gaps(days, pd.Timestamp("2026-03-31")))
    30
    """
    known = days.sort_values("day", kind="stable").set_index("day")["rows"]
    ends = known.index.union([until + pd.Timedelta(days=1)]) if until is not None else known.index
    lengths = pd.Series(ends[1:] - ends[:-1], index=ends[:-1]).dt.days - 1
    inner = lengths.iloc[:-1] if until is not None else lengths
    if inner.empty:
        return missing_days(days.iloc[:0])
    limit = TIMES_USUAL * max(float(inner.quantile(USUAL_GAP)), LEAST_USUAL)
    found = [_gap_days(known, last, length) for last, length in lengths[lengths > limit].items()]
    found = [frame for frame in found if frame["expected"].sum() >= LEAST_EXPECTED]
    return pd.concat(found, ignore_index=True) if found else missing_days(days.iloc[:0])


def _gap_days(known: pd.Series, last: pd.Timestamp, length: int) -> pd.DataFrame:
    """Days of the gap behind one day, with what the days before let expect."""
    first = max(known.index[0], last - pd.Timedelta(days=RATE_DAYS - 1))
    span = (last - first).days + 1
    # A first row by itself is no rate: data may begin slowly.
    rate = known[first:last].sum() / span if span >= LEAST_SPAN else 0.0
    every = pd.date_range(last + pd.Timedelta(days=1), periods=length, freq="D")
    return pd.DataFrame({"day": every, "rows": 0, "expected": rate})


def missing_by_table(days: pd.DataFrame, until: dt.date | None = None) -> pd.DataFrame:
    """Missing days of several tables: single ones, long gaps, and those at the end.

    Parameters
    ----------
    days : DataFrame, one row per table and day that has rows
        Columns table, day, rows.
    until : date, optional
        Last day that the rows should reach.

    Returns
    -------
    DataFrame, one row per table and missing day
        table, day, rows, expected
    """
    end = None if until is None else pd.Timestamp(until)
    found = [
        pd.concat([missing_days(mine), long_gaps(mine, end)])
        .drop_duplicates("day")
        .sort_values("day", kind="stable")
        .assign(table=name)
        for name, mine in days.groupby("table", sort=False)
    ]
    found = [frame for frame in found if len(frame)]
    empty = missing_days(days.iloc[:0]).assign(table=[])
    return pd.concat(found, ignore_index=True) if found else empty


def gaps(missing: pd.DataFrame) -> pd.DataFrame:
    """Runs of missing days that follow each other.

    Parameters
    ----------
    missing : DataFrame, one row per missing day
        What `missing_days` gives.

    Returns
    -------
    DataFrame, one row per run, in order of time
        first, last : timestamp
        days : int
        expected : float, rows that those days should have had
    """
    run = missing["day"].diff().ne(pd.Timedelta(days=1)).cumsum()
    found = missing.groupby(run, as_index=False).agg(
        first=("day", "min"),
        last=("day", "max"),
        days=("day", "size"),
        expected=("expected", "sum"),
    )
    return found.astype({"days": np.int64})
