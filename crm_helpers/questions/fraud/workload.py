"""How many cases a day are worth their cost: scored payments -> money saved by cases a day."""

import pandas as pd

from crm_helpers.charts.bars import bar_chart
from crm_helpers.charts.chart import Chart
from crm_helpers.measures.fraud.paired_saving import pays
from crm_helpers.measures.value.capacity import CapacityResult
from crm_helpers.page.numerals import counted, number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.questions.fraud.detection import TOGETHER, Detection
from crm_helpers.questions.fraud.payments import is_dated
from crm_helpers.tables.needs import Skip

DAILY = (1, 2, 5, 10, 20, 50)


@unless_absent
def by_capacity(found: Detection) -> pd.DataFrame:
    """Net value of known fraud by cases a day, in the earlier and the later half of the test.

    The earlier half chooses a number of cases, the later one values it: the best of several on
    the same payments would look better than it is.

    Parameters
    ----------
    found : Detection

    Returns
    -------
    DataFrame, one row per number of cases a day
        daily, cases, found : int, of the later half; earlier_value, net_value : float, currency
    """
    if not (is_dated(found.test) and found.has_money):
        raise Skip("without dates and amounts no day's work can be weighed against its cost.")
    if found.test["period"].nunique() < 2:
        raise Skip("the test is too short to choose in one half and to value in the other.")
    later, lines = _is_later(found), []
    for daily in sorted({*DAILY, found.capacity.cases_per_day}):
        picked = found.opened(TOGETHER, daily)
        before, one = (found.counted(picked, part) for part in (~later, later))
        lines.append((daily, one.cases, one.found, _net(found, before), _net(found, one)))
    return pd.DataFrame(lines, columns=["daily", "cases", "found", "earlier_value", "net_value"])


def _is_later(found: Detection) -> pd.Series:
    """Payments of the later half of the test, in whole periods."""
    period = found.test["period"]
    return period <= period.max() // 2


def _net(found: Detection, one: CapacityResult) -> float:
    return found.stakes.saved(one)


@unless_absent
def how_many(report: Report, found: Detection, rows: pd.DataFrame) -> Section:
    """Money saved less cost at several numbers of cases a day.

    Parameters
    ----------
    report : Report
    found : Detection
    rows : DataFrame, one row per number of cases a day
        From `by_capacity`.

    Returns
    -------
    Section
        data : one row per number of cases a day, columns label, net
    """
    stakes = found.stakes
    beside = (
        f"A check costs {report.money(stakes.check_cost)} and saves "
        f"{percent(stakes.recoverable_share)} of a fraud: both are parameters. Fraud that nobody "
        "examined is not counted, so every bar is the least that was saved; what the fear of "
        "being checked prevents is not counted either."
    )
    return section(_says(report, found, rows), _chart(report, found, rows), beside)


def _says(report: Report, found: Detection, rows: pd.DataFrame) -> str:
    now = found.capacity.cases_per_day
    best = int(rows.loc[rows["earlier_value"].idxmax(), "daily"])
    present = rows.set_index("daily").loc[now]
    if best > now and pays(_extra(found, now, best)):
        more = rows.set_index("daily").loc[best, "net_value"] - present["net_value"]
        return (
            f"{counted(best, 'case')} a day would have saved {report.money(more)} more than "
            f"{number(now)}, by known fraud"
        )
    days = int(found.test.loc[_is_later(found)].groupby("period")["period_days"].first().sum())
    if present["cases"] < now * days:
        was = "was" if present["cases"] == 1 else "were"
        worth = f"{counted(present['cases'], 'case')} in {days} days {was} worth a check"
        return f"{worth}, fewer than the {number(now)} a day that can be opened"
    return f"No larger number is shown to save more than {counted(now, 'case')} a day"


def _extra(found: Detection, now: int, best: int) -> pd.Series:
    """Net value of each case of the later half that only the larger number would have opened."""
    later, test = _is_later(found), found.test
    only = later & found.opened(TOGETHER, best) & ~found.opened(TOGETHER, now)
    rows = test[only]
    fraud = rows["is_fraud"].eq(True).fillna(False).astype(float)
    saved = fraud * found.stakes.money(rows).fillna(0) * found.stakes.recoverable_share
    return saved.groupby(rows["case"]).sum() - found.stakes.check_cost


def _chart(report: Report, found: Detection, rows: pd.DataFrame) -> Chart:
    now = found.capacity.cases_per_day
    net = rows.set_index("daily").loc[now, "net_value"]
    shown = pd.DataFrame(
        {"label": rows["daily"].map("{:,.0f} a day".format), "net": rows["net_value"]}
    )
    bars = ", ".join(f"{r.daily} {number(r.net_value)}" for r in rows.itertuples())
    later = found.test[_is_later(found)]
    days = int(later.groupby("period")["period_days"].first().sum())
    return bar_chart(
        shown,
        form=number,
        highlight=f"{now:,.0f} a day",
        title=f"{report.money(net)} saved at {counted(now, 'case')} a day",
        subtitle=f"{report.currency} of known fraud saved less cost of checking, in the later "
        f"{days} days of the test; {number(len(later))} payments",
        alt=f"Bars by cases opened a day: {bars}.",
        source=f"{report.source.title}, payments",
    )
