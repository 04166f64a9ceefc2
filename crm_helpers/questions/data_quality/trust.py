"""Verdicts on the reports -> which can be trusted, and why the others can not."""

import pandas as pd

from crm_helpers.measures.quality.trust import CARE, FULL, NONE
from crm_helpers.page.numerals import capital, number
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
    return Section.of(answer(capital(verdict_sentence(verdicts))), _table(verdicts))


def verdict_sentence(verdicts: pd.DataFrame) -> str:
    """Sentence on how many reports can be trusted, and which can not."""
    if verdicts.empty:
        return "No other report can be made from these data"
    counts = verdicts["verdict"].value_counts()
    if counts.get(FULL, 0) == len(verdicts):
        return f"Every report made from these data can be trusted ({number(len(verdicts))})"
    none = verdicts[verdicts["verdict"] == NONE]["report"].str.replace("_", "-").tolist()
    reason = because(verdicts["because"].iloc[0])
    told = f"{', '.join(none)} cannot be trusted: {reason}; " if none else ""
    care, reasons = int(counts.get(CARE, 0)), "" if none else f": {reason}"
    return f"{told}{_with_care(care, len(verdicts))} to be read with care{reasons}"


def _with_care(care: int, total: int) -> str:
    if total == 1:
        return "the only report is" if care else "no other report is"
    return f"{number(care)} of {number(total)} reports {'is' if care == 1 else 'are'}"


def _table(verdicts: pd.DataFrame) -> Html:
    if verdicts.empty:
        return note("No other report yet.")
    shown = verdicts.head(MOST_ROWS)
    words = [because(reasons) for reasons in shown["because"]]
    return table(shown.assign(verdict=shown["verdict"].map(VERDICTS), because=words), COLUMNS)
