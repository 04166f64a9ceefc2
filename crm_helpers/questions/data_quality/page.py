"""Page of the data quality report: what to do, how far to trust it, cards, three sentences."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from crm_helpers.measures.quality.defects import MINOR
from crm_helpers.measures.quality.likely_duplicates import Duplicates
from crm_helpers.page.numerals import capital, day, number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import MOST_ROWS, note, paragraph, table
from crm_helpers.questions.data_quality.changes import drift
from crm_helpers.questions.data_quality.defects import gravest_of
from crm_helpers.questions.data_quality.leaks import strengths
from crm_helpers.questions.data_quality.trust import verdict_sentence

CARDS = {
    "rows_used_share": "Rows that can be used",
    "serious_defects": "Serious defects",
    "minor_defects": "Minor defects",
    "business_changes": "Changes of the business",
}
REMEDIES = {"table": "Table", "what": "What", "remedy": "What was done, and what to do"}


def remedies(listed: pd.DataFrame) -> Section:
    """What to do about each defect, gravest first.

    Parameters
    ----------
    listed : DataFrame, one row per defect

    Returns
    -------
    Section
        data : at most 12 defects, columns table, what, remedy and the others of
        `defects.register`; words alone where there is none
    """
    shown = listed.head(MOST_ROWS)
    return Section.of(table(shown, REMEDIES) if len(shown) else note("There is nothing to mend."))


def limits(
    report: Report, twice: Duplicates, outcomes: Mapping[Any, Any], *, max_rows_train: int
) -> Section:
    """What the checks cannot see.

    Parameters
    ----------
    report : Report
    twice : Duplicates
    outcomes : mapping of (table, outcome) to DataFrame
    max_rows_train : int
        Rows tried per outcome in the leakage alarm.

    Returns
    -------
    Section
        Words alone.
    """
    tried = ", ".join(f"{table} ({outcome})" for table, outcome in outcomes) or "no table"
    told = (
        f"The checks cover the rows up to {day(report.as_of)}; row counts cover the whole source. "
        "A value that is wrong but possible is not found. Shifts are judged between quarters of at "
        "least 200 rows; a change that comes with a season every year looks like a change. The "
        f"leakage alarm tried {tried}, on at most {number(max_rows_train)} rows each: "
        "alone an AUC of 0.80, or 0.05 lost when left out." + _precision(twice)
    )
    return Section.of(paragraph(told))


def _precision(twice: Duplicates) -> str:
    if not len(twice.pairs):
        return ""
    return (
        f" Likely duplicates are {percent(twice.precision)} precise by a random dealing of the "
        "names; how many are missed is not known."
    )


def for_analysts(newest: pd.DataFrame, alarms: pd.DataFrame) -> Section:
    """How far each column moved, and how strong each leakage alarm is.

    Parameters
    ----------
    newest : DataFrame, one row per column
        From `shifts.latest`.
    alarms : DataFrame, one row per alarm
        From `leaks.alarms`.

    Returns
    -------
    Section
        data : at most 12 columns, largest shift first, as `changes.drift` gives it, or else the
        alarms
    """
    return Section.of(drift(newest), strengths(alarms))


def figures(report: Report) -> None:
    """Cards of the summary.

    Parameters
    ----------
    report : Report
        Whose findings are kept.
    """
    report.key_figures(CARDS)


def three_sentences(listed: pd.DataFrame, verdicts: pd.DataFrame) -> tuple[str, str, str]:
    """How grave it is, which reports can be trusted, what to mend first.

    Parameters
    ----------
    listed : DataFrame, one row per defect
    verdicts : DataFrame, one row per report

    Returns
    -------
    three sentences
    """
    told = gravest_of(listed), capital(verdict_sentence(verdicts)), _next_step(listed)
    first, second, third = (f"{sentence}." for sentence in told)
    return first, second, third


def _next_step(listed: pd.DataFrame) -> str:
    if listed.empty:
        return "Nothing has to be mended before the other reports are read"
    worst = listed.iloc[0]
    if worst["severity"] == MINOR:
        return (
            "Nothing has to be mended before the other reports are read; first to ask about: "
            f"{worst['table']}, {worst['what']}"
        )
    return f"Mend first: {worst['table']}, {worst['what']} ({worst['remedy']})"
