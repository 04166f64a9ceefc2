"""Rows read, excluded, set aside, used -> do they add up, what was wrong, what was done to them."""

import pandas as pd

from crm_helpers.measures.quality.defects import as_table, repeated_line_defects, set_aside_defects
from crm_helpers.measures.quality.identity_defects import emptied_defects
from crm_helpers.page.numerals import number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import MOST_ROWS, Html, answer, note, table
from crm_helpers.tables.preprocessing import preprocessing

ROW_COUNTS = ("rows_read", "rows_excluded", "rows_set_aside", "rows_used")
COUNTS = {
    "table": "Table",
    "rows_read": ("Rows read", number),
    "rows_excluded": ("Not asked for", number),
    "rows_set_aside": ("Set aside", number),
    "rows_used": ("Used", number),
    "exact_duplicates": ("Equal lines", number),
}
STEPS = {"step": "Step", "table": "Table", "what": "What", "rows": ("Rows", number)}


def accounted(report: Report) -> Section:
    """Whether rows read are those excluded, set aside and used, over all tables.

    Returns
    -------
    Section
        data : one row per table, columns table, rows_read, rows_excluded, rows_set_aside,
        rows_used, exact_duplicates; findings : rows_read, rows_used_share, and of the
        transactions each of the four counts
    """
    counts = report.tables.counts.set_index("table")
    total = counts[list(ROW_COUNTS)].sum()
    said = Section.of(answer(_accounted(total)), _counts_table(report.tables.counts))
    if "transactions" in counts.index:
        for part in ROW_COUNTS:
            count = int(counts.at["transactions", part])
            said = said.finds(f"transactions_{part}", count, "rows")
    said = said.finds("rows_read", int(total["rows_read"]), "rows")
    return said.finds("rows_used_share", total["rows_used"] / total["rows_read"], "share")


def _accounted(total: pd.Series) -> str:
    out = total["rows_excluded"] + total["rows_set_aside"]
    return (
        f"All {number(total['rows_read'])} rows are accounted for: {number(total['rows_used'])} "
        f"are used, {number(out)} left out"
    )


def _counts_table(counts: pd.DataFrame) -> Html:
    total = {name: counts[name].sum() for name in COUNTS if name != "table"}
    return table(counts, COUNTS, total=total)


def row_defects(report: Report, *, max_set_aside_share: float) -> pd.DataFrame:
    """Rows that broke a contract, words for nothing, and lines that are there twice.

    Parameters
    ----------
    report : Report
    max_set_aside_share : float
        Share of rows set aside from which on the reports that need the table stop.

    Returns
    -------
    DataFrame, one row per defect
        severity, kind, table, column : str; rows, of_rows : int; about : dict
    """
    counts, aside = report.tables.counts, report.tables.set_aside
    found = set_aside_defects(aside, counts, max_set_aside_share)
    found += emptied_defects(report.tables.emptied, counts)
    return as_table(found + repeated_line_defects(counts))


def equal_lines() -> Section:
    """Why equal lines are kept.

    Returns
    -------
    Section
        Words alone.
    """
    return Section.of(note("Equal lines are counted and kept: two equal sales may both be real."))


def steps(report: Report) -> Section:
    """Rows selected, cleaned, integrated and transformed before any report read them.

    Returns
    -------
    Section
        data : at most 12 steps, columns step, table, what, rows; words alone where there is none
    """
    found = preprocessing(report.tables).head(MOST_ROWS)
    return Section.of(table(found, STEPS) if len(found) else note("Nothing had to be done."))
