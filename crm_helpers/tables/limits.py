"""Checked tables and limits -> the tables that have too many rows set aside, and why."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from crm_helpers.tables.checked import CheckedTables


def defects(tables: CheckedTables, limits: Mapping[str, Any]) -> dict[str, str]:
    """Message per table that is above a limit; reports that need such a table must not run.

    Parameters
    ----------
    tables : CheckedTables
    limits : mapping
        The parameters of data_quality; ``max_set_aside_share`` (0 to 1, default 0.05) and
        ``max_orphan_share`` (default 0.20) are used.

    Returns
    -------
    dict of table to message
        Empty when every table is within the limits.
    """
    aside = _set_aside(tables, float(limits.get("max_set_aside_share", 0.05)))
    lost = _orphans(tables, float(limits.get("max_orphan_share", 0.20)))
    return {**lost, **aside}


def _set_aside(tables: CheckedTables, limit: float) -> dict[str, str]:
    counts = tables.counts
    kept = counts["rows_read"] - counts["rows_excluded"]
    over = counts[counts["rows_set_aside"] > limit * kept]
    return {
        row["table"]: _aside_message(row, tables.set_aside, limit) for _, row in over.iterrows()
    }


def _aside_message(count: pd.Series, reasons: pd.DataFrame, limit: float) -> str:
    kept = int(count["rows_read"] - count["rows_excluded"])
    worst = reasons[reasons["table"] == count["table"]].iloc[0]
    return (
        f"{count['table']}: {int(count['rows_set_aside']):,} of {kept:,} rows are set aside "
        f"({count['rows_set_aside'] / kept:.1%}, limit {limit:.1%}), most because "
        f"{worst['column']} {worst['reason']} ({int(worst['rows']):,} rows, first: "
        f"{worst['first_case']}). Mend the source, or set max_set_aside_share in "
        "params/data_quality.yaml."
    )


def _orphans(tables: CheckedTables, limit: float) -> dict[str, str]:
    found = tables.orphans
    over = found[found["orphans"] > limit * found["rows_with_id"]]
    return {
        row["table"]: (
            f"{row['table']}.{row['column']}: {row['orphans']:,} of {row['rows_with_id']:,} rows "
            f"have no partner in {row['parent']} ({row['orphans'] / row['rows_with_id']:.1%}, "
            f"limit {limit:.1%}; first: {row['first_case']!r}). Mend the source, or set "
            "max_orphan_share in params/data_quality.yaml."
        )
        for _, row in over.iterrows()
    }
