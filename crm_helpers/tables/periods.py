"""Checked tables -> rows per day, and per quarter what the values of each column were."""

import datetime as dt
from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.profiles import DERIVED, kind_of

# The date that places a row of each table in time.
DATED_BY = {
    "transactions": "ordered_at",
    "customers": "joined_on",
    "subscriptions": "started_on",
    "contacts": "contacted_at",
    "leads": "created_on",
    "feedback": "given_at",
    "applications": "applied_on",
    "payments": "paid_at",
    "visits": "visited_at",
}
# They begin before anything happens, so they do not say since when the data are complete.
BEGIN_EARLIER = ("customers", "subscriptions")
BINS = 10
MAX_VALUES = 40
MISSING = "(missing)"
COUNT_COLUMNS = ["column", "quarter", "bin", "rows", "level"]


def dating_column(name: str, table: ir.Table) -> str:
    """Name of the column that dates the rows of a table, or an empty text."""
    column = DATED_BY.get(name, "")
    return column if column in table.columns else ""


def first_day(tables: Mapping[str, ir.Table]) -> dt.date | None:
    """Day of the earliest dated row, customers and contracts aside where others are dated.

    Parameters
    ----------
    tables : mapping of canonical name to Table

    Returns
    -------
    date, or None where no table is dated
    """
    dated = {name: dating_column(name, tables[name]) for name in tables}
    dated = {name: column for name, column in dated.items() if column}
    names = [name for name in dated if name not in BEGIN_EARLIER] or list(dated)
    found = [tables[name][dated[name]].min().to_pyarrow().as_py() for name in names]
    days = [day.date() if isinstance(day, dt.datetime) else day for day in found if day]
    return min(days, default=None)


def days_of_tables(tables: Mapping[str, ir.Table]) -> pd.DataFrame:
    """Rows per day of every table that has dates.

    Returns
    -------
    DataFrame, one row per table and day that has rows
        table : str, day : timestamp, rows : int
    """
    dated = {name: dating_column(name, table) for name, table in tables.items()}
    found = [
        rows_per_day(tables[name], column).assign(table=name)
        for name, column in dated.items()
        if column
    ]
    empty = pd.DataFrame({"day": pd.to_datetime([]), "rows": [], "table": []})
    return pd.concat(found, ignore_index=True) if found else empty


def quarters_of_tables(tables: Mapping[str, ir.Table], profiles: pd.DataFrame) -> pd.DataFrame:
    """Rows per quarter and bin of every comparable column of every table that has dates.

    Returns
    -------
    DataFrame, one row per table, column, quarter and bin
        As `quarterly_counts`, with table : str and may_lack : bool, an empty value says something
    """
    distinct = profiles.set_index(["table", "column"])["distinct"]
    found = [
        quarterly_counts(
            table, dated, comparable_columns(name, table, dict(distinct[name]))
        ).assign(table=name, may_lack=lambda t, c=CONTRACTS[name]: t["column"].map(c.may_lack))
        for name, table in tables.items()
        if (dated := dating_column(name, table))
    ]
    empty = pd.DataFrame(columns=[*COUNT_COLUMNS, "table", "may_lack"])
    return pd.concat(found, ignore_index=True) if found else empty


def rows_per_day(table: ir.Table, dated_by: str) -> pd.DataFrame:
    """Rows of each day that has any.

    Returns
    -------
    DataFrame, one row per day
        day : timestamp, rows : int
    """
    days = table.filter(table[dated_by].notnull()).mutate(day=lambda t: t[dated_by].cast("date"))
    counted = days.group_by("day").aggregate(rows=days.count()).order_by("day").to_pandas()
    return counted.assign(day=pd.to_datetime(counted["day"]))


def comparable_columns(name: str, table: ir.Table, distinct: dict[str, int]) -> list[str]:
    """Columns whose values can be counted in bins: no ids, no dates, no free text.

    Parameters
    ----------
    name : str
    table : ibis table
    distinct : dict of column to number of distinct values
        Text with more than 40 values is left out: it has no stable bins.
    """
    contract = CONTRACTS[name]
    ids = {column.name for column in contract.columns if column.name.endswith("_id")} | set(DERIVED)
    return [
        column
        for column in table.columns
        if column not in ids
        and (
            kind_of(table[column]) in ("number", "flag")
            or kind_of(table[column]) == "text"
            and 0 < distinct.get(column, 0) <= MAX_VALUES
        )
    ]


def quarterly_counts(table: ir.Table, dated_by: str, columns: list[str]) -> pd.DataFrame:
    """Rows per column, quarter and bin.

    Bins of a number are the tenths of all its values, those of a text its values; empty values
    are a bin of their own.

    Returns
    -------
    DataFrame, one row per column, quarter and bin
        column : str, quarter : timestamp of its first day, bin : str, rows : int,
        level : float, geometric mean of the numbers of the quarter (missing for text)
    """
    if not columns:
        return pd.DataFrame(columns=COUNT_COLUMNS)
    dated = table.filter(table[dated_by].notnull())
    dated = dated.mutate(quarter=dated[dated_by].cast("date").truncate("Q"))
    numbers = [column for column in columns if kind_of(dated[column]) == "number"]
    edges = _edges(dated, numbers)
    bins = {column: _bin(dated[column], edges.get(column)) for column in columns}
    long = dated.select("quarter", **bins).pivot_longer(columns, names_to="column", values_to="bin")
    counted = long.group_by(["column", "quarter", "bin"]).aggregate(rows=long.count())
    counted = counted.order_by(["column", "quarter", "bin"]).to_pandas()
    merged = counted.merge(_levels(dated, numbers), on=["column", "quarter"], how="left")
    return merged.assign(quarter=pd.to_datetime(merged["quarter"]))[COUNT_COLUMNS]


def _edges(table: ir.Table, numbers: list[str]) -> dict[str, list[float]]:
    if not numbers:
        return {}
    steps = [step / BINS for step in range(1, BINS)]
    wanted = {
        f"q{place}": table[column].cast("float64").quantile(steps)
        for place, column in enumerate(numbers)
    }
    found = table.aggregate(**wanted).to_pandas().iloc[0]
    edges = {column: found[f"q{place}"] for place, column in enumerate(numbers)}
    return {column: sorted(set(map(float, e))) for column, e in edges.items() if e is not None}


def _levels(table: ir.Table, numbers: list[str]) -> pd.DataFrame:
    """Geometric mean of the sizes of each number per quarter; zeros do not count."""
    empty = pd.DataFrame(columns=["column", "quarter", "level"])
    if not numbers:
        return empty
    sizes = {column: table[column].cast("float64").abs().nullif(0.0).ln() for column in numbers}
    found = table.group_by("quarter").aggregate(**{c: size.mean() for c, size in sizes.items()})
    long = found.to_pandas().melt("quarter", var_name="column", value_name="level")
    return long.assign(level=np.exp(long["level"].astype(float)))


def _bin(value: ir.Value, edges: list[float] | None) -> ir.Value:
    if kind_of(value) != "number":
        return value.cast("string").fill_null(MISSING)
    number = value.cast("float64")
    steps = [(number <= edge, str(place)) for place, edge in enumerate(edges or [])]
    return ibis.cases((value.isnull(), MISSING), *steps, else_=str(len(edges or [])))
