"""The acquisition report as a whole: effects, list, kept findings -> what to do, summary, cards."""

import pandas as pd

from crm_helpers.features.leads import leads_of_customers
from crm_helpers.measures.effects.effect import Effect
from crm_helpers.page.names import value_words
from crm_helpers.page.numerals import counted, number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent
from crm_helpers.page.words import note
from crm_helpers.questions.acquisition.caused import Caused
from crm_helpers.questions.acquisition.responses import response_rate
from crm_helpers.questions.campaigns.phrases import effect_in_words, verdict_in_words
from crm_helpers.questions.campaigns.policy import Choice
from crm_helpers.tables.needs import Skip


def need_leads_or_contacts(report: Report, contacted: pd.DataFrame | Section) -> None:
    """Skip the report where the source has neither leads nor a campaign that was to win anybody.

    Parameters
    ----------
    report : Report
    contacted : DataFrame, one row per person and campaign
        From `responses.contacted`; may be absent.

    Raises
    ------
    Skip
        With the reason why there is no such campaign.
    """
    if "leads" not in report.tables and is_absent(contacted):
        raise Skip(contacted.reason)


def what_to_do(report: Report, act: Section, choice: Choice | Section, caused: Caused) -> Section:
    """The list, and what it rests on: measured change, or an assumption.

    Parameters
    ----------
    report : Report
    act : Section
        From `campaigns.list.act_on`.
    choice : Choice
        From `policy.choice`; absent where no campaign can tell it.
    caused : Caused
        Share of outcomes only because of a contact.

    Returns
    -------
    Section
        data : the list as it was written; findings : list_net_value
    """
    told = f"{_basis(report, choice, caused)}{_customers_already(report)}"
    return Section.of(act, note(told))


def _customers_already(report: Report) -> str:
    """Sentence on open leads of those who are customers already, with a blank before it."""
    if "leads" not in report.tables:
        return ""
    count = len(report.features(leads_of_customers))
    if not count:
        return ""
    verb = "is" if count == 1 else "are"
    return f" {counted(count, 'open lead')} of customers {verb} not pursued as new."


def _basis(report: Report, choice: Choice | Section, caused: Caused) -> str:
    if is_absent(choice):
        return caused.words
    says = verdict_in_words(choice.verdict, choice.values, report.money)
    worth = report.money(choice.money.response_value, 2)
    return (
        f"{says}. A response is worth {worth}: the margin of a customer won x the share of "
        "responses that become customers."
    )


def three_sentences(
    report: Report, contacted: pd.DataFrame | Section, effect: Effect | Section
) -> tuple[str, str, str]:
    """What is so, what it means, what to do; from the findings that the report has kept.

    Parameters
    ----------
    report : Report
    contacted : DataFrame, one row per person and campaign
        From `responses.contacted`; may be absent.
    effect : Effect
        Of contacts to win customers; may be absent.

    Returns
    -------
    tuple of three str
    """
    return _so(report, contacted), _means(report, effect), _do(report)


def _so(report: Report, contacted: pd.DataFrame | Section) -> str:
    found = report.findings
    if "cost_per_customer" in found:
        cost = report.money(found["cost_per_customer"]["value"], 2)
        if "poorest_channel" not in found:
            return f"A new customer costs {cost} of leads."
        poorest = value_words("channel", found["poorest_channel"]["value"])
        return (
            f"A new customer costs {cost} of leads; {poorest} brings the customers with the "
            "least margin."
        )
    if not is_absent(contacted):
        rate = number(100 * response_rate(contacted), 1)
        return f"Of 100 persons contacted {rate} responded."
    if "final_conversion" in found:
        share = number(100 * found["final_conversion"]["value"])
        return f"Of 100 leads {share} become customers sooner or later."
    return "The data do not say how customers are won."


def _means(report: Report, effect: Effect | Section) -> str:
    if not is_absent(effect):
        return f"{effect_in_words(effect)}, measured against control groups drawn at random."
    lift = report.findings.get("test_lift_top10")
    if lift is None:
        return "No model could be tested."
    if lift["low"] <= 1:
        return "Who will respond or convert cannot be told better than by chance."
    return (
        f"The likeliest tenth responds or converts {number(lift['value'], 1)} times as often "
        f"as the average ({number(lift['low'], 1)} to {number(lift['high'], 1)}), as tested"
        f"{weaker_in_time(report)}."
    )


def weaker_in_time(report: Report) -> str:
    """Warning where the test in the order of time is beyond noise below that of all rows."""
    whole, late = (report.findings.get(name) for name in ("test_auc", "in_order_auc"))
    if not whole or not late or late["high"] >= whole["low"]:
        return ""
    return "; on the latest rows alone the model did much worse, so expect less"


def _do(report: Report) -> str:
    told = report.decision
    if not told or not told["rows"] or not told["to_contact"]:
        return "There is no list this time; keep a control group in the next campaign."
    return (
        f"Pursue the {number(told['to_contact'])} persons on the list, expected to bring "
        f"{report.money(told['expected_net_value'])} net."
    )


def cards(report: Report) -> None:
    """Put the key figures that were found, and those of the list, on cards of the summary."""
    found, form = report.findings, report.money
    if "cost_per_customer" in found:
        cost = form(found["cost_per_customer"]["value"], 2)
        about = "of leads, all channels"
        report.card("Cost of a new customer", cost, about, name="cost_per_customer")
    if "test_lift_top10" in found:
        lift = found["test_lift_top10"]
        value = f"{number(lift['value'], 1)} times the average"
        about = f"{number(lift['low'], 1)} to {number(lift['high'], 1)}"
        report.card("Likeliest tenth", value, about, name="test_lift_top10")
    told = report.decision
    if told and told["rows"]:
        about = f"and {number(told['control'])} in the control group"
        report.card("To pursue", number(told["to_contact"]), about)
        value, about = form(told["expected_net_value"]), f"for {form(told['cost'])} of cost"
        report.card("Expected net value", value, about, name="list_net_value")
