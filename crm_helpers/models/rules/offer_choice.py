"""Choice of offers: rules, best-sellers or both -> tested on what was bought next, unasked."""

import datetime as dt
from dataclasses import dataclass

import ibis.expr.types as ir
import pandas as pd

from crm_helpers.features import windows
from crm_helpers.features.data_span import data_span
from crm_helpers.features.offers import (
    best_offers,
    offer_outcomes,
    products_bought,
    products_bought_next,
    rule_offers,
)
from crm_helpers.measures.rules.offer_hits import offer_hits
from crm_helpers.measures.rules.rule_holding import HELD
from crm_helpers.models.rules.offer_rules import buying_rates, offer_values

RULES = "rules"
BEST_SELLERS = "best-sellers"
BOTH = "rules or best-sellers"


@dataclass(frozen=True)
class OfferWindows:
    """Day from which offers are chosen, and how far to look back and ahead."""

    as_of: dt.date
    observation_days: int
    outcome_days: int

    def earlier(self) -> "OfferWindows":
        """The same, one outcome window before."""
        day = self.as_of - self.outcome_days * windows.ONE_DAY
        return OfferWindows(day, self.observation_days, self.outcome_days)


def offer_windows(
    transactions: ir.Table, *, as_of: dt.date, observation_days: int, outcome_days: int
) -> OfferWindows:
    """Windows of equal length for the three days on which offers are chosen.

    Chances are measured two outcome windows before as_of, tested one before,
    and used at as_of; all three look back equally far, which is less than
    `observation_days` where the data begin too late for the first.

    Parameters
    ----------
    transactions : Table, one row per order line
    as_of : date
    observation_days, outcome_days : int
        Wanted lengths, in days.

    Returns
    -------
    OfferWindows
    """
    wanted = OfferWindows(as_of, observation_days, outcome_days)
    if "ordered_at" not in transactions.columns:
        return wanted
    reach = data_span(transactions, as_of=wanted.earlier().earlier().as_of).to_pandas()
    days = reach["days_of_data"].fillna(1).iloc[0]
    return OfferWindows(as_of, max(1, min(observation_days, int(days))), outcome_days)


def rule_outcomes(transactions: ir.Table, rules: pd.DataFrame, at: OfferWindows) -> pd.DataFrame:
    """Customers each rule fitted on a past day, and those who bought its consequent next.

    Parameters
    ----------
    transactions : Table, one row per order line
    rules : DataFrame, one row per rule
        rule_id, antecedent_ids, consequent_id.
    at : OfferWindows
        A day whose outcome window is complete.

    Returns
    -------
    DataFrame, one row per rule, sorted by rule_id
        rule_id, customers, buyers : int
    """
    bought, bought_next = _bought(transactions, at)
    return offer_outcomes(rule_offers(bought, rules), bought_next).to_pandas()


def offer_test(
    transactions: ir.Table,
    rules: pd.DataFrame,
    popular: pd.DataFrame,
    margins: pd.Series,
    at: OfferWindows,
) -> pd.DataFrame:
    """What customers bought next of what each way of choosing had picked for them.

    Three ways pick one product for each customer whom at least one rule fits:
    by rule, the plain rule (the best-seller the customer has not bought), and
    both together. Rules compete by the chance to buy, measured one outcome
    window earlier, times the margin. No offer was made, so this shows who was
    going to buy, not what an offer would add.

    Parameters
    ----------
    transactions : Table, one row per order line
    rules : DataFrame, one row per rule
        Rules known on the day of the test.
    popular : DataFrame, one row per best-seller
        As from :func:`crm_helpers.models.rules.offer_rules.popular_rules`, known on that day.
    margins : Series of float, indexed by product_id
        Margin of one order, in currency.
    at : OfferWindows
        Day of the test.

    Returns
    -------
    DataFrame, one row per way: rules, best-sellers, rules or best-sellers
        chosen_by, customers, buyers, hit_share, hit_low, hit_high
            As from :func:`crm_helpers.measures.rules.offer_hits.offer_hits`.
        margin_per_customer : float, margin of what was bought / customers, in currency; empty
            where no margin is known
        margin_error : float, its standard error (buyers of a product as a Poisson count)
    """
    every = _scored(
        transactions, pd.concat([rules, popular], ignore_index=True), margins, at.earlier()
    )
    bought, bought_next = _bought(transactions, at)
    fitted = rule_offers(bought, rules).select("customer_id").distinct().cache()
    same = bought.semi_join(fitted, "customer_id").cache()
    is_found = every["rule_id"] > 0
    plain = every[~is_found].assign(score=every["confidence"])
    ways = {RULES: every[is_found], BEST_SELLERS: plain, BOTH: every}
    outcomes = {
        name: offer_outcomes(
            best_offers(rule_offers(same, way), way, by="score"), bought_next
        ).to_pandas()
        for name, way in ways.items()
    }
    amounts = [_margin(seen, every, margins) for seen in outcomes.values()]
    table = offer_hits(outcomes)
    asked = table["customers"].where(table["customers"] > 0)
    table["margin_per_customer"] = [total for total, _ in amounts] / asked
    table["margin_error"] = [error for _, error in amounts] / asked
    return table


def chosen_way(test: pd.DataFrame) -> str:
    """Way the list uses: both together, unless the plain rule brought more margin a customer.

    Where no margin is known, more hits decide.
    """
    seen = test.set_index("chosen_by")
    column = "margin_per_customer" if seen["margin_per_customer"].notna().any() else "hit_share"
    margin = seen[column].fillna(0.0)  # a way that picked nobody brought nobody anything
    return BOTH if margin[BOTH] >= margin[BEST_SELLERS] else BEST_SELLERS


def offered_rules(rules: pd.DataFrame, popular: pd.DataFrame, way: str) -> pd.DataFrame:
    """Rules and best-sellers that the list may use.

    Of the rules only those that held in later baskets and that neither a
    season nor promotions made; with the way "best-sellers" none.

    Parameters
    ----------
    rules : DataFrame, one row per rule
        rule_id, antecedent_ids, consequent_id, verdict, and where checked is_seasonal,
        is_promotion_driven.
    popular : DataFrame, one row per best-seller
    way : str
        As from :func:`chosen_way`.

    Returns
    -------
    DataFrame, one row per rule or best-seller
        rule_id, antecedent_ids, consequent_id
    """
    lasting = rules["verdict"] == HELD
    for flag in ("is_seasonal", "is_promotion_driven"):
        if flag in rules:
            lasting &= ~rules[flag].fillna(False).astype(bool)
    parts = [popular] if way == BEST_SELLERS else [rules[lasting], popular]
    columns = ["rule_id", "antecedent_ids", "consequent_id"]
    return pd.concat([part[columns] for part in parts], ignore_index=True)


def _bought(transactions: ir.Table, at: OfferWindows) -> tuple[ir.Table, ir.Table]:
    before = products_bought(transactions, as_of=at.as_of, observation_days=at.observation_days)
    after = products_bought_next(transactions, as_of=at.as_of, outcome_days=at.outcome_days)
    return before.cache(), after.cache()


def _scored(
    transactions: ir.Table, rules: pd.DataFrame, margins: pd.Series, at: OfferWindows
) -> pd.DataFrame:
    rates = buying_rates(rule_outcomes(transactions, rules, at))
    rate = rules["rule_id"].map(rates).astype(float).fillna(0.0)
    margin = rules["consequent_id"].map(margins).astype(float)
    # Only the order counts: what is not known comes last, and where nothing is, the chance alone.
    return rules.assign(score=rate * (margin.fillna(0.0) if margin.notna().any() else 1.0))


def _margin(seen: pd.DataFrame, rules: pd.DataFrame, margins: pd.Series) -> tuple[float, float]:
    """Margin of what was bought of a known one, and its standard error; empty without any."""
    product = seen["rule_id"].map(rules.set_index("rule_id")["consequent_id"])
    margin = product.map(margins).astype(float)
    if len(margin) and margin.isna().all():
        return float("nan"), float("nan")
    variance = float((seen["buyers"] * margin**2).sum())
    return float((seen["buyers"] * margin).sum()), variance**0.5


@dataclass(frozen=True, repr=False)
class OfferPlan:
    """What to offer to whom.

    Attributes
    ----------
    rules : DataFrame, one row per rule or best-seller that brings something
        As from `models.rules.offer_rules.offer_values`, with customers and buyers of
        the last complete outcome window and customers_now, those whom it is the best offer for.
    best : DataFrame, one row per customer
        customer_id, rule_id.
    """

    rules: pd.DataFrame
    best: pd.DataFrame

    def __repr__(self) -> str:
        """Offers and customers, in one line: rows of best name persons."""
        return f"OfferPlan: {len(self.rules):,} offers for {len(self.best):,} customers"


def offer_plan(
    transactions: ir.Table,
    rules: pd.DataFrame,
    margins: pd.Series,
    at: OfferWindows,
    *,
    offer_effect: float,
    contact_cost: float,
) -> OfferPlan:
    """Best offer of every customer whom a rule or best-seller fits and to whom it pays to offer it.

    The chance to buy is measured on the last complete outcome window, the one
    that ends on as_of.

    Parameters
    ----------
    transactions : Table, one row per order line
    rules : DataFrame, one row per rule or best-seller
        rule_id, antecedent_ids, consequent_id.
    margins : Series of float, indexed by product_id
    at : OfferWindows
        The day offers are chosen.
    offer_effect : float
        Assumed rise of the chance to buy, as a share of it.
    contact_cost : float
        Cost of one offer, in currency.

    Returns
    -------
    OfferPlan
    """
    seen = rule_outcomes(transactions, rules, at.earlier())
    valued = offer_values(
        rules, buying_rates(seen), margins, offer_effect=offer_effect, contact_cost=contact_cost
    )
    valued = valued.merge(seen, on="rule_id", how="left").fillna({"customers": 0, "buyers": 0})
    paying = valued[valued["expected_net_value"] > 0].reset_index(drop=True)
    bought = products_bought(
        transactions, as_of=at.as_of, observation_days=at.observation_days
    ).cache()
    best = best_offers(rule_offers(bought, paying), paying, by="expected_net_value").to_pandas()
    now = paying["rule_id"].map(best["rule_id"].value_counts()).fillna(0).astype("int64")
    return OfferPlan(paying.assign(customers_now=now), best[["customer_id", "rule_id"]])
