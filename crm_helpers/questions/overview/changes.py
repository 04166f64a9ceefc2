"""What changed: key figures of this quarter and of the one before -> a verdict over all of them."""

import datetime as dt
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd

from crm_helpers.page import trends
from crm_helpers.page.findings import bare_words
from crm_helpers.page.numerals import counted, number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import MOST_ROWS, Html, answer, bullets, note, table, warning
from crm_helpers.questions.overview.quarter import (
    ReportState,
    earlier_day,
    name_of,
    run_folder,
)

MOST_NEWS = 4
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
    """What is new by the reports' own words, and key figures now and then.

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
    told = bullets(news(quarter))
    said = answer(what_changed(quarter, moved, earlier_day(report)))
    if moved.empty:
        later = "The next quarter's letter will compare with this one: keep the reports folder."
        return Section.of(said, told, note(later))
    shown = moved.assign(verdict=moved["words"].map(bare))
    more = len(shown) - MOST_ROWS
    rest = f" {number(more)} more stand in the reports." if more > 0 else ""
    verdict = note(
        "The verdict allows for the number of figures compared; figures without a margin of "
        f"error get none.{rest}"
    )
    parts = (
        said,
        told,
        table(shown.head(MOST_ROWS), COLUMNS),
        verdict,
    )
    return Section.of(*parts, _made_otherwise(report, quarter, moved))


def news(quarter: list[ReportState]) -> list[str]:
    """What the reports call new beyond noise, in their own words: the first of each, then more.

    Parameters
    ----------
    quarter : list of ReportState

    Returns
    -------
    list of str
    """
    told = [state.content.get("news", []) for state in quarter if state.is_current]
    rounds = zip_longest(*told)
    return list(dict.fromkeys(one for of_each in rounds for one in of_each if one))


def headline(quarter: list[ReportState], moved: pd.DataFrame) -> str:
    """The news that leads the letter; empty where nothing is new beyond noise.

    Parameters
    ----------
    quarter : list of ReportState
    moved : DataFrame, one row per key figure
    """
    told = news(quarter)
    if told:
        return " ".join(told[:MOST_NEWS]) + _more(len(told) - MOST_NEWS)
    return _beyond(moved)


def what_changed(
    quarter: list[ReportState], moved: pd.DataFrame, earlier: dt.date | None = None
) -> str:
    """What is new by the reports' own words, and what moved by more than chance.

    Parameters
    ----------
    quarter : list of ReportState
    moved : DataFrame, one row per key figure
    earlier : date, optional
        Day of the quarter before, where any report of it is there.
    """
    told = news(quarter)
    first = (
        f"{counted(len(told), 'change')} beyond noise in the reports' own words. " if told else ""
    )
    return first + (_beyond(moved) or compared(moved, earlier))


def compared(moved: pd.DataFrame, earlier: dt.date | None = None) -> str:
    """How many key figures were compared, where none moved by more than chance."""
    if moved.empty and earlier:
        day = _day(earlier)
        return f"The reports made so far have no key figure in common with those of {day}."
    if moved.empty:
        return "There is no earlier quarter to compare with yet."
    judged = int(moved["is_beyond_noise"].notna().sum())
    if not judged:
        return f"No key figure can be tested against {_day(moved['since'].max())}."
    tested = "the one key figure" if judged == 1 else f"none of the {judged} key figures"
    did = "that can be tested did not move" if judged == 1 else "that can be tested moved"
    return f"Since {_day(moved['since'].max())} {tested} {did} by more than chance."


def _beyond(moved: pd.DataFrame) -> str:
    beyond = moved[moved["is_beyond_noise"] == True]  # noqa: E712 - None is no
    if beyond.empty:
        return ""
    told = "; ".join(
        f"{row.label} {row.words.partition(' since ')[0]}" for row in beyond.head(3).itertuples()
    )
    since = _day(moved["since"].max())
    return f"Since {since} {counted(len(beyond), 'key figure')} moved by more than chance: {told}."


def _more(count: int) -> str:
    return f" {counted(count, 'more change')} below." if count > 0 else ""


def bare(words: str) -> str:
    """Words of a change without the date, which stands above or before it."""
    head, _, tail = words.partition(" since ")
    verdict = tail.partition(", ")[2]
    return f"{head}, {verdict}" if verdict else head


def _made_otherwise(report: Report, quarter: list[ReportState], moved: pd.DataFrame) -> Html:
    earlier = report.history / moved["since"].max().isoformat()
    stems = [state.stem for state in quarter if state.is_current]
    told = trends.made_otherwise(run_folder(report), earlier, stems)
    return warning(" ".join(told)) if told else Html("")


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"
