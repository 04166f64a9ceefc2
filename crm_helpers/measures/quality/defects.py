"""What the checks found -> one list of defects: how grave, what kind, where, how many rows."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from crm_helpers.measures.quality.completeness import gaps

STOPS, SERIOUS, MINOR = "stops reports", "serious", "minor"
SEVERITIES = (STOPS, SERIOUS, MINOR)
SERIOUS_SHARE = 0.01
MANY_DAYS = 0.1
LONG_GAP_DAYS, STALE_DAYS = 14, 7
COLUMNS = ["severity", "kind", "table", "column", "rows", "of_rows", "about"]


def defect(
    kind: str, table: str, column: str, rows: int, of_rows: int, *, severity: str = "", **about: Any
) -> dict[str, Any]:
    """One defect; without a stated severity it is serious from 1 % of the rows on.

    Parameters
    ----------
    kind : str
        Code of this kind of defect, the same in every run.
    rows, of_rows : int
        Rows touched, and rows that could have been.
    severity : str, optional
        stops reports, serious or minor.
    **about
        Codes and numbers that the words for this kind need.
    """
    share = rows / of_rows if of_rows else 0.0
    severity = severity or (SERIOUS if share >= SERIOUS_SHARE else MINOR)
    return dict(zip(COLUMNS, [severity, kind, table, column, rows, of_rows, about], strict=True))


def as_table(found: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Defects as rows, in the order in which they were found.

    Returns
    -------
    DataFrame, one row per defect
        severity, kind, table, column : str
        rows, of_rows : int
        about : dict, codes and numbers of this kind of defect by name
    """
    return pd.DataFrame(list(found), columns=COLUMNS)


def register(found: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """All defects, gravest first, then by share of the rows.

    Returns
    -------
    DataFrame, one row per defect
        severity, kind, table, column : str
        rows, of_rows : int
        about : dict, codes and numbers of this kind of defect by name
        share : float in [0, 1]
    """
    frame = as_table(found)
    rank = frame["severity"].map(SEVERITIES.index).astype(int)
    share = (frame["rows"] / frame["of_rows"].clip(lower=1)).astype(float)
    ordered = frame.assign(share=share, rank=rank)
    ordered = ordered.sort_values(["rank", "share", "table"], ascending=[True, False, True])
    return ordered.drop(columns="rank").reset_index(drop=True)


def set_aside_defects(
    set_aside: pd.DataFrame, counts: pd.DataFrame, limit: float
) -> list[dict[str, Any]]:
    """Defects of the rows that broke a contract, one per table, column and reason.

    Those that hold 1 % of the value are serious, however few. About each: reason (what the
    contract says of it), value_share (of the amounts of the table; 0 where they are not known).

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
            severity=_severity(row, stopped),
            reason=row["reason"],
            value_share=_value_share(row),
        )
        for row in set_aside.to_dict("records")
    ]


def _value_share(row: dict[str, Any]) -> float:
    share = row.get("value_share")
    return 0.0 if share is None or share != share else float(share)


def _severity(row: dict[str, Any], stopped: set[str]) -> str:
    if row["table"] in stopped:
        return STOPS
    return SERIOUS if _value_share(row) >= SERIOUS_SHARE else ""


def _kind(reason: str) -> str:
    words = {
        "is empty": "empty",
        "cannot be read": "unreadable",
        "is after": "future date",
        "is before": "dates out of order",
        "came before": "key twice",
        "is outside its scale": "off the scale",
        "is not one of": "unknown value",
        "is implausible": "implausible",
        "times unit_price is implausible": "implausible",
        "is 1970-01-01": "implausible",
        "has no rate": "no rate",
    }
    return next((kind for start, kind in words.items() if reason.startswith(start)), "out of range")


def orphan_defects(orphans: pd.DataFrame, limit: float) -> list[dict[str, Any]]:
    """Rows whose id is not in the table it refers to; serious above a limit (share of rows).

    About each: parent (the table it refers to).
    """
    return [
        defect(
            "orphan",
            row["table"],
            row["column"],
            row["orphans"],
            row["rows_with_id"],
            severity=SERIOUS if row["orphans"] > limit * row["rows_with_id"] else MINOR,
            parent=row["parent"],
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
        )
        for row in counts[counts["table"].isin(["transactions", "subscriptions"])].to_dict(
            "records"
        )
        if row["exact_duplicates"]
    ]


def missing_day_defects(missing: pd.DataFrame, days: pd.DataFrame) -> list[dict[str, Any]]:
    """Days without rows where other weeks have them, and those at the end, which are serious.

    About each: first and last day of the longest gap, expected (rows of all missing days).

    Parameters
    ----------
    missing : DataFrame, one row per table and missing day
    days : DataFrame, one row per table and day that has rows
    """
    found = []
    for table, mine in missing.groupby("table", sort=False):
        last = days[days["table"] == table]["day"].max()
        is_end = (mine["day"] > last) & ((mine["day"] > last).sum() >= STALE_DAYS)
        within, after = mine[~is_end], mine[is_end]
        of_days = int((days["table"] == table).sum()) + len(mine)
        found += [_missing_days(table, within, of_days)] if len(within) else []
        found += [_stale(table, after, of_days, last)] if len(after) else []
    return found


def _stale(table: str, after: pd.DataFrame, of_days: int, last: pd.Timestamp) -> dict[str, Any]:
    """The days at the end, of which the export has none."""
    about = {"last": last, "until": after["day"].max(), "expected": after["expected"].sum()}
    return defect("rows stop", table, "", len(after), of_days, severity=SERIOUS, **about)


def _missing_days(table: str, mine: pd.DataFrame, of_days: int) -> dict[str, Any]:
    longest = gaps(mine).sort_values("days", kind="stable").iloc[-1]
    count = len(mine)
    is_grave = count >= MANY_DAYS * of_days or longest["days"] >= LONG_GAP_DAYS
    return defect(
        "missing day",
        table,
        "",
        count,
        of_days,
        severity=SERIOUS if is_grave else MINOR,
        first=longest["first"],
        last=longest["last"],
        expected=mine["expected"].sum(),
    )
