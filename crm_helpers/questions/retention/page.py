"""The retention report as a whole: effect, choice, list -> promises, key figures and summary."""

import pandas as pd

from crm_helpers.features import windows
from crm_helpers.measures.effects.effect import Effect
from crm_helpers.measures.effects.policy_value import NOBODY
from crm_helpers.page.numerals import number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent
from crm_helpers.page.words import Html
from crm_helpers.questions.campaigns.effects import arms
from crm_helpers.questions.campaigns.phrases import effect_in_words, verdict_in_words
from crm_helpers.questions.campaigns.policy import Choice
from crm_helpers.questions.retention.foresight import Foresight
from crm_helpers.questions.retention.measures import PURPOSES
from crm_helpers.tables.needs import Skip

NO_CONTROL_GROUP = (
    "No retention campaign kept a control group drawn at random, so nobody can say what "
    "contacts change."
)
NO_WORTH = "What a contact is worth cannot be said from these data."
CONTACT_NOBODY = "Contact nobody for now; keep a control group in the next campaign, to learn more."


def need_a_question(contacts: pd.DataFrame | Section, returns: pd.DataFrame | Section) -> None:
    """Skip the report where neither a campaign nor the returns of the lost answer anything.

    Parameters
    ----------
    contacts : DataFrame, one row per person and campaign
    returns : DataFrame, one row per lost customer and origin

    Raises
    ------
    Skip
        If no campaign to keep or win back was randomized, and who returns cannot be told either.
    """
    campaigns = (arms(contacts, purpose=purpose) for purpose in PURPOSES)
    if is_absent(returns) and all(is_absent(one) for one in campaigns):
        raise Skip(returns.reason)


def promise(
    report: Report, candidates: pd.DataFrame, *, response_days: int, outcome_days: int
) -> None:
    """Keep for the ledger what should become of the persons whom it pays to contact.

    Parameters
    ----------
    report : Report
    candidates : DataFrame, one row per customer
        customer_id, expected_net_value, [if_contacted], [if_left_alone].
    response_days : int
        Days in which a response is awaited.
    outcome_days : int
        Days in which a return without a contact is awaited.
    """
    awaited = {
        "if_contacted": ("response_if_contacted", response_days),
        "if_left_alone": ("return_by_himself", outcome_days),
    }
    for column, (quantity, days) in awaited.items():
        if column not in candidates:
            continue
        pays = candidates["expected_net_value"] > 0
        known = candidates[candidates[column].notna() & pays]
        if len(known):
            values = known[column].astype(float)
            frame = pd.DataFrame({"subject": known["customer_id"], "value": values})
            due = report.as_of + days * windows.ONE_DAY
            report.promise(frame, quantity=quantity, due_on=due, model="uplift")


def three_sentences(
    report: Report,
    effect: Effect | Section,
    choice: Choice | Section,
    foresight: Foresight | Section,
) -> tuple[str, str, str]:
    """What is so, what it means, what to do.

    Parameters
    ----------
    report : Report
        With its list written.
    effect : Effect
        Of all retention campaigns; each of these may be absent.
    choice : Choice
    foresight : Foresight
        Of who of the lost comes back.
    """
    return _so(effect), _means(report, choice, foresight), _do(report)


def _so(effect: Effect | Section) -> str:
    if is_absent(effect):
        return NO_CONTROL_GROUP
    return effect_in_words(effect) + ", measured against control groups drawn at random."


def _means(report: Report, choice: Choice | Section, foresight: Foresight | Section) -> str:
    if not is_absent(choice):
        text = verdict_in_words(choice.verdict, choice.values, report.money)
        return f"{text}: stop, or test another measure." if choice.verdict == NOBODY else f"{text}."
    if is_absent(foresight):
        return NO_WORTH
    can = "can" if foresight.low > 0.5 else "cannot"
    return f"Who of the lost comes back {can} be told better than by chance."


def _do(report: Report) -> str:
    told = report.decision
    if not told or not told["rows"] or not told["to_contact"]:
        return CONTACT_NOBODY
    return (
        f"Contact the {number(told['to_contact'])} customers on the list, expected to bring "
        f"{report.money(told['expected_net_value'])} net, and leave the "
        f"{number(told['control'])} of the control group alone."
    )


def figures(report: Report, effect: Effect | Section) -> Html:
    """Key figures of the summary, of those that were found.

    Parameters
    ----------
    report : Report
        With its findings kept and its list written.
    effect : Effect
        Of all retention campaigns; may be absent.
    """
    if not is_absent(effect):
        change, low, high = (
            number(100 * x, 1) for x in (effect.difference, effect.low, effect.high)
        )
        value = f"{change} of 100 persons"
        report.card("Changed by a contact", value, f"{low} to {high}", name="average_effect")
    told = report.decision or {"rows": 0}
    if told["rows"]:
        control = f"and {number(told['control'])} in the control group"
        report.card("Persons to contact", number(told["to_contact"]), control)
        net, cost = report.money(told["expected_net_value"]), report.money(told["cost"])
        report.card("Expected net value", net, f"for {cost} of cost", name="list_net_value")
    return Html("")
