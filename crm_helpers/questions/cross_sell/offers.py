"""Offers in words: a plan of offers -> what the page says and the candidates of the list."""

import datetime as dt
import math

import pandas as pd

from crm_helpers.features.consent import consent
from crm_helpers.measures.rules.rule_holding import HELD
from crm_helpers.models.rules.offer_choice import BEST_SELLERS, BOTH, RULES, OfferPlan
from crm_helpers.models.rules.offer_effect import OfferEffect
from crm_helpers.page.numerals import counted, money, number, per_hundred, percent
from crm_helpers.page.words import Html, paragraph
from crm_helpers.questions.cross_sell.rules import named_rules
from crm_helpers.tables.checked import CheckedTables

WAYS = {
    RULES: "The strongest rule that fits the customer",
    BEST_SELLERS: "The best-seller the customer has not bought",
    BOTH: "Whichever of both is worth more",
}
AMOUNTS = ["probability", "value", "cost", "expected_net_value"]


def customer_consent(tables: CheckedTables, as_of: dt.date) -> pd.DataFrame:
    """What customers agreed to; no row where the source does not say.

    Returns
    -------
    DataFrame, one row per customer
        customer_id, and where the source asks may_contact, may_profile.
    """
    customers = tables.get("customers")
    if customers is None:
        return pd.DataFrame({"customer_id": pd.Series(dtype=str)})
    return consent(customers, as_of=as_of).to_pandas()


def offer_candidates(
    plan: OfferPlan, names: pd.Series, agreed: pd.DataFrame, *, outcome_days: int
) -> pd.DataFrame:
    """Candidates of the action list: one offer per customer, with the reason in words.

    What a customer bought is a profile, so who refused profiling gets no offer.

    Parameters
    ----------
    plan : OfferPlan
    names : Series of str, indexed by product_id
    agreed : DataFrame, one row per customer
        As from :func:`customer_consent`.
    outcome_days : int
        Length of the window in which the chance to buy was measured, in days.

    Returns
    -------
    DataFrame, one row per customer
        customer_id, what, why, probability, value, cost, expected_net_value, product_id,
        and where consent is known may_contact.
    """
    told = named_rules(plan.rules, names).set_index("rule_id")
    words = told[[*AMOUNTS]].assign(
        what="Offer " + told["consequent_name"], product_id=told["consequent_id"]
    )
    reasons = [_why(rule, outcome_days) for rule in told.to_dict("records")]
    words["why"] = pd.Series(reasons, told.index, "str")
    table = plan.best.merge(words, left_on="rule_id", right_index=True)
    table = table.merge(agreed, on="customer_id", how="left")
    if "may_profile" in table:
        # Without a usable row nobody knows what the customer said: that counts as a no.
        table = table[table["may_profile"].astype("boolean").fillna(False).astype(bool)]
    asked = [column for column in ("may_contact",) if column in table]
    columns = ["customer_id", "what", "why", *AMOUNTS, "product_id", *asked]
    return table[columns].sort_values("customer_id").reset_index(drop=True)


def _why(rule: dict, days: int) -> str:
    left, right = rule["antecedent_name"], rule["consequent_name"]
    has = f"bought {left}, not yet {right}" if left else f"has not bought {right}, a best-seller"
    chance = per_hundred(rule["probability"])
    return f"{has}: {chance} such customers bought it unasked within {days} days"


def offer_table(plan: OfferPlan, names: pd.Series, *, min_group: int) -> pd.DataFrame:
    """Offers that fit most customers, with what a hundred of them are expected to bring.

    Parameters
    ----------
    plan : OfferPlan
    names : Series of str, indexed by product_id
    min_group : int
        Offers that fit fewer customers are not shown.

    Returns
    -------
    DataFrame, one row per offer, at most 10, most money first
        offer, who : str
        customers_now : int
        probability : float, value : float, net_per_100, net_sum : float, in currency
    """
    told = named_rules(plan.rules, names)
    told = told[told["customers_now"] >= min_group]
    told = told.assign(
        offer=told["consequent_name"],
        who=[
            f"bought {left}" if left else "anybody without it" for left in told["antecedent_name"]
        ],
        net_per_100=100 * told["expected_net_value"],
        net_sum=told["expected_net_value"] * told["customers_now"],
    )
    told = told.sort_values(["net_sum", "rule_id"], ascending=[False, True]).head(10)
    columns = ["offer", "who", "customers_now", "probability", "value", "net_per_100", "net_sum"]
    return told[columns].reset_index(drop=True)


def way_table(test: pd.DataFrame) -> pd.DataFrame:
    """Ways of choosing an offer, in words, with what customers bought of it unasked.

    Returns
    -------
    DataFrame, one row per way
        way : str, customers : int, hit_share : float, margin_per_100 : float, in currency
    """
    seen = test[test["customers"] > 0]
    told = seen.assign(
        way=seen["chosen_by"].map(WAYS), margin_per_100=100 * seen["margin_per_customer"]
    )
    return told[["way", "customers", "hit_share", "margin_per_100"]]


def way_answer(test: pd.DataFrame, way: str, currency: str) -> str:
    """Sentence on which way picked more of what customers went on to buy."""
    seen = test.set_index("chosen_by")
    if not seen["customers"].min():
        return "The source does not say who bought what when, so no way could be tested"
    both, plain = seen.loc[BOTH], seen.loc[BEST_SELLERS]
    gain = both["margin_per_customer"] - plain["margin_per_customer"]
    noise = 1.96 * math.hypot(both["margin_error"], plain["margin_error"])
    amount = money(100 * abs(gain), currency, 2)
    if abs(gain) <= noise:
        return f"No clear winner: {amount} between them per 100 customers is within noise"
    if way == BOTH:
        return f"Rules with best-sellers picked {amount} more per 100 customers than best-sellers"
    return (
        f"Best-sellers alone picked {amount} more per 100 customers than rules do, so the list "
        "offers best-sellers"
    )


def fitting(plan: OfferPlan) -> str:
    """Sentence on how many customers an offer fits that is worth making."""
    by_rule = int(plan.rules.loc[plan.rules["rule_id"] > 0, "customers_now"].sum())
    if plan.best.empty:
        return "No offer is expected to bring more than it costs"
    return (
        f"An offer pays for {number(len(plan.best))} customers: {number(by_rule)} by a rule, "
        f"{number(len(plan.best) - by_rule)} by a best-seller they lack"
    )


def effect_sentence(effect: OfferEffect, contact_cost: str) -> str:
    """What the money of the offers rests on."""
    if effect.tested is None:
        return (
            "Assumption, not measured: an offer raises the chance to buy by "
            f"{percent(effect.rise)} of what it is without one, and costs {contact_cost}. Only "
            "the control group of the list can tell. How often products stand together is no "
            "measure of what an offer does."
        )
    low, high = (percent(max(0.0, effect.limits()[end])) for end in ("low", "high"))
    return (
        f"In {counted(effect.campaigns, 'randomized campaign')} a contact raised responses from "
        f"{per_hundred(effect.tested.control_mean)} to {per_hundred(effect.tested.treated_mean)}, "
        f"by {percent(effect.rise)} (95 % interval {low} to {high}). That an offer picked here "
        f"does the same to the chance to buy is an assumption; it costs {contact_cost}."
    )


def to_put_together(pairs: pd.DataFrame) -> Html:
    """Advice on shelf, page and bundle for the bonds that lasted."""
    lasting = pairs[(pairs["verdict"] == HELD) & (pairs["remark"] == "")].head(3)
    if lasting.empty:
        return paragraph("No bond lasted without a season or a promotion: put nothing together.")
    named = "; ".join(
        f"{rule['rule_name']} ({number(rule['extra_baskets'])} baskets more than by chance)"
        for rule in lasting.to_dict("records")
    )
    return paragraph(f"Put together on the shelf, the page or in a bundle: {named}.")


def summary_sentence(decision: dict, currency: str, test: pd.DataFrame) -> str:
    """Last sentence of the report: what the list should bring, or why there is none."""
    if not test["customers"].max():
        return "The source does not say who bought what when, so nobody can be offered anything."
    if not decision["to_contact"]:
        return "No offer to a single customer is expected to bring more than it costs."
    gain = money(decision["expected_net_value"], currency)
    return (
        f"Offers to {number(decision['to_contact'])} customers would bring {gain} net, if an offer "
        "raises the chance to buy as assumed below."
    )
