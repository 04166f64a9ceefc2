"""What the reports found: states and changes -> one block per report."""

from html import escape

import pandas as pd

from crm_helpers.page.section import Section
from crm_helpers.page.words import Html, answer, cards
from crm_helpers.questions.overview.changes import bare
from crm_helpers.questions.overview.quarter import STATES, ReportState, reports_made


def found(quarter: list[ReportState], moved: pd.DataFrame) -> Section:
    """One block per report: state, three sentences, key figures, link.

    Parameters
    ----------
    quarter : list of ReportState
    moved : DataFrame, one row per key figure
        As `changes.key_figures` gives it.

    Returns
    -------
    Section
        data : one row per report, columns report, title, state, first_sentence, reason.
    """
    made_first = sorted(quarter, key=lambda state: not state.is_current)
    blocks = "".join(_block(state, moved) for state in made_first)
    return Section.of(answer(reports_made(quarter)), Html(blocks, data=_frame(made_first)))


def _frame(quarter: list[ReportState]) -> pd.DataFrame:
    rows = [
        {
            "report": state.stem,
            "title": state.title,
            "state": STATES[state.status],
            "first_sentence": next(iter(state.content.get("summary", [])), ""),
            "reason": state.reason,
        }
        for state in quarter
    ]
    return pd.DataFrame(rows)


def _block(state: ReportState, moved: pd.DataFrame) -> str:
    title = escape(state.title)
    linked = f'<a href="{escape(state.page)}">{title}</a>' if state.page else title
    badge = f'<span class="state {state.status}">{STATES[state.status]}</span>'
    head = f"<h4>{linked}{'' if state.is_current else badge}</h4>"
    if not state.is_current:
        return f'<div class="entry">{head}<p>{escape(_why(state))}</p></div>'
    sentences = [escape(sentence) for sentence in state.content.get("summary", [])]
    lead = f'<p class="first">{sentences[0]}</p>' if sentences else ""
    rest = f"<p>{' '.join(sentences[1:])}</p>" if sentences[1:] else ""
    return f'<div class="entry">{head}{lead}{rest}{_figures(state, moved)}</div>'


def _why(state: ReportState) -> str:
    if state.status != "stale":
        return state.reason
    return f"The page is from an earlier run and may be out of date. {state.reason}"


def _figures(state: ReportState, moved: pd.DataFrame) -> str:
    verdicts = dict(zip(moved["finding"], moved["words"].map(bare), strict=True))
    figures = state.content.get("key_figures", [])
    shown = [
        (f["label"], f["value"], verdicts.get(f"{state.stem}.{f['finding']}", f["about"]))
        for f in figures
    ]
    return cards(shown).html if shown else ""
