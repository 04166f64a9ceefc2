"""The retention report as a whole: stories of a report -> list, promises and summary."""

import pandas as pd

from crm_helpers.features import windows
from crm_helpers.measures.effects.policy_value import NOBODY
from crm_helpers.models.uplift.study import randomized
from crm_helpers.page.report import Report
from crm_helpers.page.words import Html, number
from crm_helpers.questions.campaigns.data import ContactData
from crm_helpers.questions.campaigns.lists import act_on, candidates_of
from crm_helpers.questions.campaigns.sections import Retention
from crm_helpers.questions.campaigns.words import effect_in_words, verdict_in_words
from crm_helpers.questions.retention.natural_returns import NaturalReturns
from crm_helpers.questions.retention.win_back import WinBack
from crm_helpers.tables.needs import Skip


def win_back_story(data: ContactData) -> WinBack | NaturalReturns:
    """Win-back by randomized contacts where there are some, else by natural returns.

    Raises
    ------
    Skip
        If there is neither a randomized retention campaign nor a way to tell who returns.
    """
    if _has(data, "win_back"):
        return WinBack(data)
    story = NaturalReturns(data)
    if not _has(data, "retention"):
        _ = story.rows  # raises Skip: then no question of the report can be answered
    return story


def _has(data: ContactData, purpose: str) -> bool:
    try:
        randomized(data.contacts, purpose=purpose)
    except Skip:
        return False
    return True


def what_to_do(data: ContactData, keep: Retention, win: WinBack | NaturalReturns) -> Html:
    """The list of persons to contact, and its promises for the ledger."""
    rows = candidates_of(keep, win)
    shown = act_on(data.report, rows, data.agreed)
    _promise(data.report, rows, "if_contacted", "response_if_contacted", "response_days")
    _promise(data.report, rows, "if_left_alone", "return_by_himself", "outcome_days")
    return shown


def _promise(report: Report, rows: pd.DataFrame, column: str, quantity: str, days: str) -> None:
    if column not in rows or rows[column].isna().all():
        return
    known = rows[rows[column].notna() & (rows["expected_net_value"] > 0)]
    if known.empty:
        return
    frame = pd.DataFrame({"subject": known["customer_id"], "value": known[column].astype(float)})
    due = report.as_of + getattr(report.p, days) * windows.ONE_DAY
    report.promise(frame, quantity=quantity, due_on=due, model="uplift")


def three_sentences(keep: Retention, win: WinBack | NaturalReturns) -> tuple[str, str, str]:
    """What is so, what it means, what to do."""
    return _so(keep), _means(keep, win), _do(keep.report)


def _so(keep: Retention) -> str:
    try:
        return effect_in_words(keep.effect) + ", measured against control groups drawn at random."
    except Skip:
        return (
            "No retention campaign kept a control group drawn at random, so nobody can say what "
            "contacts change."
        )


def _means(keep: Retention, win: WinBack | NaturalReturns) -> str:
    try:
        verdict = keep.verdict
        text = verdict_in_words(verdict, keep.values, keep.report.money)
        return f"{text}." if verdict != NOBODY else f"{text}: stop, or test another measure."
    except Skip:
        pass
    found = keep.report.findings.get("winback_test_auc")
    if found:
        return "Who of the lost comes back can be told better than by chance." if (
            found["low"] > 0.5
        ) else "Who of the lost comes back cannot be told better than by chance."  # fmt: skip
    return "What a contact is worth cannot be said from these data."


def _do(report: Report) -> str:
    told = report.decision
    if not told or not told["rows"]:
        return "Contact nobody for now; keep a control group in the next campaign, to learn more."
    return (
        f"Contact the {number(told['to_contact'])} customers on the list, expected to bring "
        f"{report.money(told['expected_net_value'])} net, and leave the "
        f"{number(told['control'])} of the control group alone."
    )


def cards(keep: Retention) -> Html:
    """Key figures of the summary, of those that were found."""
    report = keep.report
    found = report.findings.get("average_effect")
    if found:
        report.card("Changed by a contact", f"{number(100 * found['value'], 1)} of 100 persons",
                    f"{number(100 * found['low'], 1)} to {number(100 * found['high'], 1)}",
                    name="average_effect")  # fmt: skip
    told = report.decision or {"rows": 0}
    if told["rows"]:
        report.card("Persons to contact", number(told["to_contact"]),
                    f"and {number(told['control'])} in the control group")  # fmt: skip
        report.card("Expected net value", report.money(told["expected_net_value"]),
                    f"for {report.money(told['cost'])} of cost",
                    name="list_net_value")  # fmt: skip
    return Html("")
