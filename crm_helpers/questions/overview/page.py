"""Page of the overview: findings, cards, three sentences, how far to trust them."""

import pandas as pd

from crm_helpers.page.findings import Finding, finding
from crm_helpers.page.numerals import percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import MOST_ROWS, Html, bullets, note, table
from crm_helpers.questions.overview.agreement import agreement, stated_by_several
from crm_helpers.questions.overview.changes import compared, headline
from crm_helpers.questions.overview.lists import net_value, what_to_do
from crm_helpers.questions.overview.quarter import (
    STATES,
    ReportState,
    count,
    earlier_day,
    made_of_all,
    reports_made,
)

FIGURES = {"lists_to_contact": "To act on", "rows_set_aside_share": "Rows set aside"}


def findings(
    report: Report, quarter: list[ReportState], listed: pd.DataFrame, differing: pd.DataFrame
) -> dict[str, Finding]:
    """Numbers of the overview under stable names.

    Parameters
    ----------
    report : Report
    quarter : list of ReportState
    listed : DataFrame, one row per list
    differing : DataFrame, one row per number that reports do not agree on

    Returns
    -------
    dict of name to finding
    """
    names = {"reports_made": "ok"} | {f"reports_{s}": s for s in ("skipped", "failed", "stale")}
    found = {
        name: finding(name, count(quarter, status), unit="reports")
        for name, status in names.items()
    }
    to_contact = int(listed["to_contact"].sum())
    return {
        **found,
        "numbers_that_disagree": finding("numbers_that_disagree", len(differing), unit="numbers"),
        "rows_set_aside_share": finding(
            "rows_set_aside_share", set_aside_share(report), unit="share"
        ),
        "lists_to_contact": finding("lists_to_contact", to_contact, unit="cases"),
        "lists_net_value": finding("lists_net_value", net_value(listed), unit=report.currency),
    }


def figures(report: Report, quarter: list[ReportState], listed: pd.DataFrame) -> None:
    """Cards of the summary.

    Parameters
    ----------
    report : Report
    quarter : list of ReportState
    listed : DataFrame, one row per list
    """
    report.card("Expected net value of all lists", report.money(net_value(listed)))
    report.key_figures(FIGURES)
    report.card("Reports made", made_of_all(quarter))


def three_sentences(
    report: Report,
    quarter: list[ReportState],
    moved: pd.DataFrame,
    listed: pd.DataFrame,
    differing: pd.DataFrame,
) -> tuple[str, str, str]:
    """What is new, what to do, how sound it is; what to do comes first where nothing is new.

    Parameters
    ----------
    report : Report
    quarter : list of ReportState
    moved : DataFrame, one row per key figure
    listed : DataFrame, one row per list
    differing : DataFrame, one row per number that reports do not agree on

    Returns
    -------
    three sentences
    """
    first = headline(quarter, moved)
    aside = f"{percent(set_aside_share(report))} of the rows read were set aside"
    agreed = f"; {agreement(quarter, differing)}" if stated_by_several(quarter) else ""
    sound = f"{reports_made(quarter)}{agreed}; {aside}."
    if first:
        return first, what_to_do(report, quarter, listed), sound
    quiet = (_first_of_all(quarter) if moved.empty else "") + compared(moved, earlier_day(report))
    return what_to_do(report, quarter, listed), quiet, sound


def set_aside_share(report: Report) -> float:
    """Rows set aside of all rows read and asked for, in [0, 1]."""
    counts = report.tables.counts
    asked = counts["rows_read"].sum() - counts["rows_excluded"].sum()
    return float(counts["rows_set_aside"].sum() / asked) if asked else 0.0


def trust(report: Report, quarter: list[ReportState], moved: pd.DataFrame) -> Section:
    """What a reader should keep in mind, and the reports that are not there or not current.

    Parameters
    ----------
    report : Report
    quarter : list of ReportState
    moved : DataFrame, one row per key figure

    Returns
    -------
    Section
        data : one row per report not current, columns report, state, why; words alone when all are.
    """
    return Section.of(bullets(doubts(report, moved)), _states(quarter))


def doubts(report: Report, moved: pd.DataFrame) -> list[str]:
    """Sentences on what the numbers of the letter rest on."""
    lines = [
        f"{percent(set_aside_share(report))} of the rows read were set aside because they break "
        "a promise of their table; the data quality report says which.",
        "Expected values are forecasts. They rest on the effects that each report states, some "
        "of them assumptions until a control group has measured them.",
    ]
    if not moved.empty and moved["is_beyond_noise"].isna().any():
        lines.append("Some key figures have no margin of error: their changes get no verdict.")
    return lines


def _states(quarter: list[ReportState]) -> Html:
    rows = [state for state in quarter if not state.is_current]
    if not rows:
        return note("Every report was made from the data as they are now.")
    frame = pd.DataFrame(
        [{"report": s.title, "state": STATES[s.status], "why": s.reason} for s in rows]
    )
    return table(frame.head(MOST_ROWS), {"report": "Report", "state": "State", "why": "Why"})


def _first_of_all(quarter: list[ReportState]) -> str:
    made = [state.content["summary"] for state in quarter if state.is_current]
    return f"{made[0][0]} " if made and made[0] else ""
