"""Summary of the churn report: both studies and the list -> what to do, cards, three sentences."""

import pandas as pd

from crm_helpers.features.windows import ONE_DAY
from crm_helpers.measures.forecasts.evidence import Evidence
from crm_helpers.measures.forecasts.loss_forecast import LossForecast
from crm_helpers.models.propensity.study import Study
from crm_helpers.models.survival.competing import CompetingStudy
from crm_helpers.page.numerals import interval, number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent, unless_absent
from crm_helpers.page.words import note
from crm_helpers.questions.churn.contracts import how_many
from crm_helpers.questions.churn.list import abandoned
from crm_helpers.questions.churn.terms import Terms
from crm_helpers.questions.evidence import verdict, worth_beside_rule

CARDS = {
    "customers_scored": "Active customers looked at",
    "lapses_expected": "Lapses expected",
    "lapse_margin_at_stake": "Margin at stake",
    "contract_customers_scored": "Contracts running",
    "contract_ends_expected": "Contract ends expected",
    "expected_loss": "Fees lost with them",
}
SNAPSHOT_CARDS = {
    "contract_ends_expected": "Like those that had ended",
    "expected_loss": "Their yearly fees",
}


def let_go(report: Report, listed: pd.DataFrame, *, min_group: int) -> Section:
    """Those whom to keep would cost more than they bring: named as a group, not as persons.

    Parameters
    ----------
    report : Report
    listed : DataFrame, one row per customer
        As given by `list.candidates`.
    min_group : int

    Returns
    -------
    Section
        Words alone; empty where the group is too small.
    """
    group = abandoned(listed)
    if len(group) < min_group:
        return Section.absent("Too few customers are better let go.", silent=True)
    worth = group["value"].mean()
    return Section.of(
        note(
            f"Let go: {number(len(group))} customers will more likely leave than not, but that "
            f"costs {report.money(worth)} each on average, less than a contact is expected to "
            "earn back."
        )
    )


def assumptions(lapses: Study, ends: CompetingStudy, terms: Terms) -> Section:
    """What the money on the list rests on, and what is not known.

    Parameters
    ----------
    lapses : Study
        Absent where the list holds contracts alone.
    ends : CompetingStudy, or absent
    terms : Terms

    Returns
    -------
    Section
        Words alone.
    """
    said = _of_contracts(terms) if is_absent(lapses) else _of_lapses(lapses, terms)
    if not is_absent(ends) and not ends.is_dated:
        said = f"{said} The snapshot does not say when: the fees count as if all ended now."
    said = f"{said} The control group of the list will measure the true rate."
    return Section.of(note(f"{said} {asked(lapses, ends, terms)}".strip()))


def asked(lapses: Study, ends: CompetingStudy, terms: Terms) -> str:
    """What the source must say before a contact can be weighed; empty where it says all.

    Parameters
    ----------
    lapses : Study, or absent
    ends : CompetingStudy, or absent
    terms : Terms

    Returns
    -------
    str
        With what a customer must bring for the contact to pay: that is known without a price.
    """
    said = []
    if not is_absent(lapses) and lapses.finds_something and terms.asks_for_prices(lapses.scored):
        missing = "what a customer brings is not known: map unit_price of transactions"
        said.append(f"{missing}. {_pays_from(lapses.scored, terms)}")
    if not is_absent(ends) and ends.finds_something and terms.asks_for_fees(ends.scored):
        missing = "what a contract brings is not known: map monthly_fee of subscriptions"
        said.append(f"{missing}. {_pays_from(ends.scored, terms)}")
    return " ".join(f"{text[0].upper()}{text[1:]}" for text in said)


def promise(report: Report, lapses: Study, ends: CompetingStudy, *, outcome_days: int) -> None:
    """Keep the predictions of both studies for the ledger, where they can be seen one day.

    Parameters
    ----------
    report : Report
    lapses : Study, or absent
    ends : CompetingStudy, or absent
        A snapshot without dates promises nothing.
    outcome_days : int
    """
    due = report.as_of + outcome_days * ONE_DAY
    if not is_absent(lapses) and lapses.finds_something:
        model = lapses.propensity.method
        report.promise(_promised(lapses.scored), quantity="lapsed", due_on=due, model=model)
    if not is_absent(ends) and ends.finds_something and ends.is_dated and len(ends.scored):
        model = ends.propensity.method
        report.promise(_promised(ends.scored), quantity="ended", due_on=due, model=model)


def figures(report: Report, ends: CompetingStudy) -> None:
    """Cards of the summary: those key figures that were found.

    Parameters
    ----------
    report : Report
        Whose findings are kept.
    ends : CompetingStudy, or absent
        A snapshot without dates has words of its own.
    """
    is_snapshot = not is_absent(ends) and not ends.is_dated
    cards = CARDS | SNAPSHOT_CARDS if is_snapshot else CARDS
    report.key_figures({name: label for name, label in cards.items() if name in report.findings})


@unless_absent
def lapse_sentences(
    report: Report, lapses: Study, forecast: LossForecast, *, outcome_days: int
) -> tuple[str, str]:
    """Who will lapse, and what it means.

    Parameters
    ----------
    report : Report
    lapses : Study
    forecast : LossForecast
    outcome_days : int

    Returns
    -------
    two sentences
    """
    found, total = lapses.evidence, len(lapses.scored)
    if not lapses.finds_something:
        rate = per_hundred(found.base_rate, "customers")
        known = "and the data do not tell which of them."
        return f"{rate} place no order within {outcome_days} days, {known}", verdict(found)
    share = per_hundred(forecast.customers / total, "active customers")
    size = f"{interval(*forecast.customers_interval)} of {number(total)}"
    stake = f"{report.money(forecast.value)} of margin goes with them. "
    return (
        f"{share} will probably place no order in the next {outcome_days} days: {size}.",
        stake * (forecast.value > 0) + _verdict(found, lapses.propensity.test, "lapses"),
    )


@unless_absent
def contract_sentences(
    report: Report, ends: CompetingStudy, forecast: LossForecast, *, outcome_days: int
) -> tuple[str, str]:
    """Which contracts will end, and what it means.

    Parameters
    ----------
    report : Report
    ends : CompetingStudy
    forecast : LossForecast
    outcome_days : int

    Returns
    -------
    two sentences
    """
    found, total = ends.evidence, len(ends.scored)
    if not ends.finds_something:
        rate = per_hundred(found.base_rate, "contracts")
        end = "end" if ends.is_dated else "had ended"
        return f"{rate} {end}, and the data do not tell which of them.", verdict(found)
    size = f"{interval(*forecast.customers_interval)} of {number(total)}"
    said = f"{how_many(ends, forecast, outcome_days=outcome_days)} ({size})"
    if forecast.value > 0:
        fees = f"{report.money(forecast.value)} of yearly fees"
        said += f", and with them {fees}" if ends.is_dated else f": {fees}, with no date in sight"
    return f"{said}.", _verdict(found, ends.test, "ends")


def three_sentences(
    report: Report,
    of_lapses: tuple[str, str],
    of_contracts: tuple[str, str],
    *,
    save_rate: float,
    asked: str = "",
) -> tuple[str, str, str]:
    """Who will leave, what it means, what to do.

    Parameters
    ----------
    report : Report
        Whose list has been written.
    of_lapses, of_contracts : two sentences each, one of them may be absent
    save_rate : float in [0, 1]
    asked : str, optional
        What the source must say before a contact can be weighed.

    Returns
    -------
    three sentences
    """
    if is_absent(of_contracts):
        first, second = of_lapses
    elif is_absent(of_lapses):
        first, second = of_contracts
    else:
        first, second = of_lapses[0], of_contracts[0]
    return first, second, list_sentence(report, save_rate=save_rate, asked=asked)


def list_sentence(report: Report, *, save_rate: float, asked: str = "") -> str:
    """What to do, with what it is expected to bring.

    Parameters
    ----------
    report : Report
        Whose list has been written.
    save_rate : float in [0, 1]
    asked : str, optional
        What the source must say before a contact can be weighed.

    Returns
    -------
    str
    """
    told = report.decision
    if not told["to_contact"] and asked:
        return f"Nobody is listed yet. {asked}"
    if not told["to_contact"]:
        return "Contact nobody because of this report: no contact is expected to pay for itself."
    gain = report.money(told["expected_net_value"])
    return (
        f"Contact the {number(told['to_contact'])} on the list: expected to bring {gain} net, if "
        f"{percent(save_rate)} of the losses can be prevented (assumed)."
    )


def _verdict(found: Evidence, test: pd.DataFrame, events: str) -> str:
    """Whether the model beats its rule, and what that is worth in customers."""
    return f"{verdict(found)} {worth_beside_rule(test, found, events)}".strip()


def _of_lapses(lapses: Study, terms: Terms) -> str:
    assumed = f" No cost is known: {percent(terms.margin_share)} of revenue is taken as margin."
    margin = "" if terms.counts_margin(lapses.scored) else assumed
    return (
        f"Assumption, not a finding: a contact prevents {percent(terms.save_rate)} of the lapses "
        "it meets (parameter save_rate). A customer kept is worth what a lapse costs, as seen "
        f"above.{margin}"
    )


def _of_contracts(terms: Terms) -> str:
    return (
        f"Assumption, not a finding: a contact prevents {percent(terms.save_rate)} of the ends it "
        f"meets (parameter save_rate), and {percent(terms.margin_share)} of the fees of "
        f"{terms.horizon_months} months is margin."
    )


def _pays_from(rows: pd.DataFrame, terms: Terms) -> str:
    """What a customer must bring for a contact to pay, at the highest chances."""
    if not terms.save_rate:
        return ""
    highest = rows["probability"].quantile(0.9)
    worth = terms.contact_cost / (terms.save_rate * max(highest, 1e-9))
    return (
        f"At a chance to leave of {per_hundred(highest)}, which one in ten has, a contact pays "
        f"where a customer kept brings {number(worth)} or more in {terms.horizon_months} months."
    )


def _promised(scored: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"subject": scored["customer_id"], "value": scored["probability"]})
