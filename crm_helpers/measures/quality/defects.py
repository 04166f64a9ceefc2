"""What the checks found -> one list of defects: how grave, where, how many rows, what to do."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from crm_helpers.measures.quality.completeness import gaps

SEVERITIES = ("stops reports", "serious", "minor", "kept as it is")
SERIOUS_SHARE = 0.01
MANY_DAYS = 0.1
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


def orphan_defects(orphans: pd.DataFrame, limit: float) -> list[dict[str, Any]]:
    """Rows whose id is not in the table it refers to; serious above a limit (share of rows)."""
    return [
        defect(
            "orphan",
            row["table"],
            row["column"],
            row["orphans"],
            row["rows_with_id"],
            what=f"{row['column']} is not in {row['parent']}",
            remedy=f"used, but without what {row['parent']} would tell; load the missing ones",
            severity="serious" if row["orphans"] > limit * row["rows_with_id"] else "minor",
        )
        for row in orphans.to_dict("records")
        if row["orphans"]
    ]


def repeated_line_defects(counts: pd.DataFrame) -> list[dict[str, Any]]:
    """Lines that are equal in every column, of tables without a key of their own.

    They are counted and kept, for two equal sales may be real; among visits they are usual.
    """
    return [
        defect(
            "line twice",
            row["table"],
            "",
            row["exact_duplicates"],
            row["rows_read"] - row["rows_excluded"],
            what="lines equal in every column",
            remedy="kept; ask whether the export repeats lines",
        )
        for row in counts[counts["table"].isin(["transactions", "subscriptions"])].to_dict(
            "records"
        )
        if row["exact_duplicates"]
    ]


def missing_day_defects(missing: pd.DataFrame, days: pd.DataFrame) -> list[dict[str, Any]]:
    """Days without rows where the same weekday has them in other weeks.

    Parameters
    ----------
    missing : DataFrame, one row per table and missing day
    days : DataFrame, one row per table and day that has rows
    """
    return [_missing_days(name, mine, days) for name, mine in missing.groupby("table", sort=False)]


def _missing_days(table: str, mine: pd.DataFrame, days: pd.DataFrame) -> dict[str, Any]:
    run = gaps(mine).sort_values("days", kind="stable").iloc[-1]
    until = "" if run["days"] == 1 else f" to {_day(run['last'])}"
    count = len(mine)
    of_days = int((days["table"] == table).sum()) + count
    named = f"{count} day{'s' * (count != 1)} without rows"
    return defect(
        "missing day",
        table,
        "",
        count,
        of_days,
        what=(
            f"{named} (longest: {_day(run['first'])}{until}); about "
            f"{round(mine['expected'].sum()):,} rows expected"
        ),
        remedy="closed on those days, or not delivered? Deliver them again",
        severity="serious" if count >= MANY_DAYS * of_days else "minor",
    )


def _day(when: pd.Timestamp) -> str:
    return f"{when.day} {when:%b %Y}"
