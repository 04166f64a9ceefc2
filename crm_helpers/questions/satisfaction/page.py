"""The satisfaction report as a whole: list, trust, cards and summary."""

from dataclasses import asdict

import pandas as pd

from crm_helpers.models.satisfaction.driver_study import DriverStudy
from crm_helpers.page.actions import Limits
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent
from crm_helpers.page.words import Html, note, number, paragraph, percent
from crm_helpers.questions.satisfaction.mending import to_mend
from crm_helpers.questions.satisfaction.phrases import (
    HEADERS,
    figure_form,
    moved,
    opening,
    plain,
    span,
)
from crm_helpers.questions.satisfaction.scores import MainFigure

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
    study: DriverStudy,
    losses: pd.DataFrame,
    topics: Section,
) -> tuple[str, str, str]:
    """What is so, what it means, what to do.

    Parameters
    ----------
    report : Report
        After its list was written, where there is one.
    figure : MainFigure
    changed : DataFrame of `changes.since_last_period`
    study : DriverStudy
    losses : DataFrame of `mending.losses`
    topics : Section of `themes.topics`
        Any of them but the report may be absent.

    Returns
    -------
    tuple of three str
    """
    return _so(figure, changed), _means(study, losses, topics), _do(report)


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
    return f"{figure.says}; beyond noise, {told} than in the period before."


def _means(study: DriverStudy, losses: pd.DataFrame, topics: Section) -> str:
    if is_absent(losses):
        written = "" if is_absent(topics) else f"{topics.says}."
        return written or f"What drives satisfaction is not said: {losses.reason}"
    top, first = opening(study.table["driver"].iloc[0]), plain(to_mend(losses))
    tie = "" if study.has_leader else ", though not clearly before the next"
    if not first:
        return f"{top} goes with satisfaction most{tie}; nothing is clearly to be mended first."
    if top == opening(first):
        return f"{top} goes with satisfaction most{tie}, and is to be mended first."
    return (
        f"Mend {first} first: its low answers take most from satisfaction now. {top} goes with "
        f"satisfaction most{tie}."
    )


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


def cards(report: Report) -> Html:
    """Key figures of the summary, of those findings that were kept.

    Parameters
    ----------
    report : Report
        After ``report.keep``.

    Returns
    -------
    Html
        Empty: the cards stand in the summary.
    """
    for name, scale in (("nps", "nps"), ("csat", "csat"), ("stars_mean", "stars")):
        found = report.findings.get(name)
        if found:
            form = figure_form(scale)
            about = span(found["low"], found["high"], form)
            report.card(HEADERS[scale], form(found["value"]), about, name=name)
    rate = report.findings.get("response_rate")
    if rate:
        report.card("Of 100 invited answered", number(100 * rate["value"], 0), name="response_rate")
    told = report.decision
    if told and told["rows"]:
        net = f"expected net {report.money(told['expected_net_value'])}"
        report.card("Customers to call back", number(told["to_contact"]), net, name=VALUE)
    return Html("")
