"""Checked tables -> columns that are empty in the same rows."""

from collections.abc import Mapping

import ibis.expr.types as ir
import pandas as pd

from crm_helpers.tables.contracts import CONTRACTS

USUALLY_FILLED = 0.2
LEAST_ROWS = 20
TIMES_CHANCE = 3.0


def missing_together(tables: Mapping[str, ir.Table], profiles: pd.DataFrame) -> pd.DataFrame:
    """Groups of usually filled columns that are empty together more often than by chance.

    A column counts as usually filled when it is empty in under a fifth of the rows. Groups with a
    column whose emptiness says something by its contract (an application not yet decided, a
    question not answered) are left out.

    Parameters
    ----------
    tables : mapping of canonical name to ibis table
    profiles : DataFrame, one row per column
        What `column_profiles` gives.

    Returns
    -------
    DataFrame, one row per group of columns
        table, columns : str
        rows : int, in which all of them are empty
        by_chance : float, rows expected if they were empty independently
    """
    share = profiles["missing"] / profiles["rows"].clip(lower=1)
    some = profiles[(share > 0) & (share < USUALLY_FILLED) & (profiles["missing"] >= LEAST_ROWS)]
    found = [
        _patterns(name, tables[name], group)
        for name, group in some.groupby("table", sort=False)
        if len(group) > 1
    ]
    empty = pd.DataFrame({"table": [], "columns": [], "rows": [], "by_chance": []})
    return pd.concat(found, ignore_index=True) if found else empty


def _patterns(name: str, table: ir.Table, group: pd.DataFrame) -> pd.DataFrame:
    columns = list(group["column"])
    flags = table.select(**{column: table[column].isnull() for column in columns})
    counted = flags.group_by(columns).aggregate(rows=flags.count()).to_pandas()
    several = counted[counted[columns].sum(axis=1) > 1]
    share = (group["missing"] / group["rows"]).to_numpy()
    total = int(group["rows"].iloc[0])
    rows = [
        {
            "table": name,
            "columns": ", ".join(c for c in columns if row[c]),
            "rows": int(row["rows"]),
            "by_chance": float(total * share[[bool(row[c]) for c in columns]].prod()),
        }
        for row in several.to_dict("records")
        if not any(row[c] and CONTRACTS[name].may_lack(c) for c in columns)
    ]
    frame = pd.DataFrame(rows, columns=["table", "columns", "rows", "by_chance"])
    together = (frame["rows"] >= LEAST_ROWS) & (frame["rows"] > TIMES_CHANCE * frame["by_chance"])
    return frame[together].sort_values("rows", ascending=False, kind="stable")
