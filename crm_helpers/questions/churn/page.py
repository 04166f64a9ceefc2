"""Summary of the churn report: its parts and its list -> findings, three sentences, cards."""

import pandas as pd

from crm_helpers.models.propensity.study import Study
from crm_helpers.page.numerals import interval, number, per_hundred, percent
from crm_helpers.page.parts import Absent
from crm_helpers.page.report import Report
from crm_helpers.page.words import Html, note
from crm_helpers.questions.churn.contract_list import (
    contract_candidates,
    contract_forecast,
    contract_promises,
)
from crm_helpers.questions.churn.contract_study import Contracts
from crm_helpers.questions.churn.contracts import voluntary_share
from crm_helpers.questions.churn.lapse import lapse_forecast
from crm_helpers.questions.churn.lapse_decision import lapse_assumptions
from crm_helpers.questions.churn.lapse_list import due_on, lapse_candidates, lapse_promises
from crm_helpers.questions.evidence import record_evidence, verdict


def all_candidates(
    report: Report, lapse: Study | Absent, contracts: Contracts | Absent
) -> pd.DataFrame:
    """Candidates of both parts, each customer once with the action that brings most.

    Parameters
    ----------
    report : Report
    lapse : Study or Absent
    contracts : Contracts or Absent

    Returns
    -------
    DataFrame, one row per customer
        customer_id, what, why, probability, value, cost, expected_net_value, [may_contact]
    """
    parts = []
    if not isinstance(lapse, Absent):
        parts.append(lapse_candidates(report, lapse))
    if not isinstance(contracts, Absent):
        parts.append(contract_candidates(report, contracts))
    together = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    best = together.sort_values("expected_net_value", ascending=False, kind="stable")
    return best.drop_duplicates("customer_id").sort_index().reset_index(drop=True)


def assumptions(report: Report, lapse: Study | Absent, contracts: Contracts | Absent) -> Html:
    """What the money on the list rests on.

    Parameters
    ----------
    report : Report
    lapse : Study or Absent
    contracts : Contracts or Absent

    Returns
    -------
    Html
    """
    if not isinstance(lapse, Absent):
        return lapse_assumptions(report, lapse)
    rate, margin = percent(report.p.save_rate), percent(report.p.margin_share)
    return note(
        f"Assumption, not a finding: a contact prevents {rate} of the ends it meets (parameter "
        f"save_rate), and {margin} of the fees of {report.p.horizon_months} months is margin. "
        "The control group of the list will measure the true rate."
    )


def promise_all(report: Report, lapse: Study | Absent, contracts: Contracts | Absent) -> None:
    """Keep the predictions of both parts for the ledger.

    Parameters
    ----------
    report : Report
    lapse : Study or Absent
    contracts : Contracts or Absent
    """
    due = due_on(report)
    if not isinstance(lapse, Absent) and lapse.finds_something:
        model = lapse.propensity.method
        report.promise(lapse_promises(lapse), quantity="lapsed", due_on=due, model=model)
    if not isinstance(contracts, Absent) and len(contract_promises(contracts)):
        model = contracts.study.leading.propensity.method
        report.promise(contract_promises(contracts), quantity="ended", due_on=due, model=model)


def record_lapses(report: Report, lapse: Study | Absent) -> None:
    """Keep the findings about lapses, where that part is there.

    Parameters
    ----------
    report : Report
    lapse : Study or Absent
    """
    if isinstance(lapse, Absent):
        return
    record_evidence(report, lapse.evidence, "lapse")
    report.find("customers_scored", len(lapse.scored), unit="customers")
    if lapse.finds_something:
        forecast = lapse_forecast(report, lapse)
        low, high = forecast.customers_interval
        report.find("lapses_expected", forecast.customers, unit="customers", low=low, high=high)
        low, high = forecast.value_interval
        report.find(
            "lapse_margin_at_stake", forecast.value, unit=report.currency, low=low, high=high
        )


def record_contracts(report: Report, contracts: Contracts | Absent) -> None:
    """Keep the findings about contracts, where that part is there.

    Parameters
    ----------
    report : Report
    contracts : Contracts or Absent
    """
    if isinstance(contracts, Absent):
        return
    record_evidence(report, contracts.study.evidence, "contract")
    report.find("contract_customers_scored", len(contracts.scored), unit="customers")
    if contracts.finds_something:
        forecast = contract_forecast(report, contracts)
        low, high = forecast.value_interval
        report.find("expected_loss", forecast.value, unit=report.currency, low=low, high=high)
        low, high = forecast.customers_interval
        report.find("contract_ends_expected", forecast.customers, "contracts", low=low, high=high)
    chosen = voluntary_share(contracts)
    if chosen:
        share, low, high, n = chosen
        report.find("voluntary_share", share, unit="share", low=low, high=high, n=n)


def show_figures(report: Report) -> None:
    """Cards of the summary: those key figures that were found.

    Parameters
    ----------
    report : Report
    """
    labels = {
        "customers_scored": "Active customers looked at",
        "lapses_expected": "Lapses expected",
        "lapse_margin_at_stake": "Margin at stake, a year",
        "contract_customers_scored": "Contracts running",
        "contract_ends_expected": "Contract ends expected",
        "expected_loss": "Fees lost with them, a year",
    }
    report.key_figures({name: label for name, label in labels.items() if name in report.findings})


def three_sentences(
    report: Report, lapse: Study | Absent, contracts: Contracts | Absent
) -> tuple[str, str, str]:
    """Who will leave, what it means, what to do.

    Parameters
    ----------
    report : Report
        Whose list has been written.
    lapse : Study or Absent
    contracts : Contracts or Absent

    Returns
    -------
    three sentences
    """
    if isinstance(contracts, Absent):
        first, second = lapse_sentences(report, lapse)
    elif isinstance(lapse, Absent):
        first, second = contract_sentences(report, contracts)
    else:
        first = lapse_sentences(report, lapse)[0]
        second = contract_sentences(report, contracts)[0]
    return first, second, list_sentence(report)


def contract_sentences(report: Report, contracts: Contracts) -> tuple[str, str]:
    """Which contracts will end, and what it means.

    Parameters
    ----------
    report : Report
    contracts : Contracts

    Returns
    -------
    two sentences
    """
    found, total = contracts.study.evidence, len(contracts.scored)
    if not contracts.finds_something:
        rate = per_hundred(found.base_rate, "contracts")
        return f"{rate} end, and the data do not tell which of them.", verdict(found)
    forecast = contract_forecast(report, contracts)
    share = per_hundred(forecast.customers / total, "contracts")
    window = f"in the next {report.p.outcome_days} days" if contracts.is_dated else "next"
    size = f"{interval(*forecast.customers_interval)} of {number(total)}"
    lost = f", and with them {report.money(forecast.value)} of yearly fees" * (forecast.value > 0)
    return f"{share} will probably end {window} ({size}){lost}.", verdict(found)


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
