"""Which way of looking finds most: scored payments -> a table and sections by way of looking."""

import pandas as pd

from crm_helpers.charts.bars import bar_chart
from crm_helpers.charts.chart import Chart
from crm_helpers.page.numerals import counted, number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import note, table
from crm_helpers.questions.fraud.detection import PLAIN_RULES, TOGETHER, Detection
from crm_helpers.questions.fraud.payments import is_dated


def by_detector(found: Detection) -> pd.DataFrame:
    """Results of all ways of looking at the capacity, together first, the plain rule last.

    Parameters
    ----------
    found : Detection

    Returns
    -------
    DataFrame, one row per way of looking
        detector : str; cases, found, known, only_here : int; found_share : float in [0, 1];
        disturbed : float, others opened per fraud; money_found, net_value : float, currency
    """
    single = [name for name in found.ways if name not in (TOGETHER, *PLAIN_RULES)]
    fraud = found.test["is_fraud"].eq(True).fillna(False).astype(bool)
    hits = pd.DataFrame({name: found.opened(name) & fraud for name in single})
    alone = hits[hits.sum(axis=1) == 1].sum()
    return pd.DataFrame([_line(found, name, int(alone.get(name, 0))) for name in found.ways])


def _line(found: Detection, name: str, alone: int) -> dict[str, object]:
    one = found.result(name)
    return {
        "detector": name,
        "cases": one.cases,
        "found": one.found,
        "known": one.known,
        "found_share": one.recall,
        "only_here": alone,
        "disturbed": one.disturbed,
        "money_found": one.money_found,
        "net_value": found.stakes.saved(one),
    }


@unless_absent
def compared(report: Report, found: Detection, rows: pd.DataFrame) -> Section:
    """What each way of looking finds alone, and all together, at the same capacity.

    Parameters
    ----------
    report : Report
    found : Detection
    rows : DataFrame, one row per way of looking
        From `by_detector`.

    Returns
    -------
    Section
        data : one row per way of looking shown, columns detector, and net_value or found
    """
    best, rule = rows.iloc[0], rows.iloc[-1]
    says = (
        f"Of {number(best['known'])} known frauds they find {number(best['found'])} together "
        f"in {counted(best['cases'], 'case')}, {rule['detector']} {number(rule['found'])} in "
        f"{number(rule['cases'])}"
    )
    beside = (
        "Fraud that nobody examined counts as honest here, for every way of looking: a way "
        "that finds new kinds is shown too low. Who costs more than it saves stands in the "
        "table alone."
    )
    return section(says, _chart(report, found, rows), beside)


def _chart(report: Report, found: Detection, rows: pd.DataFrame) -> Chart:
    best, rule = rows.iloc[0], rows.iloc[-1]
    column, form, unit = "found", number, " known frauds found"
    measure = "Known frauds among the payments opened"
    if found.has_money:
        column, form, unit = "net_value", report.money, " saved, cost taken off,"
        measure = f"Money saved by known frauds, less cost of checking, {report.currency}"
    title = f"{form(best[column])}{unit} by all together, {form(rule[column])} by "
    # A bar to the left would cover the names; who loses money stands in the table.
    shown = rows[(rows[column] >= 0) | rows["detector"].eq(TOGETHER)]
    return bar_chart(
        shown[["detector", column]],
        form=number,
        highlight=TOGETHER,
        title=title + rule["detector"],
        subtitle=f"{measure}, {_capacity_words(found)}; "
        f"{number(len(found.test))} payments of the test",
        alt=f"Bars by way of looking: {best['detector']} {form(best[column])}, "
        f"{rule['detector']} {form(rule[column])}.",
        source=f"{report.source.title}, payments",
    )


def money(report: Report, found: Detection, rows: pd.DataFrame) -> Section:
    """The same in money and in customers disturbed.

    Parameters
    ----------
    report : Report
    found : Detection
    rows : DataFrame, one row per way of looking
        From `by_detector`.

    Returns
    -------
    Section
        data : one row per way of looking, columns of `by_detector`
    """
    columns = {
        "detector": "Way of looking",
        "cases": ("Payments opened", number),
        "found_share": ("Known frauds found", percent),
        "only_here": ("Found by no other", number),
        "disturbed": ("Others opened per fraud", _disturbed),
    }
    if found.has_money:
        columns["money_found"] = (f"Money found, {report.currency}", number)
        columns["net_value"] = (f"Saved less cost, {report.currency}", number)
    beside = (
        "Others opened are good customers disturbed, as far as anybody knows: some of them "
        "were never examined. 'Found by no other' sets aside all together and largest first."
    )
    return Section.of(table(rows, columns), note(beside))


def _capacity_words(found: Detection) -> str:
    if is_dated(found.test):
        return f"at most {number(found.capacity.cases_per_day)} opened a day"
    return f"the first {number(found.capacity.cases)} of one list"


def _disturbed(count: float) -> str:
    return number(count, 1) if count != float("inf") else "no fraud found"
