"""How many cases a day are worth their cost: scored payments -> money saved by cases a day."""

import pandas as pd

from crm_helpers.charts.bars import bar_chart
from crm_helpers.measures.value.capacity import at_capacity, opened
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.questions.fraud.detection import TOGETHER, Detection
from crm_helpers.questions.fraud.payments import is_dated
from crm_helpers.tables.needs import Skip

DAILY = (1, 2, 5, 10, 20, 50)


@unless_absent
def by_capacity(found: Detection) -> pd.DataFrame:
    """Net value of the test by cases a day.

    Parameters
    ----------
    found : Detection

    Returns
    -------
    DataFrame, one row per number of cases a day
        daily, cases, found : int; net_value : float, currency
    """
    if not (is_dated(found.test) and found.has_money):
        raise Skip("without dates and amounts no day's work can be weighed against its cost.")
    test, lines = found.test, []
    for daily in sorted({*DAILY, found.capacity.cases_per_day}):
        picked = opened(test[TOGETHER], test["age_days"], cases_per_day=daily)
        one = at_capacity(picked, test["is_fraud"], found.stakes.money(test))
        lines.append((daily, one.cases, one.found, found.stakes.saved(one)))
    return pd.DataFrame(lines, columns=["daily", "cases", "found", "net_value"])


@unless_absent
def how_many(report: Report, found: Detection, rows: pd.DataFrame, *, test_days: int) -> Section:
    """Money saved less cost at several numbers of cases a day.

    Parameters
    ----------
    report : Report
    found : Detection
    rows : DataFrame, one row per number of cases a day
        From `by_capacity`.
    test_days : int
        Length of the test.

    Returns
    -------
    Section
        data : one row per number of cases a day, columns label, net
    """
    best, stakes = rows.loc[rows["net_value"].idxmax()], found.stakes
    says = f"Most is saved with {number(best['daily'])} cases a day, by known fraud"
    shown = pd.DataFrame(
        {"label": rows["daily"].map("{:,.0f} a day".format), "net": rows["net_value"]}
    )
    bars = ", ".join(f"{r.daily} {number(r.net_value)}" for r in rows.itertuples())
    chart = bar_chart(
        shown,
        form=number,
        highlight=f"{best['daily']:,.0f} a day",
        title=f"{report.money(best['net_value'])} saved at {number(best['daily'])} a day",
        subtitle=f"{report.currency} saved less cost of checking in {test_days} "
        f"days of test; {number(len(found.test))} payments",
        alt=f"Bars by cases opened a day: {bars}.",
        source=f"{report.source.title}, payments",
    )
    beside = (
        f"A check costs {report.money(stakes.check_cost)} and saves "
        f"{percent(stakes.recoverable_share)} of a fraud: both are parameters. What the fear "
        "of being checked prevents is not counted."
    )
    return section(says, chart, beside)
