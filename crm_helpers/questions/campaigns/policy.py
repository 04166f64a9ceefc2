"""Whom it pays to contact: uplift study and money of a contact -> choice, gain."""

from dataclasses import dataclass

import pandas as pd

from crm_helpers.features.customer_value import customer_value
from crm_helpers.measures.effects.policy_value import (
    CHOSEN,
    EVERYBODY,
    OVER,
    policy_values,
    policy_verdict,
)
from crm_helpers.measures.effects.qini import Qini
from crm_helpers.measures.statistics.claims import claim_level
from crm_helpers.measures.value.contact_money import ContactMoney, contact_money
from crm_helpers.models.uplift.study import UpliftStudy
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.campaigns.phrases import prices_in_words, verdict_in_words
from crm_helpers.tables.needs import Skip

MARGIN_DAYS = 365
LEVEL = claim_level(2)  # everybody, or the chosen, may be said to bring something


@dataclass(frozen=True, repr=False)
class Choice:
    """Whom to contact, as the persons held out support it.

    Attributes
    ----------
    verdict : str
        chosen, everybody, on trial or nobody.
    values : DataFrame, one row per policy
        policy, treated_share, gain, low, high (money per 100 persons).
    money : ContactMoney
        What a contact costs and a response is worth.
    """

    verdict: str
    values: pd.DataFrame
    money: ContactMoney

    def __repr__(self) -> str:
        """The verdict, and what each policy gains, in one line."""
        gains = ", ".join(f"{row.policy} {row.gain:,.0f}" for row in self.values.itertuples())
        return f"Choice: {self.verdict} (gain per 100 persons: {gains})"


def margin_share_of(report: Report, margin_share: float) -> float:
    """Margin / revenue of the last year of what has a known cost, else the share given."""
    tables = report.tables
    if "transactions" in tables and "margin" in tables["transactions"].columns:
        value = report.features(customer_value, observation_days=MARGIN_DAYS)
        priced = value["net_revenue_sum"].astype(float)
        if "uncosted_revenue_sum" in value:
            # What has no cost has no margin either: counted as 0 it would lower the share.
            priced = priced - value["uncosted_revenue_sum"].astype(float)
        revenue = float(priced.sum())
        if revenue > 0:
            return float(value["margin_sum"].astype(float).sum()) / revenue
    return margin_share


@unless_absent
def money(
    report: Report,
    arms: pd.DataFrame,
    *,
    contact_cost: float,
    offer_cost: float,
    outcome_value: float,
    margin_share: float,
) -> ContactMoney:
    """What a contact costs and a response is worth, as the campaigns show it, else as given.

    Parameters
    ----------
    report : Report
    arms : DataFrame, one row per person and campaign
        responded, is_treated, [value], [cost].
    contact_cost, offer_cost : float
        Taken where the contacts have no cost.
    outcome_value : float
        Margin of one response; 0 takes the mean value of the responses x margin.
    margin_share : float
        Share of revenue that stays as margin where no cost is known.

    Returns
    -------
    ContactMoney
        contact_cost, offer_cost, response_value, is_measured, needed_uplift
    """
    try:
        return contact_money(
            arms,
            contact_cost=contact_cost,
            offer_cost=offer_cost,
            outcome_value=outcome_value,
            margin_share=margin_share_of(report, margin_share),
        )
    except ValueError as error:
        raise Skip(str(error)) from None


def needed_rise(money: ContactMoney | Section) -> float | None:
    """Rise of the response rate at which a contact pays; None where money is absent or too dear."""
    if is_absent(money) or money.needed_uplift >= 1:
        return None
    return money.needed_uplift


@unless_absent
def choice(study: UpliftStudy, money: ContactMoney, qini: Qini) -> Choice:
    """Money of contacting nobody, everybody, or the chosen, on the persons held out.

    Parameters
    ----------
    study : UpliftStudy
    money : ContactMoney
        From `money`.
    qini : Qini
        From `uplift.qini`.

    Returns
    -------
    Choice
        .verdict, .money, .values : one row per policy, policy, treated_share, gain, low, high
    """
    test = study.test
    values = policy_values(
        test["effect_score"],
        net_of(money, test) > 0,
        value=money.response_value,
        cost=money.expected_cost(test["treated_rate"]),
        person=test["person"],
        trial=test,
        interval_level=LEVEL,
    )
    verdict = policy_verdict(values, orders_persons=qini.finds_something)
    return Choice(verdict, values, money)


def net_of(money: ContactMoney, forecasts: pd.DataFrame) -> pd.Series:
    """Expected money of contacting each person of forecasts: treated_rate, uplift."""
    cost = money.expected_cost(forecasts["treated_rate"])
    return forecasts["uplift"] * money.response_value - cost


@unless_absent
def worth(report: Report, study: UpliftStudy, choice: Choice) -> Section:
    """Money of contacting the chosen, everybody, or nobody.

    Parameters
    ----------
    report : Report
    study : UpliftStudy
    choice : Choice
        From `choice`.

    Returns
    -------
    Section
        data : everybody, the chosen, and the chosen over everybody: policy, treated_share,
        gain, low, high, interval; findings : policy_gain
    """
    values, form = choice.values, lambda amount: report.money(amount, 0)
    intervals = [f"{form(r.low)} to {form(r.high)}" for r in values.itertuples()]
    columns = {
        "policy": "Whom to contact",
        "treated_share": ("Share contacted", percent),
        "gain": (f"Gain per 100 persons, {report.currency}", lambda gain: number(gain, 0)),
        "interval": f"Interval at {percent(LEVEL)}",
    }
    shown = table(values.assign(interval=intervals).iloc[1:], columns)
    prices = prices_in_words(choice.money, report.money)
    beside = f"Compared with contacting nobody. {prices}"
    told = section(verdict_in_words(choice.verdict, values, form), shown, beside)
    over = _beyond_the_simple(values)
    unit = f"{report.currency} per 100 persons"
    return told.finds("policy_gain", over.pop("gain"), unit, **over, level=LEVEL, n=len(study.test))


def _beyond_the_simple(values: pd.DataFrame) -> dict[str, float]:
    """Gain of the chosen over the better of everybody and nobody, with its interval."""
    rows = values.set_index("policy")
    simple = max(0.0, float(rows.at[EVERYBODY, "gain"]))
    over = rows.loc[OVER] if simple > 0 else rows.loc[CHOSEN]
    return {name: float(over[name]) for name in ("gain", "low", "high")} | {"baseline": simple}
