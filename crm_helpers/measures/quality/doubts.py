"""What is probably wrong, though no contract is broken -> defects, in words."""

from typing import Any

import pandas as pd

from crm_helpers.measures.quality.defects import SEVERITIES, defect
from crm_helpers.measures.quality.likely_duplicates import Duplicates

FAR_OUT = 10.0


def duplicate_person_defects(found: Duplicates) -> list[dict[str, Any]]:
    """Pairs of customers who are probably one person, when chance does not explain them."""
    if not found.is_beyond_chance:
        return []
    shared = " and ".join(found.blocks)
    return [
        defect(
            "likely duplicate",
            "customers",
            "name",
            len(found.pairs),
            found.compared,
            what=(
                f"customers who are probably there twice (same {shared}, nearly the same name; "
                f"by chance {found.by_chance})"
            ),
            remedy="kept as two; merge them in the customer system",
        )
    ]


def trial_account_defects(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Accounts made to try things out, and the rows under them."""
    return [
        defect(
            "trial account",
            row["table"],
            "customer_id",
            row["rows"],
            row["of_rows"],
            what=(
                "accounts named test or dummy"
                if row["table"] == "customers"
                else "rows under accounts named test or dummy"
            ),
            remedy="used like others; leave them out by `where:` in the source file",
        )
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
            what=f"{row['columns']} are empty in the same rows",
            remedy="used with the gap; find the form or system that does not ask",
            severity=SEVERITIES[2],
        )
        for row in found.to_dict("records")
    ]


def late_row_defects(found: pd.DataFrame, late_days: int) -> list[dict[str, Any]]:
    """Rows that were recorded long after their event."""
    return [
        defect(
            "late row",
            row["table"],
            row["column"],
            row["late"],
            row["rows"],
            what=f"recorded over {late_days} days after the event (up to {row['longest_days']})",
            remedy="used; earlier reports did not see them",
        )
        for row in found.to_dict("records")
        if row["late"]
    ]


def late_since_defects(found: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of earlier periods that the previous run of this report had not seen."""
    return [
        defect(
            "late since last run",
            row["table"],
            "",
            row["late"],
            row["now"],
            what=f"rows up to {row['until']} that were not there at the last run",
            remedy="used; the last report was made without them",
        )
        for row in found.to_dict("records")
        if row["late"] > 0
    ]


def leak_defects(alarms: pd.DataFrame) -> list[dict[str, Any]]:
    """Attributes without a date that know the outcome."""
    return [
        defect(
            "leak",
            row["table"],
            row["column"],
            row["rows"],
            row["rows"],
            what=f"{row['column']} has no date and seems to know the outcome ({row['outcome']})",
            remedy="keep it out of models, or deliver it as it was on the day of the forecast",
            severity="serious",
        )
        for row in alarms.to_dict("records")
    ]


def outlier_defects(profiles: pd.DataFrame) -> list[dict[str, Any]]:
    """Numbers more than ten times as large as all but one in a thousand.

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
            what=(
                f"{row['column']} up to {row['top']:,.0f}, over {FAR_OUT:.0f} times what 999 of "
                f"1,000 rows stay below ({row['high_end']:,.0f})"
            ),
            remedy="used; check the largest, a few of them can carry an average",
            severity=SEVERITIES[2],
        )
        for row in far.to_dict("records")
    ]
