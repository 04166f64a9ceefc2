"""Action lists of the quarter: those of all reports -> their size, worth and overlap."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from crm_helpers.page.numerals import capital, counted, number, were
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import Html, answer, bullets, note, table
from crm_helpers.questions.overview.examples import example_values
from crm_helpers.questions.overview.quarter import (
    STATES,
    ReportState,
    count,
    name_of,
    run_folder,
)

LEAST_WORTH = 1.0  # currency; what a whole list should bring at least to be worth a sentence
SUMS = ("to_contact", "control", "cost", "expected_net_value")


def lists(quarter: list[ReportState]) -> pd.DataFrame:
    """Action lists of the quarter, most valuable first.

    Returns
    -------
    DataFrame, one row per list
        name (in words), stem, to_contact, control, cost, expected_net_value (currency), file
    """
    columns = ["name", "stem", "to_contact", "control", "cost", "expected_net_value", "file"]
    rows = [
        {"name": name_of(state.stem), "stem": state.stem, **state.content["actions"]}
        for state in quarter
        if state.is_current and state.content.get("actions")
    ]
    frame = pd.DataFrame(rows).reindex(columns=columns)
    return frame.sort_values("expected_net_value", ascending=False, ignore_index=True)


def net_value(listed: pd.DataFrame) -> float:
    """Expected net value of all lists, control groups not counted."""
    return float(listed["expected_net_value"].sum())


def what_to_do(report: Report, quarter: list[ReportState], listed: pd.DataFrame) -> str:
    """What acting on the lists should bring."""
    worth = listed[(listed["to_contact"] > 0) & (listed["expected_net_value"] >= LEAST_WORTH)]
    if not count(quarter, "ok"):
        return _nothing_made(quarter)
    if worth.empty:
        asked = were(count(quarter, "ok"), "report")
        return f"No action that should bring more than it costs was found; {asked} asked."
    best, rows = worth.iloc[0], int(worth["to_contact"].sum())
    named = f", {report.money(best['expected_net_value'])} of it from the {best['name']} list"
    names = "names" if len(worth) == 1 else "name"
    return (
        f"{counted(len(worth), 'action list')} {names} {counted(rows, 'case')} to act on, which "
        f"should bring {report.money(net_value(worth))} after costs"
        f"{named if len(worth) > 1 else ''}."
    )


def _nothing_made(quarter: list[ReportState]) -> str:
    """Why no report can be read: out of date, or none of those asked for could be made."""
    if count(quarter, "stale"):
        return "No report is up to date: run make quarterly-report again."
    tried = [state for state in quarter if state.status in ("skipped", "failed")]
    if len(tried) == 1:
        state = tried[0]
        return f"{capital(name_of(state.stem))} was {STATES[state.status]}: {state.reason}"
    return f"None of the {counted(len(tried), 'report')} asked for could be made; each says why."


def act(report: Report, quarter: list[ReportState], listed: pd.DataFrame) -> Section:
    """Action lists with size, cost and expected net value, and whom they share.

    Parameters
    ----------
    report : Report
    quarter : list of ReportState
    listed : DataFrame, one row per list
        As `lists` gives it.

    Returns
    -------
    Section
        data : one row per list, columns name, stem, to_contact, control, cost,
        expected_net_value, file; words alone without lists.
    """
    said = answer(what_to_do(report, quarter, listed))
    if listed.empty:
        return Section.of(said, note("No report of this quarter has an action list."))
    columns = {
        "name": ("List", str.capitalize),
        "to_contact": ("To act on", number),
        "control": ("Control group", number),
        "cost": (f"Cost, {report.currency}".rstrip(", "), number),
        "expected_net_value": (f"Expected net value, {report.currency}".rstrip(", "), number),
    }
    total = {column: listed[column].sum() for column in SUMS}
    files = f"Files: {', '.join(listed['file'])}, readable by their owner alone."
    shared = overlap(run_folder(report), listed["file"])
    told = [note(line) for line in (example_values(quarter), files) if line]
    return Section.of(said, table(listed, columns, total=total), *told, _shared(shared))


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


def _shared(shared: Overlap) -> Html:
    lines = []
    if shared.on_several:
        lines.append(
            f"{counted(shared.on_several, 'customer')} stand on more than one list: agree who "
            "speaks to them first, and do not count their value twice."
        )
    if shared.held_back_elsewhere:
        lines.append(
            f"{counted(shared.held_back_elsewhere, 'customer')} in the control group of one "
            "list stand on another: that weakens what the control group can show."
        )
    return bullets(lines) if lines else Html("")
