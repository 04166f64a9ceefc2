"""Rows per day -> the days on which rows are missing."""

import numpy as np
import pandas as pd

WEEKS = 4
LEAST_EXPECTED = 20.0  # rows a day; below this an empty day may be chance
EMPTY_SHARE = 0.1


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


def missing_by_table(days: pd.DataFrame) -> pd.DataFrame:
    """Missing days of several tables.

    Parameters
    ----------
    days : DataFrame, one row per table and day that has rows
        Columns table, day, rows.

    Returns
    -------
    DataFrame, one row per table and missing day
        table, day, rows, expected
    """
    found = [
        missing_days(mine).assign(table=name) for name, mine in days.groupby("table", sort=False)
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
