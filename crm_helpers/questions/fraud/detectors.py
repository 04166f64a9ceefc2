"""Which way of looking finds most: scored payments -> a table and sections by way of looking."""

import pandas as pd

from crm_helpers.charts.bars import bar_chart
from crm_helpers.charts.chart import Chart
from crm_helpers.measures.fraud.paired_saving import saves_more
from crm_helpers.page.numerals import counted, number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import note, table
from crm_helpers.questions.fraud.detection import PLAIN_RULES, TOGETHER, Detection
from crm_helpers.questions.fraud.opened import all_examined, in_opened
from crm_helpers.questions.fraud.payments import is_dated


def by_detector(found: Detection) -> pd.DataFrame:
    """Results of all ways of looking at the capacity, together first, the plain rule last.

    Parameters
    ----------
    found : Detection

    Returns
    -------
    DataFrame, one row per way of looking
        detector : str; cases, payments, found, known, only_here : int; found_share : float in
        [0, 1]; at_least, low, high : float in [0, 1], share of fraud among the payments opened
        that is known, and its limits by the random audit; money_found, net_value : float,
        currency, of known fraud
    """
    single = [name for name in found.ways if name not in (TOGETHER, *PLAIN_RULES)]
    fraud = found.test["is_fraud"].eq(True).fillna(False).astype(bool)
    hits = pd.DataFrame({name: found.opened(name) & fraud for name in single})
    alone = hits[hits.sum(axis=1) == 1].sum()
    return pd.DataFrame([_line(found, name, int(alone.get(name, 0))) for name in found.ways])


def _line(found: Detection, name: str, alone: int) -> dict[str, object]:
    one, held = found.result(name), in_opened(found, name)
    most = max(held.payments, 1)
    return {
        "detector": name,
        "cases": one.cases,
        "payments": one.payments,
        "found": one.found,
        "known": one.known,
        "found_share": one.recall,
        "only_here": alone,
        "at_least": held.known_share,
        "low": held.low / most,
        "high": held.high / most,
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
    noise = (
        ""
        if not found.has_money or _is_better(found, str(rule["detector"]))
        else f"That all together save more than {rule['detector']} could be chance. "
    )
    unseen = (
        ""
        if all_examined(found.test)
        else "Fraud that nobody examined is counted for no way of looking: one that finds new "
        "kinds is shown too low. "
    )
    beside = f"{noise}{unseen}What costs more than it saves stands in the table alone."
    return section(says, _chart(report, found, rows), beside)


def _is_better(found: Detection, rule: str) -> bool:
    """Whether all together save more of known fraud, less checks, than the plain rule."""
    test = found.test
    fraud = test["is_fraud"].eq(True).fillna(False).astype(float)
    saved = fraud * found.stakes.money(test).fillna(0) * found.stakes.recoverable_share
    net = [_net(found, found.opened(way), saved) for way in (TOGETHER, rule)]
    return saves_more((net[0] - net[1]).groupby(test["owner"]).sum())


def _net(found: Detection, picked: pd.Series, saved: pd.Series) -> pd.Series:
    """Saved by the payments opened, each with its part of the check of its case."""
    case = found.test["case"]
    part = found.stakes.check_cost / case.groupby(case).transform("size")
    return (saved - part).where(picked, 0.0)


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
    """The same in money, and how much of what is opened is fraud.

    Parameters
    ----------
    report : Report
    found : Detection
    rows : DataFrame, one row per way of looking
        From `by_detector`.

    Returns
    -------
    Section
        data : one row per way of looking, columns of `by_detector`, and between
    """
    columns = {
        "detector": "Way of looking",
        "cases": ("Cases opened", number),
        "payments": ("Payments in them", number),
        "found_share": ("Known frauds found", percent),
        "only_here": ("Found by no other", number),
        "at_least": ("Known fraud in them", percent),
    }
    if not all_examined(found.test):
        columns["between"] = "Fraud of 100"
    if found.has_money:
        columns["money_found"] = (f"Found, {report.currency}", number)
        columns["net_value"] = (f"Net, {report.currency}", number)
    unseen = (
        ""
        if all_examined(found.test)
        else "How much fraud the payments hold that nobody examined lies between what is known "
        "and what the random audit allows (95 % interval). "
    )
    beside = f"{unseen}'Found by no other' sets aside all together and the plain rule."
    return Section.of(table(rows.assign(between=_between(rows)), columns), note(beside))


def _between(rows: pd.DataFrame) -> list[str]:
    return [
        f"{number(100 * r.low)} to {number(100 * r.high)}" if r.payments else "–"
        for r in rows.itertuples()
    ]


def _capacity_words(found: Detection) -> str:
    if is_dated(found.test):
        return f"{counted(found.capacity.cases_per_day, 'case')} a day at most"
    return f"the first {number(found.capacity.cases)} of one list"
