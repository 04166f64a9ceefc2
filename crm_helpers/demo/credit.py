"""Store credit: customers -> applications, the old policy's decisions and later outcomes."""

import numpy as np
import pandas as pd
from scipy import special

from crm_helpers.demo.clock import DAYS
from crm_helpers.demo.draws import Draws

APPLICATIONS_PER_CUSTOMER = 0.38
TERMS = (6, 12, 18, 24, 36)
HOUSING = ("rents", "owns", "with family")
HOUSING_SHARES = (0.55, 0.30, 0.15)
CARD_DESIGNS = ("aurora", "basalt", "citrus")
# The design of the card stands in for the protected attribute: shares by gender.
DESIGN_SHARES = {"female": (0.72, 0.08, 0.20), "male": (0.08, 0.72, 0.20)}
INCOME_GAP = -0.14  # log points, women against men: a difference in a legitimate attribute

# True log odds of default within six months. Neither gender nor card design is among them.
DEFAULT = {
    "constant": -1.75,
    "log_income": -0.70,  # per log point above 2,400 EUR a month
    "debt_share": 4.5,  # per unit above 0.30
    "inquiries": 0.30,  # each inquiry at the credit bureau in the last year
    "years_employed": -0.07,  # per year, up to ten
    "rents": 0.35,
    "log_amount": 0.35,  # per log point above 1,000 EUR
    "term_months": 0.015,  # per month above 18
}
POLICY_NOISE, POLICY_CUT = 0.7, -0.75
OVERRIDE_SHARE = 0.03
OUTCOME_KNOWN_DAYS = 180


def applications(people: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """One application of some customers, with attributes, decision and outcome.

    Returns
    -------
    DataFrame, one row per application
        row : int; applied_day, decided_day, known_day : float (inf: not yet)
        p_default : float, true chance to default if approved
        defaults : bool, potential outcome
        is_approved, is_override : bool
    """
    number = people["number"].to_numpy()
    applies = draws.happens("credit.applies", APPLICATIONS_PER_CUSTOMER, number)
    joined = people["joined_day"].to_numpy()
    day = np.floor(joined + 3 + (DAYS + 60 - joined) * draws.uniform("credit.day", number))
    row = np.flatnonzero(applies & (day < DAYS))
    frame = _attributes(people.iloc[row], draws).assign(row=row, applied_day=day[row])
    frame["p_default"] = default_chance(frame)
    frame["defaults"] = draws.happens("credit.defaults", frame["p_default"], frame["number"])
    return _decided(frame, draws)


def default_chance(frame: pd.DataFrame) -> np.ndarray:
    """True chance of default, from the stated attributes alone."""
    return special.expit(_log_odds(frame)).to_numpy()


def _log_odds(frame: pd.DataFrame) -> pd.Series:
    return (
        DEFAULT["constant"]
        + DEFAULT["log_income"] * np.log(frame["monthly_income"] / 2400)
        + DEFAULT["debt_share"] * (frame["debt_share"] - 0.30)
        + DEFAULT["inquiries"] * frame["bureau_inquiries"]
        + DEFAULT["years_employed"] * np.minimum(frame["years_employed"], 10)
        + DEFAULT["rents"] * (frame["housing"] == "rents")
        + DEFAULT["log_amount"] * np.log(frame["amount"] / 1000)
        + DEFAULT["term_months"] * (frame["term_months"] - 18)
    )


def _attributes(people: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    number = people["number"].to_numpy()
    is_female = (people["gender"] == "female").to_numpy()
    age = 2026 - people["birth_year"].to_numpy()
    income = 7.78 + INCOME_GAP * is_female + 0.38 * draws.normal("credit.income", number)
    debt = special.expit(-0.95 + 0.7 * draws.normal("credit.debt", number))
    employed = np.maximum(age - 19, 0.5) * draws.uniform("credit.employed", number) ** 2
    amount = np.exp(6.75 + 0.6 * draws.normal("credit.amount", number))
    inquiries = 1.1 * draws.exponential("credit.inquiries", number)
    housing = draws.pick("credit.housing", np.array(HOUSING_SHARES), number)
    design = np.array([DESIGN_SHARES["male"], DESIGN_SHARES["female"]])
    drawn = draws.pick_by_row("credit.design", design, is_female.astype(int), number)
    return pd.DataFrame(
        {
            "number": number,
            "amount": np.clip((amount / 50).round() * 50, 100, 8000),
            "term_months": np.array(TERMS)[draws.integers("credit.term", len(TERMS), number)],
            "monthly_income": (np.exp(income) / 10).round() * 10,
            "debt_share": debt.round(3),
            "bureau_inquiries": np.minimum(np.floor(inquiries), 6).astype(np.int64),
            "years_employed": np.minimum(employed, 40).round(1),
            "housing": np.array(HOUSING)[housing],
            "years_at_address": _years_at_address(draws, number),
            "card_design": np.array(CARD_DESIGNS)[drawn],
        }
    )


def _years_at_address(draws: Draws, number: np.ndarray) -> np.ndarray:
    return np.floor(1 + 14 * draws.uniform("credit.address", number) ** 1.5)


def _decided(frame: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """The old policy saw the same attributes through noise; clerks overrode some decisions."""
    number = frame["number"].to_numpy()
    seen = _log_odds(frame) + POLICY_NOISE * draws.normal("credit.policy", number)
    by_policy = (seen < POLICY_CUT).to_numpy()
    override = draws.happens("credit.override", OVERRIDE_SHARE, number)
    approved = by_policy ^ override
    decided = frame["applied_day"].to_numpy() + draws.integers("credit.decision", 4, number)
    known = decided + OUTCOME_KNOWN_DAYS
    return frame.assign(
        is_approved=approved,
        is_override=override,
        decided_day=np.where(decided < DAYS, decided, np.inf),
        known_day=np.where(approved & (known < DAYS), known, np.inf),
    )
