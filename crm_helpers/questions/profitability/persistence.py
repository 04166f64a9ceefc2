"""Whether the best customers stay the best: profit then and next -> what they brought after."""

from dataclasses import dataclass

import pandas as pd

from crm_helpers.charts.top_persistence import persistence_chart
from crm_helpers.features.data_span import TwoDays, data_span
from crm_helpers.measures.value.concentration import FIFTH
from crm_helpers.measures.value.profit_basis import profit_basis
from crm_helpers.measures.value.top_persistence import (
    TopPersistence,
    tenths_then_and_next,
    top_persistence,
)
from crm_helpers.page.numerals import counted, day, number, orders_until, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.tables.needs import Skip

# 80/20 "holds" when the best fifth brings 80 % give or take five points.
NEAR = 0.05
EIGHTY = 0.80
# A fall of the share by less is not worth an explanation.
NOTICED_DROP = 0.03


@dataclass(frozen=True, repr=False, eq=False)
class Persistence:
    """What the best customers of one period brought in it and in the next.

    Attributes
    ----------
    best : TopPersistence
        The best fifth: picked, share_then, share_next, share_next_same and others.
    tenths : DataFrame, one row per tenth of the customers and one for those new since
        tenth, share_then, share_next.
    periods : TwoDays
        Last days of the two periods, and their length.
    basis : str
        What profit is counted from: "margin" or "revenue".
    """

    best: TopPersistence
    tenths: pd.DataFrame
    periods: TwoDays
    basis: str

    def __repr__(self) -> str:
        """Both shares in one line."""
        return (
            f"Persistence: {self.best.picked:,} customers, the best {FIFTH:.0%} of "
            f"{self.periods.observation_days:,} days, brought {self.best.share_then:.1%} of the "
            f"{self.basis}, in the next period {self.best.share_next:.1%}"
        )


def two_periods(report: Report, *, observation_days: int) -> TwoDays:
    """Last days of two periods of equal length, one after the other, that the data can hold.

    Returns
    -------
    TwoDays
        earlier and as_of, the last days of both, and observation_days, the length of each
    """
    span = report.features(data_span)
    return TwoDays.of_periods(span, as_of=report.as_of, observation_days=observation_days)


@unless_absent
def study(
    then: pd.DataFrame, following: pd.DataFrame, periods: TwoDays, *, basis: str
) -> Persistence:
    """The best fifth and each tenth of the customers of one period, followed into the next.

    Parameters
    ----------
    then, following : DataFrame, one row per customer of a period
        As `features.customer_value` gives them.
    periods : TwoDays
        As `two_periods` gives them.
    basis : str
        What profit is counted from now; "revenue" is kept for both.

    Returns
    -------
    Persistence
        best (TopPersistence), tenths (DataFrame: tenth, share_then, share_next), periods, basis

    Absent where nobody bought in one of the periods, or all together brought nothing.
    """
    for rows, until in ((then, periods.earlier), (following, periods.as_of)):
        if rows.empty:
            raise Skip(
                f"Nobody bought in the {number(periods.observation_days)} days to {day(until)}, so "
                "two periods cannot be compared."
            )
    profits = [profit_basis(rows, basis).profit for rows in (then, following)]
    return Persistence(top_persistence(*profits), tenths_then_and_next(*profits), periods, basis)


@unless_absent
def best_next(report: Report, lasting: Persistence) -> Section:
    """What the best fifth brought when picked, and in the period after.

    Parameters
    ----------
    report : Report
    lasting : Persistence
        As `study` gives it.

    Returns
    -------
    Section
        says : whether 80/20 holds; figure : two bars per tenth
        data : one row per tenth and one for customers new since, columns tenth, share_then,
        share_next
        findings : top20_next_share; top20_next_share_same_customers, where these bought again
    """
    best, tenths, basis, days = lasting.best, lasting.tenths, lasting.basis, lasting.periods
    length = number(days.observation_days)
    chart = persistence_chart(
        tenths,
        what=basis,
        title=newcomers_title(lasting),
        subtitle=f"Share of {basis} per tenth of customers, {length} days to {day(days.earlier)} "
        f"and the {length} days after",
        alt=f"Pairs of bars per tenth: the best tenth {percent(tenths['share_then'][0])} then, "
        f"{percent(tenths['share_next'][0])} next.",
        source=orders_until(report.source.title, report.as_of),
    )
    doubt = persistence_doubt(best, days.observation_days)
    found = section(eighty_twenty(best, basis), chart, doubt)
    beside = {"baseline": best.share_then, **best.interval._asdict(), "n": best.picked}
    found = found.finds("top20_next_share", best.share_next, unit="share", **beside)
    if best.share_next_same is None:
        return found
    return found.finds("top20_next_share_same_customers", best.share_next_same, unit="share")


def eighty_twenty(best: TopPersistence, basis: str) -> str:
    """Whether the best fifth bring about eighty per cent, when picked and next."""
    gap = best.share_then - EIGHTY
    verdict = "80/20 holds" if abs(gap) <= NEAR else f"80/20 does not hold ({_rather(gap)})"
    return (
        f"{verdict}: the best {percent(FIFTH)} brought {percent(best.share_then)} of the "
        f"{basis} when picked, and {percent(best.share_next)} in the period after"
    )


def _rather(gap: float) -> str:
    return "it is more even" if gap < 0 else "it is even steeper"


def persistence_doubt(best: TopPersistence, days: int) -> str:
    """How much of the difference is luck, and how much is newcomers."""
    if best.share_next_same is None:
        return (
            f"None of the customers who were there when the {counted(best.picked, 'customer')} "
            f"were picked brought anything in the next {number(days)} days: all of it is from "
            "customers new since."
        )
    return (
        f"Of the best {percent(FIFTH)} of the next {number(days)} days, "
        f"{per_hundred(best.already_picked)} had been among the "
        f"{counted(best.picked, 'customer')} picked. Among the customers who were there when "
        f"they were picked, these brought {percent(best.share_next_same)}: {_drop(best)}. "
        f"Picked in the second period itself, its best {percent(FIFTH)} brought "
        f"{percent(best.best_next)}."
    )


def _drop(best: TopPersistence) -> str:
    if best.share_then - best.share_next_same < NOTICED_DROP:
        newcomers = best.share_next_same - best.share_next >= NOTICED_DROP
        return "they kept their place" + ", all the rest is customers new since" * newcomers
    return "that drop is luck running out and habits changing, the rest customers new since"


def newcomers_title(lasting: Persistence) -> str:
    """How much of the second period customers brought who were not there in the first."""
    newcomers_share = lasting.tenths["share_next"].iloc[-1]
    if not newcomers_share:
        return f"All {lasting.basis} of the second period is from customers of the first"
    return f"Customers new since brought {percent(newcomers_share)} of the {lasting.basis}"
