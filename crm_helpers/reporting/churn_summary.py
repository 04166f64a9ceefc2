"""Summary of the churn report: its parts and its list -> three sentences and the cards."""

from crm_helpers.models.study import Study
from crm_helpers.reporting.evidence_words import record_evidence, verdict
from crm_helpers.reporting.lapse_words import lapse_forecast
from crm_helpers.reporting.numerals import interval, number, per_hundred, percent
from crm_helpers.reporting.parts import Absent
from crm_helpers.reporting.report import Report


def record_lapses(report: Report, lapse: Study | Absent) -> None:
    """Keep the findings about lapses, where that part is there.

    Parameters
    ----------
    report : Report
    lapse : Study or Absent
    """
    if isinstance(lapse, Absent):
        return
    record_evidence(report, lapse, "lapse")
    report.find("customers_scored", len(lapse.scored), unit="customers")
    if lapse.finds_something:
        forecast = lapse_forecast(report, lapse)
        low, high = forecast.customers_interval
        report.find("lapses_expected", forecast.customers, unit="customers", low=low, high=high)
        low, high = forecast.value_interval
        report.find(
            "lapse_margin_at_stake", forecast.value, unit=report.currency, low=low, high=high
        )


def lapse_sentences(report: Report, lapse: Study) -> tuple[str, str]:
    """Who will lapse, and what it means.

    Parameters
    ----------
    report : Report
    lapse : Study

    Returns
    -------
    two sentences
    """
    days = report.p.outcome_days
    if not lapse.finds_something:
        rate = per_hundred(lapse.evidence.base_rate, "customers")
        return (
            f"{rate} place no order within {days} days, and the data do not tell which of them.",
            verdict(lapse.evidence),
        )
    forecast = lapse_forecast(report, lapse)
    share = per_hundred(forecast.customers / len(lapse.scored), "active customers")
    size = interval(*forecast.customers_interval)
    stake = f"{report.money(forecast.value)} of yearly margin goes with them"
    found = verdict(lapse.evidence)
    return (
        f"{share} will probably place no order in the next {days} days: {size} of "
        f"{number(len(lapse.scored))}.",
        f"{stake}. {found}" if forecast.value > 0 else found,
    )


def list_sentence(report: Report) -> str:
    """What to do, with what it is expected to bring.

    Parameters
    ----------
    report : Report
        Whose list has been written.

    Returns
    -------
    str
    """
    told = report.decision
    if not told["to_contact"]:
        return "Contact nobody because of this report: no contact is expected to pay for itself."
    gain = report.money(told["expected_net_value"])
    return (
        f"Contact the {number(told['to_contact'])} on the list: expected to bring {gain} net, if "
        f"{percent(report.p.save_rate)} of the losses can be prevented (assumed)."
    )
