"""Candidates of the cross-sell list: one offer per customer, with the reason in words."""

import pandas as pd

from crm_helpers.models.rules.offer_choice import OfferPlan
from crm_helpers.models.rules.offer_effect import OfferEffect
from crm_helpers.page.numerals import per_hundred
from crm_helpers.questions.cross_sell.names import named_rules

AMOUNTS = ["probability", "value", "cost", "expected_net_value"]


def candidates(
    plan: OfferPlan,
    products: pd.Series,
    agreed: pd.DataFrame,
    effect: OfferEffect,
    *,
    later_days: int,
) -> pd.DataFrame:
    """Candidates of the action list: one offer per customer, with the reason in words.

    What a customer bought is a profile, so who refused profiling gets no offer.

    Parameters
    ----------
    plan : OfferPlan
    products : Series of str, indexed by product_id
    agreed : DataFrame, one row per customer
        As from `consents.consents`.
    effect : OfferEffect
        Rise of the chance to buy by an offer, with its low end.
    later_days : int
        Length of the window in which the chance to buy was measured, in days.

    Returns
    -------
    DataFrame, one row per customer
        customer_id, what, why : str; probability, value, cost, expected_net_value, net_value_low
        (at the low end of the rise) : float; product_id : str; where known may_contact : bool
    """
    told = named_rules(plan.rules, products).set_index("rule_id")
    words = told[[*AMOUNTS]].assign(
        what="Offer " + told["consequent_name"], product_id=told["consequent_id"]
    )
    words["net_value_low"] = words["probability"] * effect.low * words["value"] - words["cost"]
    reasons = [_why(rule, later_days) for rule in told.to_dict("records")]
    words["why"] = pd.Series(reasons, told.index, "str")
    table = plan.best.merge(words, left_on="rule_id", right_index=True)
    table = table.merge(agreed, on="customer_id", how="left")
    if "may_profile" in table:
        # Without a usable row nobody knows what the customer said: that counts as a no.
        table = table[table["may_profile"].astype("boolean").fillna(False).astype(bool)]
    asked = [column for column in ("may_contact",) if column in table]
    columns = ["customer_id", "what", "why", *AMOUNTS, "net_value_low", "product_id", *asked]
    return table[columns].sort_values("customer_id").reset_index(drop=True)


def _why(rule: dict, days: int) -> str:
    left, right = rule["antecedent_name"], rule["consequent_name"]
    has = f"bought {left}, not yet {right}" if left else f"has not bought {right}, a best-seller"
    chance = per_hundred(rule["probability"])
    return f"{has}: {chance} such customers bought it unasked within {days} days"
