"""Verdicts on the reports -> which can be trusted, and why the others can not."""

import pandas as pd

from crm_helpers.measures.quality.trust import CARE, FULL, NONE
from crm_helpers.page.numerals import number
from crm_helpers.page.section import Section
from crm_helpers.page.words import MOST_ROWS, Html, answer, note, table
from crm_helpers.questions.data_quality.phrases import VERDICTS, because

COLUMNS = {
    "report": "Report",
    "verdict": "Verdict",
    "because": "Because",
    "defects": ("Defects in its tables", number),
}


def trusted(verdicts: pd.DataFrame) -> Section:
    """How many reports can be trusted, and which can not.

    Parameters
    ----------
    verdicts : DataFrame, one row per report, worst first
        From `measures.quality.trust.report_trust`.

    Returns
    -------
    Section
        data : at most 12 reports, columns report, verdict, because (both in words), defects;
        words alone where there is no other report
    """
    return Section.of(answer(verdict_sentence(verdicts)), _table(verdicts))


def verdict_sentence(verdicts: pd.DataFrame) -> str:
    """Sentence on how many reports can be trusted, and which can not."""
    if verdicts.empty:
        return "No other report can be made from these data"
    counts = verdicts["verdict"].value_counts()
    if counts.get(FULL, 0) == len(verdicts):
        return f"Every report made from these data can be trusted ({number(len(verdicts))})"
    none = verdicts[verdicts["verdict"] == NONE]["report"].tolist()
    reason = because(verdicts["because"].iloc[0])
    told = f"{', '.join(none)} cannot be trusted: {reason}; " if none else ""
    of_all = f"{number(counts.get(CARE, 0))} of {number(len(verdicts))}"
    return f"{told}{of_all} reports are to be read with care{'' if none else f': {reason}'}"


def _table(verdicts: pd.DataFrame) -> Html:
    if verdicts.empty:
        return note("No other report yet.")
    shown = verdicts.head(MOST_ROWS)
    words = [because(reasons) for reasons in shown["because"]]
    return table(shown.assign(verdict=shown["verdict"].map(VERDICTS), because=words), COLUMNS)
