"""What is probably wrong, though no contract is broken -> defects, as codes and numbers."""

from typing import Any

import pandas as pd

from crm_helpers.measures.quality.defects import MINOR, SERIOUS, defect
from crm_helpers.measures.quality.likely_duplicates import Duplicates


def duplicate_person_defects(found: Duplicates) -> list[dict[str, Any]]:
    """Pairs of customers who are probably one person, when chance does not explain them.

    About each: shared (columns that the pairs have in common), by_chance (pairs).
    """
    if not found.is_beyond_chance:
        return []
    about = {"shared": found.blocks, "by_chance": found.by_chance}
    pairs = len(found.pairs)
    return [defect("likely duplicate", "customers", "name", pairs, found.compared, **about)]


def equal_row_defects(found: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows that equal another one in all but their key, more of them than chance would bring.

    They are kept: two alike may both be real. About each: by_chance (rows expected).
    """
    return [
        defect(
            "equal but for key",
            row["table"],
            "",
            row["rows"],
            row["of_rows"],
            by_chance=row["by_chance"],
        )
        for row in found.to_dict("records")
    ]


def trial_account_defects(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Accounts made to try things out, and the rows under them."""
    return [
        defect("trial account", row["table"], "customer_id", row["rows"], row["of_rows"])
        for row in rows.to_dict("records")
    ]


def missing_together_defects(found: pd.DataFrame, counts: pd.DataFrame) -> list[dict[str, Any]]:
    """Columns that are empty in the same rows: one delivery or form lacks them."""
    used = counts.set_index("table")["rows_used"]
    return [
        defect(
            "missing together",
            row["table"],
            row["columns"],
            row["rows"],
            int(used[row["table"]]),
            severity=MINOR,
        )
        for row in found.to_dict("records")
    ]


def late_row_defects(found: pd.DataFrame, late_days: int) -> list[dict[str, Any]]:
    """Rows that were recorded long after their event.

    About each: late_days (days from which a row is late), longest_days.
    """
    return [
        defect(
            "late row",
            row["table"],
            row["column"],
            row["late"],
            row["rows"],
            late_days=late_days,
            longest_days=row["longest_days"],
        )
        for row in found.to_dict("records")
        if row["late"]
    ]


def late_since_defects(found: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of earlier periods that the previous run of this report had not seen.

    About each: until (last day that the previous run knew).
    """
    return [
        defect("late since last run", r["table"], "", r["late"], r["now"], until=r["until"])
        for r in found.to_dict("records")
        if r["late"] > 0
    ]


def leak_defects(alarms: pd.DataFrame) -> list[dict[str, Any]]:
    """Attributes without a date that know the outcome.

    About each: outcome (column that it knows).
    """
    return [
        defect(
            "leak",
            row["table"],
            row["column"],
            row["rows"],
            row["rows"],
            severity=SERIOUS,
            outcome=row["outcome"],
        )
        for row in alarms.to_dict("records")
    ]


def outlier_defects(profiles: pd.DataFrame) -> list[dict[str, Any]]:
    """Numbers more than ten times as large as all but one in a thousand.

    About each: top (the largest), high_end (what 999 of 1,000 rows stay below).

    Parameters
    ----------
    profiles : DataFrame, one row per column
        What `column_profiles` gives, with beyond : int, rows above ten times `high_end`.
    """
    far = profiles[profiles["beyond"] > 0]
    return [
        defect(
            "far out",
            row["table"],
            row["column"],
            row["beyond"],
            row["rows"],
            severity=MINOR,
            top=row["top"],
            high_end=row["high_end"],
        )
        for row in far.to_dict("records")
    ]
