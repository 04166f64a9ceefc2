"""Page of the fraud report: what to do, cards, three sentences."""

import pandas as pd

from crm_helpers.measures.fraud.fraud_count import FraudCount
from crm_helpers.page.numerals import counted, number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent
from crm_helpers.page.words import note, warning
from crm_helpers.questions.fraud.detection import TOGETHER, Detection
from crm_helpers.questions.fraud.feedback import FILE, Feedback
from crm_helpers.questions.fraud.learning import has_learned
from crm_helpers.questions.fraud.opened import (
    YEAR_DAYS,
    frauds_in_words,
    in_opened,
    most_findable,
    of_hundred,
)
from crm_helpers.questions.fraud.payments import is_dated
from crm_helpers.questions.fraud.refunds import top_shop
from crm_helpers.questions.fraud.rings import biggest_in_words


def what_to_do(report: Report, found: Detection, cases: pd.DataFrame, labels: Feedback) -> Section:
    """The list of cases to open, and where their outcomes are to be written.

    Parameters
    ----------
    report : Report
    found : Detection
    cases : DataFrame, one row per case
        From `list.cases`.
    labels : Feedback

    Returns
    -------
    Section
        data : the list as it was written, one row per case
    """
    back = (
        f"Write what each payment turned out to be into {FILE} in the folder of this source under "
        "reports: one line per payment with payment_id, is_fraud (yes or no) and labelled_on "
        "(YYYY-MM-DD); the payments of a case stand in payment_ids. The next report learns from "
        "it."
    )
    problem = [warning(labels.problem)] if labels.problem else []
    listed = report.act(cases, key="case_id")
    return Section.of(listed, note(_spare(found, len(cases)) + back), *problem)


def _spare(found: Detection, listed: int) -> str:
    """What to do with checks that no case of the list needs."""
    left = found.capacity.cases - listed
    if left <= 0 or not is_dated(found.review):
        return ""
    are = "is free" if left == 1 else "are free"
    return (
        f"{counted(left, 'check')} of the {number(found.capacity.cases)} that can be made in "
        f"{found.capacity.review_days} days {are}: draw payments at random for what is left, "
        "marked in sampled_at_random, for only these tell how much is missed. "
    )


def figures(
    report: Report, cases: pd.DataFrame, year: FraudCount | None, *, review_days: int
) -> None:
    """Cards of the summary.

    Parameters
    ----------
    report : Report
        Whose list is written and whose findings are kept.
    cases : DataFrame, one row per case
    year : FraudCount, or None
        Frauds of a year, from `opened.in_a_year`.
    review_days : int
    """
    if report.decision and report.decision["rows"]:
        rows = number(report.decision["rows"])
        inside = counted(int(cases["payments"].sum()), "payment")
        report.card("Cases to open", rows, f"of the last {review_days} days, {inside}")
        report.card("Money at risk in them", report.money(cases["amount"].sum()))
    if year is not None and "frauds_a_year" in report.findings:
        about = "payments, by the random audit"
        report.card("Frauds a year", frauds_in_words(year), about, name="frauds_a_year")
    elif "recall_at_capacity" in report.findings:
        found = f"{number(100 * report.findings['recall_at_capacity']['value'])} of 100"
        limit = number(100 * report.findings["recall_limit"]["value"])
        beside = f"in the test, where the capacity allows {limit}"
        report.card("Known fraud found", found, beside, name="recall_at_capacity")


def three_sentences(
    report: Report, found: Detection, by_detector: pd.DataFrame, year: FraudCount | None
) -> tuple[str, str, str]:
    """What is so, what it means, what to do.

    Parameters
    ----------
    report : Report
        Whose list is written.
    found : Detection
    by_detector : DataFrame, one row per way of looking
    year : FraudCount, or None
        Frauds of a year, from `opened.in_a_year`.

    Returns
    -------
    three sentences
    """
    return _so(found, year), _means(report, found, by_detector), _do(report)


def _so(found: Detection, year: FraudCount | None) -> str:
    one = found.result(TOGETHER)
    if not one.known:
        return (
            "No payment of the test is known to be fraud, so nobody can say how well it is found."
        )
    if not is_absent(found.model) and not has_learned(found.model):
        return "The labels do not tell fraud from honest payments better than chance."
    held = in_opened(found)
    if not held.payments:
        return f"{_limit(found, year)}; no case of the test was worth a check."
    most = most_findable(found)
    so_many = f", where so many cases could hold {number(most)} at most" if most < one.known else ""
    return (
        f"{_limit(found, year)}; of the payments in the cases that the test would have had "
        f"opened, {of_hundred(held)}, and they hold {number(one.found)} of {number(one.known)} "
        f"known frauds{so_many}."
    )


def _limit(found: Detection, year: FraudCount | None) -> str:
    """Capacity beside the frauds to be expected: a share of the frauds says nothing without it."""
    if year is None or not year.payments:
        return f"{counted(found.capacity.cases, 'case')} can be opened"
    cases = f"{counted(found.capacity.cases_per_day * YEAR_DAYS, 'case')} can be opened"
    if not year.is_estimated:
        return f"A year holds {counted(year.known, 'fraud')} at least, and {cases}"
    return f"A year holds {frauds_in_words(year)} fraudulent payments, and {cases}"


def _means(report: Report, found: Detection, by_detector: pd.DataFrame) -> str:
    unlabelled = [top_shop(report, found.clusters), biggest_in_words(report, found.rings)]
    if any(unlabelled):
        return f"No label taught this: {'; '.join(said for said in unlabelled if said)}."
    best, rule = by_detector.iloc[0], by_detector.iloc[-1]
    if not best["known"]:
        return "The list rests on fixed rules and an assumed share of fraud among their hits."
    return (
        f"In {counted(best['cases'], 'case')} opened by expected value lie "
        f"{number(best['found'])} known frauds, in {number(rule['cases'])} by {rule['detector']} "
        f"{number(rule['found'])}."
    )


def _do(report: Report) -> str:
    told = report.decision
    if not told or not told["rows"]:
        return "Open no case by this list now; examine some at random, to learn what is missed."
    these = "the one case" if told["rows"] == 1 else f"the {number(told['rows'])} cases"
    return (
        f"Open {these} of the list, best first, expected to save "
        f"{report.money(told['expected_net_value'])} net, and write down what each payment was."
    )
