"""All reports of one run: the JSON files of a folder -> states, changes, lists, disagreements."""

import datetime as dt
import json
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from crm_helpers.page import trends
from crm_helpers.page.findings import bare_words, in_words

# The order of the letter: money first, the state of the data last.
ORDER = (
    "profitability", "segmentation", "lifecycle", "churn", "retention", "cross_sell",
    "personalization", "acquisition", "satisfaction", "credit", "fraud", "data_quality", "methods",
)  # fmt: skip
# Every report uses these names for its own subject, so their values are not to be compared.
OF_EACH_REPORT = ("list_net_value", "test_auc", "rule_auc", "expected_loss")


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


def changes(quarter: list[ReportState], history: Path, as_of: dt.date) -> pd.DataFrame:
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
    "report", "label", "finding", "now", "before", "words", "since", "relative", "p_value",
    "is_beyond_noise",
]  # fmt: skip


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
                "report": _name(state.stem),
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


def disagreements(quarter: list[ReportState]) -> pd.DataFrame:
    """Findings of one name that differ between reports; no rows when all agree.

    Returns
    -------
    DataFrame, one row per finding
        finding, said (which report says what)
    """
    rows = [
        {"finding": name, "said": "; ".join(f"{by}: {in_words(found)}" for by, found in said)}
        for name, said in _stated(quarter).items()
        if any(not _same(said[0][1], other) for _, other in said[1:])
    ]
    return pd.DataFrame(rows, columns=["finding", "said"])


def stated_by_several(quarter: list[ReportState]) -> list[str]:
    """Names of findings that two reports or more state."""
    return [name for name, said in _stated(quarter).items() if len(said) > 1]


def _stated(quarter: list[ReportState]) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    said = defaultdict(list)
    for state in quarter:
        if state.is_current:
            for name, found in state.content.get("findings", {}).items():
                if name not in OF_EACH_REPORT:
                    said[name].append((state.stem, found))
    return said


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    if one.get("unit") != other.get("unit"):
        return False
    values = one["value"], other["value"]
    if any(isinstance(value, str | bool) for value in values):
        return values[0] == values[1]
    # Sums of the same rows in another order differ in the last bits.
    return math.isclose(*values, rel_tol=1e-9, abs_tol=1e-12)


def lists(quarter: list[ReportState]) -> pd.DataFrame:
    """Action lists of the quarter, most valuable first.

    Returns
    -------
    DataFrame, one row per list
        name (in words), stem, to_contact, control, cost, expected_net_value (currency), file
    """
    columns = ["name", "stem", "to_contact", "control", "cost", "expected_net_value", "file"]
    rows = [
        {"name": _name(state.stem), "stem": state.stem, **state.content["actions"]}
        for state in quarter
        if state.is_current and state.content.get("actions")
    ]
    frame = pd.DataFrame(rows).reindex(columns=columns)
    return frame.sort_values("expected_net_value", ascending=False, ignore_index=True)


def _name(stem: str) -> str:
    return stem.replace("_", "-")


@dataclass(frozen=True)
class Overlap:
    """Counts of customers whom lists share; no ids.

    Attributes
    ----------
    on_several : int
        Customers to contact on two lists or more.
    held_back_elsewhere : int
        Customers in the control group of one list and to be contacted by another.
    """

    on_several: int
    held_back_elsewhere: int


def overlap(folder: Path, files: Iterable[str], key: str = "customer_id") -> Overlap:
    """How far the lists of a quarter reach for the same customers."""
    contacted: dict[str, int] = defaultdict(int)
    held: set[str] = set()
    for file in files:
        listed = _listed(folder / file, key)
        for one in listed[~listed["is_control"]][key]:
            contacted[one] += 1
        held.update(listed[listed["is_control"]][key])
    several = sum(count > 1 for count in contacted.values())
    return Overlap(several, len(held & contacted.keys()))


def _listed(path: Path, key: str) -> pd.DataFrame:
    try:
        listed = pd.read_csv(
            path, usecols=[key, "is_control"], dtype={key: str, "is_control": bool}
        )
    except (OSError, ValueError):
        # A list of leads or payments has other keys: it shares nobody with these.
        return pd.DataFrame({key: [], "is_control": pd.Series([], dtype=bool)})
    return listed.drop_duplicates()
