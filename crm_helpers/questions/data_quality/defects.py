"""Defects of every check -> one list, gravest first, with the reports that they touch."""

import pandas as pd

from crm_helpers.measures.quality import defects as measured
from crm_helpers.measures.quality.defects import MINOR, SERIOUS, STOPS
from crm_helpers.page.numerals import counted, number, percent
from crm_helpers.page.section import Section
from crm_helpers.page.words import MOST_ROWS, Html, answer, note, table
from crm_helpers.questions.data_quality.phrases import in_words
from crm_helpers.questions.data_quality.reads import touched

COLUMNS = {
    "severity": "Severity",
    "table": "Table",
    "what": "What",
    "rows": ("Rows", number),
    "share": ("Share", percent),
    "touches": "Reports that read it",
}
KINDS = {
    "empty": "empty_id_rows",
    "future date": "future_date_rows",
    "out of range": "out_of_range_rows",
    "off the scale": "off_scale_rows",
    "dates out of order": "dates_out_of_order_rows",
    "key twice": "repeated_key_rows",
    "orphan": "orphan_rows",
    "line twice": "repeated_lines",
    "equal but for key": "equal_rows",
    "likely duplicate": "likely_duplicate_pairs",
    "trial account": "trial_account_rows",
    "missing day": "missing_days",
    "missing together": "missing_together_rows",
    "late row": "late_rows",
    "gone missing": "gone_missing_rows",
    "another meaning": "another_meaning_rows",
    "leak": "leak_alarms",
    "implausible": "implausible_rows",
    "ids alike": "ids_alike_rows",
    "order number shared": "shared_order_number_rows",
    "implausible share": "implausible_share_rows",
    "word for nothing": "emptied_values",
    "rows stop": "days_missing_at_the_end",
}

Reads = dict[str, dict[str, str]]


def register(*found: pd.DataFrame) -> pd.DataFrame:
    """Defects of all checks in one list, gravest first, then by share of the rows.

    Parameters
    ----------
    *found : DataFrame, one row per defect
        Of each check, in the order of the page; equal ones stay in that order.

    Returns
    -------
    DataFrame, one row per defect
        severity, kind, table, column : str; rows, of_rows : int; share : float in [0, 1];
        about : dict; what, remedy : str, in words
    """
    rows = [row for frame in found for row in frame.to_dict("records")]
    return in_words(measured.register(rows))


def gravest(listed: pd.DataFrame, read_by: Reads) -> Section:
    """How many defects there are, and the gravest of them.

    Parameters
    ----------
    listed : DataFrame, one row per defect
        From `register`.
    read_by : dict of report to dict of table to "needs" or "uses"
        From `reads.tables_of_reports`.

    Returns
    -------
    Section
        data : the gravest 12 defects, columns severity, table, what, rows, share, touches and
        the others of `register`; words alone where there is none; findings : serious_defects,
        minor_defects, stopping_defects, and the rows of every kind
    """
    said = Section.of(answer(gravest_of(listed)), _table(listed, read_by))
    severity = listed["severity"].value_counts()
    for of, name in ((SERIOUS, "serious"), (MINOR, "minor"), (STOPS, "stopping")):
        said = said.finds(f"{name}_defects", int(severity.get(of, 0)))
    rows, alarms = listed.groupby("kind")["rows"].sum(), (listed["kind"] == "leak").sum()
    for kind, name in KINDS.items():
        said = said.finds(name, int(alarms if kind == "leak" else rows.get(kind, 0)))
    return said


def gravest_of(listed: pd.DataFrame) -> str:
    """Sentence on how many defects there are, and the gravest."""
    if listed.empty:
        return "No defect was found"
    grave = int((listed["severity"] != MINOR).sum())
    worst = listed.iloc[0]
    return (
        f"{counted(len(listed), 'defect')}, {number(grave) if grave else 'none'} of them serious; "
        f"the gravest in {worst['table']}: {worst['what']}"
    )


def _table(listed: pd.DataFrame, read_by: Reads) -> Html:
    shown = listed.head(MOST_ROWS)
    shown = shown.assign(touches=[touched(name, read_by) for name in shown["table"]])
    return table(shown, COLUMNS) if len(shown) else note("No defect was found.")


def further(listed: pd.DataFrame, read_by: Reads) -> Section:
    """The defects after the gravest twelve.

    Parameters
    ----------
    listed : DataFrame, one row per defect
    read_by : dict of report to dict of table to "needs" or "uses"

    Returns
    -------
    Section
        data : the next 12 defects, columns as in `gravest`; words alone where there are no more
    """
    if len(listed) <= MOST_ROWS:
        return Section.of(note("These are all."))
    rest = len(listed) - 2 * MOST_ROWS
    told = [note(f"{counted(rest, 'smaller defect')} more.")] if rest > 0 else []
    return Section.of(_table(listed[MOST_ROWS:], read_by), *told)
