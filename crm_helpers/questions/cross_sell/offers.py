"""Plan of offers -> how many it fits, a table of the best, what their money rests on."""

import pandas as pd

from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.models.rules.offer_choice import OfferPlan
from crm_helpers.models.rules.offer_effect import OfferEffect
from crm_helpers.page.numerals import counted, number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import answer, note
from crm_helpers.questions.cross_sell.names import named_rules
from crm_helpers.questions.cross_sell.phrases import of_hundred, strongest_rows, two_places

MOST_OFFERS = 10
WORTH_NOT_KNOWN = "What an order brings is not known, so no offer can be weighed: map unit_price"


def fitting(plan: OfferPlan, margins: pd.Series) -> Section:
    """How many customers an offer fits that is worth making.

    Parameters
    ----------
    plan : OfferPlan
    margins : Series of float, indexed by product_id
        Margin of one order, empty where neither cost nor price is known.

    Returns
    -------
    Section
        Words alone.
    """
    if margins.isna().all():
        return Section.of(answer(WORTH_NOT_KNOWN))
    unknown = int(margins.isna().sum())
    told = f"{counted(unknown, 'product')} without a price or a cost: offered to nobody."
    return Section.of(answer(_fitting(plan)), *([note(told)] if unknown else []))


def _fitting(plan: OfferPlan) -> str:
    by_rule = int(plan.rules.loc[plan.rules["rule_id"] > 0, "customers_now"].sum())
    if plan.best.empty:
        return "No offer is expected to bring more than it costs"
    return (
        f"An offer pays for {number(len(plan.best))} customers: {number(by_rule)} by a rule, "
        f"{number(len(plan.best) - by_rule)} by a best-seller they lack"
    )


def best_offers(report: Report, plan: OfferPlan, products: pd.Series, *, min_group: int) -> Section:
    """Offers that bring most, with what a hundred of them are expected to bring.

    Parameters
    ----------
    report : Report
    plan : OfferPlan
    products : Series of str, indexed by product_id
    min_group : int
        Offers that fit fewer customers are not shown.

    Returns
    -------
    Section
        data : one row per offer, at most 10, most money first, columns offer, who,
        customers_now, probability, value, net_per_100, net_sum (currency); words alone where
        none fits so many
    """
    columns = {
        "offer": "Offer",
        "who": "to those who",
        "customers_now": ("Customers", number),
        "probability": ("buy it unasked, of 100", of_hundred),
        "value": (f"margin of an order, {report.currency}", two_places),
        "net_per_100": (f"net of 100 offers, {report.currency}", two_places),
    }
    shown = _offers(plan, products, min_group)
    otherwise = "No offer fits enough customers to be shown."
    return Section.of(strongest_rows(shown, columns, otherwise=otherwise))


def _offers(plan: OfferPlan, products: pd.Series, min_group: int) -> pd.DataFrame:
    told = named_rules(plan.rules, products)
    told = told[told["customers_now"] >= min_group]
    told = told.assign(
        offer=told["consequent_name"],
        who=[
            f"bought {left}" if left else "anybody without it" for left in told["antecedent_name"]
        ],
        net_per_100=100 * told["expected_net_value"],
        net_sum=told["expected_net_value"] * told["customers_now"],
    )
    told = told.sort_values(["net_sum", "rule_id"], ascending=[False, True]).head(MOST_OFFERS)
    columns = ["offer", "who", "customers_now", "probability", "value", "net_per_100", "net_sum"]
    return told[columns].reset_index(drop=True)


def basis(report: Report, effect: OfferEffect, *, contact_cost: float) -> Section:
    """What the money of the offers rests on: how much an offer raises the chance to buy.

    Parameters
    ----------
    report : Report
    effect : OfferEffect
    contact_cost : float
        Cost of one offer, in currency.

    Returns
    -------
    Section
        Words alone; findings : offer_effect
    """
    said = Section.of(note(f"{_basis(effect, report.money(contact_cost, 2))}{_unused(effect)}"))
    return said.finds("offer_effect", effect.rise, "share", **effect.limits())


def _unused(effect: OfferEffect) -> str:
    """Sentence on contacts to sell more that tell nothing of an effect, with a blank before it."""
    if not effect.unused:
        return ""
    return (
        f" {counted(effect.unused, 'contact')} of purpose cross_sell had no control group drawn at "
        "random: who answered them stands in the acquisition report where no campaign was to win "
        "customers, what they changed nobody can say."
    )


def _basis(effect: OfferEffect, cost: str) -> str:
    if effect.tested is None:
        return (
            "Assumption, not measured: an offer raises the chance to buy by "
            f"{percent(effect.rise)} of what it is without one, and costs {cost}. Only "
            "the control group of the list can tell. How often products stand together is no "
            "measure of what an offer does."
        )
    tested, where = effect.tested, counted(effect.campaigns, "randomized campaign")
    if not effect.is_shown:
        return (
            f"In {where} a contact is not shown to raise responses: "
            f"{_rates(tested.treated_mean, tested.control_mean)} without one, which chance could "
            f"have made. Counted is a rise by {percent(effect.rise)}, the smaller of what was "
            f"measured and what is assumed; an offer costs {cost}."
        )
    low, high = (percent(max(0.0, effect.limits()[end])) for end in ("low", "high"))
    return (
        f"In {where} a contact raised responses from "
        f"{per_hundred(tested.control_mean)} to {per_hundred(tested.treated_mean)}, "
        f"by {percent(effect.rise)} ({percent(CLAIM_LEVEL, 1)} interval {low} to {high}). That an "
        f"offer picked here does the same to the chance to buy is an assumption; it costs {cost}."
    )


def _rates(treated: float, control: float) -> str:
    return f"{number(100 * treated, 1)} of 100 with, {number(100 * control, 1)}"
