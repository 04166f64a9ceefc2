"""Ages at which enough contracts were watched: curves -> what can be read of them, in words."""

from typing import NamedTuple

import pandas as pd

from crm_helpers.page.numerals import counted, day, number
from crm_helpers.page.report import Report

YEAR_DAYS = 365
MONTHS = 12


class Ages(NamedTuple):
    """Ages, in days of tenure, over which curves can be read.

    Attributes
    ----------
    start : float
        At which they begin.
    months : int
        After that, in which they are read: a year, or as many as were watched; 0 where none.
    """

    start: float
    months: int

    @property
    def read_at(self) -> float:
        """Age at which the curves are read."""
        return self.start + self.months * YEAR_DAYS / MONTHS

    @property
    def period(self) -> str:
        """The months in words."""
        return "a year" if self.months == MONTHS else counted(self.months, "month")

    @property
    def contracts(self) -> str:
        """Contracts that the curves begin with."""
        if self.start == 0:
            return "new contracts"
        return f"contracts {number(self.start * MONTHS / YEAR_DAYS, 1)} months old"

    def shown(self, least: int) -> str:
        """Which ages are shown."""
        return f"ages at which {number(max(least, 1))} or more were watched"


def ages_of(curves: pd.DataFrame) -> Ages:
    """Ages over which all of these curves can be read.

    Parameters
    ----------
    curves : DataFrame, one row per step of a curve
        time : float, days of tenure; cause or group

    Returns
    -------
    Ages
    """
    if curves.empty:
        return Ages(0.0, 0)
    by = "cause" if "cause" in curves else "group"
    spans = curves.groupby(by)["time"].agg(["min", "max"])
    start, end = float(spans["min"].max()), float(spans["max"].min())
    return Ages(start, int(min(MONTHS, max(0.0, (end - start) * MONTHS // YEAR_DAYS))))


def too_few(least: int) -> str:
    """Why no curve is drawn.

    Parameters
    ----------
    least : int
        How many contracts must be watched at an age.

    Returns
    -------
    str
    """
    return (
        f"At no age were {counted(max(least, 1), 'contract')} or more watched for a month, so it "
        "cannot be told when contracts end. Lower min_group, or look back further."
    )


def watched_words(spells: pd.DataFrame, observation_days: int) -> str:
    """How many contracts were watched, and how many ended.

    Parameters
    ----------
    spells : DataFrame, one row per contract watched
    observation_days : int

    Returns
    -------
    str
    """
    ends, size = int(spells["ended"].sum()), counted(len(spells), "contract")
    return f"{size}, {counted(ends, 'end')} in {number(observation_days)} days"


def contracts_source(report: Report) -> str:
    """Where the numbers come from.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str
    """
    return f"{report.source.title}, contracts until {day(report.as_of)}"
