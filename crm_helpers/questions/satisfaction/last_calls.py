"""Whether the last calls helped: list of the quarter before + orders since -> their difference."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from crm_helpers.features import quarters
from crm_helpers.features.rfm import rfm
from crm_helpers.measures.effects.effect import Effect, rate_effect
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.page import trends
from crm_helpers.page.actions import read_list
from crm_helpers.page.needs import need
from crm_helpers.page.numerals import day, number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.tables.needs import Skip

COLUMNS = {
    "group": "Group",
    "n": ("Customers", number),
    "share": ("Ordered since", percent),
}


@dataclass(frozen=True, repr=False)
class LastCalls:
    """Orders since the last list: those called less the control group.

    Attributes
    ----------
    effect : Effect
        Of being on the list to be called, on the share with an order since.
    since : str
        Day of the list, in words.
    """

    effect: Effect
    since: str

    def __repr__(self) -> str:
        """Sizes and difference, in one line."""
        effect = self.effect
        return (
            f"Calls of the list of {self.since}: {effect.treated_count:,} to be called, "
            f"{effect.control_count:,} control, difference {effect.difference:+.3f}"
        )


@unless_absent
def compared(report: Report, *, min_group: int) -> LastCalls:
    """Share with an order since the last list: called less control group, and its day.

    Parameters
    ----------
    report : Report
    min_group : int
        Fewer than this in either group are not compared.

    Returns
    -------
    LastCalls
        effect : Effect, with difference, low, high, treated_mean, control_mean and counts;
        since : str
    """
    path, since = _last_list(report)
    need(report.tables, transactions=["customer_id", "ordered_at"])
    listed = read_list(path, "customer_id")
    days = (report.as_of - since).days
    bought = report.features(rfm, observation_days=days)["customer_id"]
    listed = listed.assign(bought=listed["customer_id"].isin(bought))
    called = ~listed["is_control"].astype(str).eq("True")
    if min(called.sum(), (~called).sum()) < min_group:
        counts = int(called.sum()), int((~called).sum())
        raise Skip(
            f"The last list has {counts[0]} customers to call and {counts[1]} "
            f"in its control group; {min_group} of each are needed to compare."
        )
    return LastCalls(rate_effect(listed["bought"], called, interval_level=CLAIM_LEVEL), day(since))


def _last_list(report: Report) -> tuple[Path, dt.date]:
    before = trends.earlier_report(report.history, report.as_of, report.stem)
    path = report.history / (before or {"as_of": "none"})["as_of"]
    path = path / "actions" / f"{report.stem}.csv"
    if not path.exists():
        raise Skip(
            "There is no list of the last quarter. When this one has been worked off, the next "
            "report compares those called with its control group."
        )
    return path, quarters.parse_date(before["as_of"])


@unless_absent
def difference(last: LastCalls) -> Section:
    """Whether the last list helped, against its control group.

    Parameters
    ----------
    last : LastCalls

    Returns
    -------
    Section
        data : one row per group, columns group, n, share; findings : callback_effect
    """
    effect = last.effect
    rows = pd.DataFrame(
        [
            ("to be called", effect.treated_count, effect.treated_mean),
            ("control group", effect.control_count, effect.control_mean),
        ],
        columns=["group", "n", "share"],
    )
    low, high = number(100 * effect.low, 1), number(100 * effect.high, 1)
    beside = (
        f"List of {last.since}. Difference between {low} and {high} of 100 at "
        f"{percent(CLAIM_LEVEL)}; a true one of {number(100 * effect.smallest_detectable, 1)} "
        "would have been seen in four of five tries. Everyone on the list counts, "
        "called in fact or not."
    )
    told = section(_says(effect), table(rows, COLUMNS), beside)
    n = effect.treated_count + effect.control_count
    ends = {"low": effect.low, "high": effect.high, "level": CLAIM_LEVEL, "n": n}
    return told.finds("callback_effect", effect.difference, "share", **ends)


def _says(effect: Effect) -> str:
    if not effect.is_shown:
        return "It is not shown that the last calls changed who orders"
    more = "more" if effect.difference > 0 else "fewer"
    said = number(100 * abs(effect.difference), 1)
    return f"Of those on the last list to be called, {said} of 100 {more} ordered since"
