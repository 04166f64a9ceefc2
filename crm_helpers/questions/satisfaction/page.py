"""The satisfaction report as a whole: list, trust, cards and summary."""

from dataclasses import asdict

import pandas as pd

from crm_helpers.page.actions import Limits
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent
from crm_helpers.page.words import Html, note, paragraph
from crm_helpers.questions.satisfaction.phrases import (
    HEADERS,
    figure_form,
    moved,
    opening,
    span,
)
from crm_helpers.questions.satisfaction.scores import MainFigure, asked_of

VALUE = "callback_list_net_value"


def to_do(
    report: Report,
    candidates: pd.DataFrame,
    limits: Limits,
    *,
    save_rate: float,
    horizon_months: int,
    outcome_days: int,
) -> Section:
    """List of customers to call back, written, and what its money rests on.

    Parameters
    ----------
    report : Report
    candidates : DataFrame of `list.candidates`
        May be absent.
    limits : Limits
        capacity, budget and control_share of the list.
    save_rate : float
        Assumed share of those leaving whom a call keeps, 0 to 1.
    horizon_months, outcome_days : int

    Returns
    -------
    Section
        data : the list, one row per customer, columns of `list.candidates` and is_control;
        findings : callback_list_net_value
    """
    if is_absent(candidates):
        return _no_list(report, candidates.reason)
    if candidates.empty:
        return _no_list(report, "nobody of known value was unhappy in the last period.")
    shown = report.act(candidates, **asdict(limits))
    assumed = note(
        f"Assumption, not a finding: a call keeps {percent(save_rate)} of those who would "
        "not have ordered (parameter save_rate). A customer kept is worth "
        f"{horizon_months} months of margin at the pace of the past. The chance not to "
        f"order within {outcome_days} days is that of earlier unhappy customers. Unhappy: "
        "0 to 6 of 10, 1 or 2 stars of 5, effort 1 or 2 of 7, or a case still open."
    )
    told = report.decision
    net, rows = told["expected_net_value"], told["rows"]
    return Section.of(shown, assumed).finds(VALUE, net, report.currency, n=rows)


def _no_list(report: Report, reason: str) -> Section:
    told = Section.of(paragraph(f"There is no list: {reason}"))
    return told.finds(VALUE, 0.0, report.currency, n=0)


def three_sentences(
    report: Report,
    figure: MainFigure,
    changed: pd.DataFrame,
    first: Section,
    shares: Section,
    topics: Section,
) -> tuple[str, str, str]:
    """What is so, what to start with, whom to call.

    Parameters
    ----------
    report : Report
        After its list was written, where there is one.
    figure : MainFigure
    changed : DataFrame of `changes.since_last_period`
    first : Section of `order_of_work.first_things`
    shares : Section of `drivers.shares`
    topics : Section of `themes.topics`
        Any of them but the report may be absent.

    Returns
    -------
    tuple of three str
    """
    return _so(figure, changed), _means(first, shares, topics), _do(report)


def _so(figure: MainFigure, changed: pd.DataFrame) -> str:
    if is_absent(figure):
        return f"How satisfied customers are cannot be said: {figure.reason}"
    if is_absent(changed):
        return f"{figure.says}."
    sure = changed[changed["is_change"]]
    if sure.empty:
        return f"{figure.says}; no question moved by more than noise since the period before."
    first = sure.iloc[0]
    told = moved(first["question"], first["scale"], first["mean_change"])
    return f"{figure.says}; beyond noise, {told}, compared with the period before."


def _means(first: Section, shares: Section, topics: Section) -> str:
    known = [f"{one.says}." for one in (shares, topics) if not is_absent(one)]
    if is_absent(first):
        return known[0] if known else f"What to do first is not said: {first.reason}"
    if first.findings:
        return f"{first.says}."
    return " ".join([f"{first.says}.", *known[:1]])


def _do(report: Report) -> str:
    told = report.decision
    if told is None:
        return "Nobody can be called back from these data; keep asking, and note who answers."
    if not told["rows"]:
        return "There is nobody whom a call back is expected to pay for; keep asking."
    return (
        f"Call back the {number(told['to_contact'])} customers on the list, expected to bring "
        f"{report.money(told['expected_net_value'])} net, and leave the control group alone."
    )


def cards(report: Report, levels: pd.DataFrame) -> Html:
    """Key figures of the summary, of those findings that were kept, and what was asked.

    Parameters
    ----------
    report : Report
        After ``report.keep``.
    levels : DataFrame of `scores.levels`
        May be absent.

    Returns
    -------
    Html
        Empty: the cards stand in the summary.
    """
    asked = {} if is_absent(levels) else asked_of(levels)
    for name, scale in (("nps", "nps"), ("csat", "csat"), ("stars_mean", "stars")):
        found = report.findings.get(name)
        if found:
            form = figure_form(scale)
            about = span(found["low"], found["high"], form)
            label = asked.get(scale, HEADERS[scale])
            report.card(label, form(found["value"]), about, name=name)
    rate = report.findings.get("response_rate")
    if rate:
        report.card("Of 100 invited answered", number(100 * rate["value"], 0), name="response_rate")
    first = report.findings.get("first_to_do")
    if first:
        share = number(100 * report.findings["first_unhappy_share"]["value"], 1)
        about = f"{share} of 100 unhappy along with it"
        report.card("To start with", opening(first["value"]), about, name="first_to_do")
    _calls_card(report)
    return Html("")


def _calls_card(report: Report) -> None:
    told = report.decision
    if told and told["rows"]:
        net = f"expected net {report.money(told['expected_net_value'])}"
        report.card("Customers to call back", number(told["to_contact"]), net, name=VALUE)
