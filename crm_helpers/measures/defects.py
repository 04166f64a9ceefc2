"""What the checks found -> one list of defects: how grave, where, how many rows, what to do."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

SEVERITIES = ("stops reports", "serious", "minor", "kept as it is")
SERIOUS_SHARE = 0.01
COLUMNS = ["severity", "kind", "table", "column", "rows", "of_rows", "what", "remedy"]


def defect(
    kind: str,
    table: str,
    column: str,
    rows: int,
    of_rows: int,
    *,
    what: str,
    remedy: str,
    severity: str = "",
) -> dict[str, Any]:
    """One defect; without a stated severity it is serious from 1 % of the rows on.

    Parameters
    ----------
    kind : str
        Word for this kind of defect, the same in every run.
    rows, of_rows : int
        Rows touched, and rows that could have been.
    what, remedy : str
        In words for the reader.
    """
    share = rows / of_rows if of_rows else 0.0
    severity = severity or ("serious" if share >= SERIOUS_SHARE else "minor")
    return dict(
        zip(COLUMNS, [severity, kind, table, column, rows, of_rows, what, remedy], strict=True)
    )


def register(found: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """All defects, gravest first, then by share of the rows.

    Returns
    -------
    DataFrame, one row per defect
        severity, kind, table, column : str
        rows, of_rows : int
        what, remedy : str
        share : float in [0, 1]
    """
    frame = pd.DataFrame(list(found), columns=COLUMNS)
    rank = frame["severity"].map(SEVERITIES.index).astype(int)
    share = (frame["rows"] / frame["of_rows"].clip(lower=1)).astype(float)
    ordered = frame.assign(share=share, rank=rank)
    ordered = ordered.sort_values(["rank", "share", "table"], ascending=[True, False, True])
    return ordered.drop(columns="rank").reset_index(drop=True)


def set_aside_defects(
    set_aside: pd.DataFrame, counts: pd.DataFrame, limit: float
) -> list[dict[str, Any]]:
    """Defects of the rows that broke a contract, one per table, column and reason.

    Parameters
    ----------
    set_aside, counts : DataFrame
        Of the checked tables.
    limit : float
        Share of rows set aside from which on the reports that need the table stop.
    """
    count = counts.set_index("table")
    kept = count["rows_read"] - count["rows_excluded"]
    stopped = set(count.index[count["rows_set_aside"] > limit * kept])
    return [
        defect(
            _kind(row["reason"]),
            row["table"],
            row["column"],
            row["rows"],
            int(kept[row["table"]]),
            what=f"{row['column']} {row['reason']}",
            remedy="set aside; correct it at the source",
            severity=SEVERITIES[0] if row["table"] in stopped else "",
        )
        for row in set_aside.to_dict("records")
    ]


def _kind(reason: str) -> str:
    words = {
        "is empty": "empty",
        "cannot be read": "unreadable",
        "is after": "future date",
        "is before": "dates out of order",
        "came before": "key twice",
        "is outside its scale": "off the scale",
        "is not one of": "unknown value",
    }
    return next((kind for start, kind in words.items() if reason.startswith(start)), "out of range")


def orphan_defects(orphans: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows whose id is not in the table it refers to."""
    return [
        defect(
            "orphan",
            row["table"],
            row["column"],
            row["orphans"],
            row["rows_with_id"],
            what=f"{row['column']} is not in {row['parent']}",
            remedy=f"used, but without what {row['parent']} would tell; load the missing ones",
        )
        for row in orphans.to_dict("records")
        if row["orphans"]
    ]


def repeated_line_defects(counts: pd.DataFrame) -> list[dict[str, Any]]:
    """Lines that are equal in every column; counted and kept, for two equal sales may be real."""
    return [
        defect(
            "line twice",
            row["table"],
            "",
            row["exact_duplicates"],
            row["rows_read"] - row["rows_excluded"],
            what="lines equal in every column",
            remedy="kept; ask whether the export repeats lines",
            severity=SEVERITIES[-1] if row["table"] != "transactions" else "",
        )
        for row in counts.to_dict("records")
        if row["exact_duplicates"]
    ]


def missing_day_defects(table: str, gaps: pd.DataFrame, rows: int) -> list[dict[str, Any]]:
    """Days without rows where other weeks have them."""
    if gaps.empty:
        return []
    days, lost = int(gaps["days"].sum()), round(float(gaps["expected"].sum()))
    longest = gaps.sort_values("days", kind="stable").iloc[-1]
    one = f"{longest['first']:%-d %b %Y}"
    until = "" if longest["days"] == 1 else f" to {longest['last']:%-d %b %Y}"
    named = f"{days} day{'s' * (days != 1)} without rows (longest: {one}{until})"
    return [
        defect(
            "missing day",
            table,
            "",
            days,
            rows,
            what=f"{named}; about {lost:,} rows expected",
            remedy="closed on those days, or not delivered? Deliver them again",
        )
    ]
