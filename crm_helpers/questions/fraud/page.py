"""Page of the fraud report: what to do, cards, three sentences."""

import pandas as pd

from crm_helpers.page.numerals import number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent
from crm_helpers.page.words import note, warning
from crm_helpers.questions.fraud.detection import TOGETHER, Detection
from crm_helpers.questions.fraud.feedback import FILE, Feedback
from crm_helpers.questions.fraud.learning import has_learned
from crm_helpers.questions.fraud.refunds import top_shop


def what_to_do(report: Report, cases: pd.DataFrame, labels: Feedback) -> Section:
    """The list of payments to open, and where their outcomes are to be written.

    Parameters
    ----------
    report : Report
    cases : DataFrame, one row per payment
        From `list.cases`.
    labels : Feedback

    Returns
    -------
    Section
        data : the list as it was written, one row per payment
    """
    back = (
        f"Write what each case turned out to be into {FILE} in the folder of this source under "
        "reports: one line per payment with payment_id, is_fraud (yes or no) and labelled_on "
        "(YYYY-MM-DD). The next report learns from it."
    )
    problem = [warning(labels.problem)] if labels.problem else []
    return Section.of(report.act(cases, key="payment_id"), note(back), *problem)


def figures(report: Report, cases: pd.DataFrame, *, review_days: int) -> None:
    """Cards of the summary.

    Parameters
    ----------
    report : Report
        Whose list is written and whose findings are kept.
    cases : DataFrame, one row per payment
    review_days : int
    """
    if report.decision and report.decision["rows"]:
        rows = number(report.decision["rows"])
        report.card("Payments to open", rows, f"of the last {review_days} days")
        report.card("Money at risk in them", report.money(cases["value"].sum()))
    if "recall_at_capacity" in report.findings:
        found = f"{number(100 * report.findings['recall_at_capacity']['value'])} of 100"
        beside = "in the test, within capacity"
        report.card("Known fraud found", found, beside, name="recall_at_capacity")


def three_sentences(
    report: Report, found: Detection, by_detector: pd.DataFrame
) -> tuple[str, str, str]:
    """What is so, what it means, what to do.

    Parameters
    ----------
    report : Report
        Whose list is written.
    found : Detection
    by_detector : DataFrame, one row per way of looking

    Returns
    -------
    three sentences
    """
    return _so(found), _means(report, found, by_detector), _do(report)


def _so(found: Detection) -> str:
    one = found.result(TOGETHER)
    if not one.known:
        return (
            "No payment of the test is known to be fraud, so nobody can say how well it is found."
        )
    if not is_absent(found.model) and not has_learned(found.model):
        return "The labels do not tell fraud from honest payments better than chance."
    cost = f"; {number(one.disturbed, 1)} others are opened for each" if one.found else ""
    return (
        f"Within the capacity of the investigators, {number(100 * one.recall)} of 100 known frauds "
        f"are found{cost}."
    )


def _means(report: Report, found: Detection, by_detector: pd.DataFrame) -> str:
    if len(found.clusters.shops):
        return top_shop(report, found.clusters)
    best, rule = by_detector.iloc[0], by_detector.iloc[-1]
    if not best["known"]:
        return "The list rests on fixed rules and an assumed share of fraud among their hits."
    return (
        f"Opening by expected value finds {number(best['found'])} known frauds where "
        f"{rule['detector']} finds {number(rule['found'])}."
    )


def _do(report: Report) -> str:
    told = report.decision
    if not told or not told["rows"]:
        return "Open no payment by this list now; examine some at random, to learn what is missed."
    return (
        f"Open the {number(told['rows'])} payments of the list, best first, expected to save "
        f"{report.money(told['expected_net_value'])} net, and write down what each was."
    )
