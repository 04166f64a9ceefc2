"""Reports of one quarter: the JSON files of a folder -> the state of each report."""

import datetime as dt
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crm_helpers.page.numerals import counted, number
from crm_helpers.page.report import Report
from crm_helpers.page.trends import earlier_report
from crm_helpers.tables.needs import Skip
from crm_helpers.tables.paths import project_root

# The order of the letter: money first, the state of the data last.
ORDER = (
    "profitability",
    "segmentation",
    "lifecycle",
    "churn",
    "retention",
    "cross_sell",
    "personalization",
    "acquisition",
    "satisfaction",
    "credit",
    "fraud",
    "data_quality",
    "methods",
)
STATES = {
    "ok": "made",
    "skipped": "skipped",
    "failed": "failed",
    "stale": "out of date",
    "missing": "not made",
}


@dataclass(frozen=True)
class ReportState:
    """How one report of the quarter stands.

    Attributes
    ----------
    status : str
        "ok", "skipped", "failed", "stale" (an earlier page is there, but it does not belong to
        this run's data, or the last try failed) or "missing" (not asked for yet).
    page : str
        File to read, empty when there is none.
    """

    stem: str
    title: str
    status: str
    reason: str
    page: str
    content: dict[str, Any] = field(repr=False)

    @property
    def is_current(self) -> bool:
        """True where its numbers belong to this run."""
        return self.status == "ok"


def read_quarter(folder: Path, stems: Iterable[str], fingerprint: str) -> list[ReportState]:
    """State of each report, in the order of the letter.

    Parameters
    ----------
    folder : Path
        reports/<source>/<as_of>.
    stems : iterable of str
        Reports there could be.
    fingerprint : str
        State of the data now; a report made from another state is stale.
    """
    known = [stem for stem in stems if stem != "overview"]
    ranked = sorted(known, key=lambda s: (ORDER.index(s) if s in ORDER else len(ORDER), s))
    return [_state(folder, stem, fingerprint) for stem in ranked]


def _state(folder: Path, stem: str, fingerprint: str) -> ReportState:
    content = _content(folder / f"{stem}.json")
    page = f"{stem}.html" if (folder / f"{stem}.html").exists() else ""
    title = content.get("title") or stem.replace("_", " ").capitalize()
    status, reason = content.get("status", "missing"), content.get("reason", "")
    if status == "failed":
        failed = f"{stem}.failed.html" if (folder / f"{stem}.failed.html").exists() else ""
        return ReportState(stem, title, "stale" if page else status, reason, page or failed, {})
    if status == "ok" and content.get("fingerprint", fingerprint) != fingerprint:
        reason = "The data have changed since it was made. Run it again."
        return ReportState(stem, title, "stale", reason, page, {})
    if status == "missing":
        reason = "It was not asked for in this run." if page == "" else "It was interrupted."
    return ReportState(stem, title, status, reason, page, content)


def _content(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def run_folder(report: Report) -> Path:
    """Folder that holds the reports of this quarter."""
    return Path(os.environ.get("CRM_REPORTS_RUN") or report.history / report.as_of.isoformat())


def states(report: Report) -> list[ReportState]:
    """State of every report of this quarter, in the order of the letter.

    Returns
    -------
    list of ReportState
        stem, title, status, reason, page, content.

    Raises
    ------
    Skip
        If no report was made yet.
    """
    stems = [path.stem for path in (project_root() / "notebooks").glob("*.ipynb")]
    found = read_quarter(run_folder(report), stems, str(report.tables.fingerprint))
    if all(state.status == "missing" for state in found):
        raise Skip(
            f"No report was made for {report.source.title} as of {report.as_of} yet. "
            "Run make quarterly-report, then open the overview again."
        )
    return found


def earlier_day(report: Report) -> dt.date | None:
    """Day of the quarter before of which any report is there, or None.

    Parameters
    ----------
    report : Report
    """
    stems = [path.stem for path in (project_root() / "notebooks").glob("*.ipynb")]
    found = (earlier_report(report.history, report.as_of, stem) for stem in stems)
    days = [dt.date.fromisoformat(before["as_of"]) for before in found if before]
    return max(days, default=None)


def count(quarter: list[ReportState], status: str) -> int:
    """Reports in that state."""
    return sum(state.status == status for state in quarter)


def made_of_all(quarter: list[ReportState]) -> str:
    """Count of reports made, of all."""
    return f"{count(quarter, 'ok')} of {len(quarter)}"


def reports_made(quarter: list[ReportState]) -> str:
    """How many reports were made, and what became of the others."""
    others = [
        f"{number(count(quarter, status))} {STATES[status]}"
        for status in ("skipped", "failed", "stale", "missing")
        if count(quarter, status)
    ]
    if not others:
        return f"All {counted(len(quarter), 'report')} were made"
    verb = "was" if count(quarter, "ok") == 1 else "were"
    return f"{made_of_all(quarter)} reports {verb} made ({', '.join(others)})"


def name_of(stem: str) -> str:
    """Name of a report in running text."""
    return stem.replace("_", "-")
