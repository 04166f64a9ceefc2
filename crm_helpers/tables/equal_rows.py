"""Checked tables -> rows that equal another one in all but their key, and how many by chance."""

from collections.abc import Mapping

import ibis.expr.types as ir
import pandas as pd

from crm_helpers.tables.missing_patterns import TIMES_CHANCE
from crm_helpers.tables.profiles import DERIVED

USUAL = ("visits",)  # a page looked at twice is no row too many
FEWEST_COLUMNS = 2
NAMES = ["table", "rows", "of_rows", "by_chance", "columns"]


def equal_rows(
    tables: Mapping[str, ir.Table], profiles: pd.DataFrame, counted: pd.DataFrame
) -> pd.DataFrame:
    """Rows that equal an earlier one in every column that can tell rows apart.

    A column that differs in every row (a key, a row number) or in none tells nothing. Rows that
    are few enough to be alike by chance are left out: as many would be expected if the column of
    most values were independent of all others, or three times as many. Lines equal in the source
    file as well, which `counted` has, are told elsewhere.

    Parameters
    ----------
    tables : mapping of canonical name to ibis table
    profiles : DataFrame, one row per column
        What `column_profiles` gives.
    counted : DataFrame, one row per table
        Columns table, exact_duplicates.

    Returns
    -------
    DataFrame, one row per table that has such rows
        table : str; rows, of_rows : int; by_chance : float, rows expected
        columns : int, in which they are equal
    """
    told = counted.set_index("table")["exact_duplicates"]
    found = [
        _of_table(name, tables[name], mine, int(told.get(name, 0)))
        for name, mine in profiles.groupby("table", sort=False)
        if name not in USUAL
    ]
    return pd.DataFrame([row for row in found if row], columns=NAMES)


def _of_table(
    name: str, table: ir.Table, profiles: pd.DataFrame, exact: int
) -> dict[str, object] | None:
    total = int(profiles["rows"].max())
    telling = profiles[(profiles["distinct"] > 1) & (profiles["distinct"] < total)]
    columns = [one for one in telling["column"] if one not in DERIVED]
    if len(columns) < FEWEST_COLUMNS or total == len(columns):
        return None
    rows = total - int(table.select(columns).distinct().count().to_pyarrow().as_py()) - exact
    if rows <= 0:
        return None
    chance = _by_chance(table, columns, total)
    if rows <= TIMES_CHANCE * chance + 1:
        return None
    return dict(zip(NAMES, (name, rows, total, chance, len(columns)), strict=True))


def _by_chance(table: ir.Table, columns: list[str], total: int) -> float:
    """Pairs of rows that would be equal if the column of most values came by chance to the rest.

    The rest is taken together: a plan, its fee and its way of paying go with each other.
    """
    sizes = {name: table[name].nunique().name(name) for name in columns}
    counts = table.aggregate(**sizes).to_pandas().iloc[0]
    most = str(counts.idxmax())
    rest = [name for name in columns if name != most]
    return total * (total - 1) / 2 * _alike(table, [most], total) * _alike(table, rest, total)


def _alike(table: ir.Table, columns: list[str], total: int) -> float:
    """Share of the pairs of rows that are equal in these columns."""
    groups = table.group_by(columns).aggregate(alike=table.count().cast("float64"))
    pairs = (groups.alike * (groups.alike - 1) / 2).sum().to_pyarrow().as_py()
    return float(pairs) / (total * (total - 1) / 2)
