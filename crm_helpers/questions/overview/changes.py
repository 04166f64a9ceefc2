"""What changed: key figures of this quarter and of the one before -> a verdict over all of them."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from crm_helpers.page import trends
from crm_helpers.page.findings import bare_words
from crm_helpers.page.numerals import counted, number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import MOST_ROWS, Html, answer, note, table, warning
from crm_helpers.questions.overview.quarter import ReportState, name_of, run_folder

COLUMNS = {
    "label": "Key figure",
    "report": ("Report", str.capitalize),
    "before": "Then",
    "now": "Now",
    "verdict": "Change",
}


def key_figures(report: Report, quarter: list[ReportState]) -> pd.DataFrame:
    """Key figures that an earlier quarter has too, with one verdict over all of them.

    Returns
    -------
    DataFrame, one row per key figure
        As `moves` gives it.
    """
    return moves(quarter, report.history, report.as_of)


def moves(quarter: list[ReportState], history: Path, as_of: dt.date) -> pd.DataFrame:
    """Key figures that an earlier quarter has too, with one verdict over all of them.

    Parameters
    ----------
    history : Path
        Folder of the source's reports.

    Returns
    -------
    DataFrame, one row per key figure
        report, label, finding, now, before (words), words (of the change), since, relative
        (size of the change as a share of before), p_value, is_beyond_noise (None where no
        interval is known); beyond noise first, without interval last.
    """
    rows = [row for state in quarter if state.is_current for row in _moved(state, history, as_of)]
    judged = [row for row in rows if row["p_value"] is not None]
    verdicts = trends.false_discovery([row["p_value"] for row in judged])
    for row, verdict in zip(judged, verdicts, strict=True):
        row["is_beyond_noise"] = verdict
    for row in rows:
        row["words"] = trends.change_in_words(row["change"], beyond_noise=row["is_beyond_noise"])
    rows.sort(key=lambda row: 2.0 if row["p_value"] is None else row["p_value"])
    return pd.DataFrame(rows, columns=CHANGE_COLUMNS)


CHANGE_COLUMNS = [
    "report",
    "label",
    "finding",
    "now",
    "before",
    "words",
    "since",
    "relative",
    "p_value",
    "is_beyond_noise",
]


def _moved(state: ReportState, history: Path, as_of: dt.date) -> Iterable[dict[str, Any]]:
    earlier = trends.earlier_report(history, as_of, state.stem)
    if earlier is None:
        return
    since = dt.date.fromisoformat(earlier["as_of"])
    for figure in state.content.get("key_figures", []):
        name = figure["finding"]
        now, before = state.content["findings"].get(name), earlier["findings"].get(name)
        moved = trends.change(now, before, since) if now and before else None
        if moved:
            yield {
                "report": name_of(state.stem),
                "label": figure["label"],
                "finding": f"{state.stem}.{name}",
                "now": bare_words(now),
                "before": bare_words(before),
                "relative": abs(moved.difference) / (abs(before["value"]) or 1.0),
                "change": moved,
                "since": since,
                "p_value": moved.p_value,
                "is_beyond_noise": None,
            }


def changed(report: Report, quarter: list[ReportState], moved: pd.DataFrame) -> Section:
    """Key figures now and then, those beyond noise first.

    Parameters
    ----------
    report : Report
    quarter : list of ReportState
    moved : DataFrame, one row per key figure
        As `key_figures` gives it.

    Returns
    -------
    Section
        data : the rows shown, columns label, report, before, now, verdict and those of `moves`.
    """
    if moved.empty:
        later = "The next quarter's letter will compare with this one: keep the reports folder."
        return Section.of(answer(what_changed(moved)), note(later))
    shown = moved.assign(verdict=moved["words"].map(bare))
    more = len(shown) - MOST_ROWS
    rest = f" {number(more)} more stand in the reports." if more > 0 else ""
    verdict = note(
        "The verdict allows for the number of figures compared; figures without a margin of "
        f"error get none.{rest}"
    )
    parts = answer(what_changed(moved)), table(shown.head(MOST_ROWS), COLUMNS), verdict
    return Section.of(*parts, _made_otherwise(report, quarter, moved))


def what_changed(moved: pd.DataFrame) -> str:
    """What moved by more than chance since the last quarter."""
    if moved.empty:
        return "There is no earlier quarter to compare with yet."
    since = _day(moved["since"].max())
    beyond = moved[moved["is_beyond_noise"] == True]  # noqa: E712 - None is no
    judged = int(moved["is_beyond_noise"].notna().sum())
    if beyond.empty:
        tested = f"none of the {judged} key figures that can be tested" if judged else "nothing"
        return f"Since {since} {tested} moved by more than chance{_largest(moved)}."
    told = "; ".join(
        f"{row.label} {row.words.partition(' since ')[0]}" for row in beyond.head(3).itertuples()
    )
    return f"Since {since} {counted(len(beyond), 'key figure')} moved by more than chance: {told}."


def bare(words: str) -> str:
    """Words of a change without the date, which stands above or before it."""
    head, _, tail = words.partition(" since ")
    verdict = tail.partition(", ")[2]
    return f"{head}, {verdict}" if verdict else head


def _largest(moved: pd.DataFrame) -> str:
    """The largest move without a test, so that the reader learns what went which way."""
    untested = moved[moved["is_beyond_noise"].isna()]
    if untested.empty:
        return ""
    row = untested.iloc[untested["relative"].argmax()]
    return f"; {row['label']} ({row['report']}) went from {row['before']} to {row['now']}"


def _made_otherwise(report: Report, quarter: list[ReportState], moved: pd.DataFrame) -> Html:
    earlier = report.history / moved["since"].max().isoformat()
    stems = [state.stem for state in quarter if state.is_current]
    told = trends.made_otherwise(run_folder(report), earlier, stems)
    return warning(" ".join(told)) if told else Html("")


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"
