"""Lists of credits: applications to decide with decision, terms, reasons and money; credits out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_helpers.measures.credit.credit_money import CreditMoney, expected_loss, profit
from crm_helpers.models.credit.decline_reasons import decline_reasons
from crm_helpers.models.credit.study import KEY, CreditStudy
from crm_helpers.page.findings import Finding, finding
from crm_helpers.page.numerals import counted, number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import unless_absent
from crm_helpers.questions.credit.applications import amounts
from crm_helpers.questions.credit.cut_off import CreditCutOff
from crm_helpers.questions.credit.phrases import reasons_in_words
from crm_helpers.questions.credit.terms import granted
from crm_helpers.tables.needs import Skip

LEAST = 0.01  # a decline at the very edge brings next to nothing, and stays on the list
DECLINE = "decline the credit: a person confirms it first"


@dataclass(frozen=True, repr=False)
class CreditsOut:
    """Credits out whose end is not known, or the applications that stand for them.

    Attributes
    ----------
    rows : DataFrame, one row per application
    are_running : bool
        False where the source has none: then these are those that the card would approve.
    amount, loss : float, in currency
        Lent, and of that expected to be lost.
    currency : str
    """

    rows: pd.DataFrame
    are_running: bool
    amount: float
    loss: float
    currency: str

    def __repr__(self) -> str:
        """Count, amount and loss, in one line."""
        return (
            f"{len(self.rows):,} {self.what}: {self.loss:,.0f} of {self.amount:,.0f} "
            f"{self.currency} expected to be lost"
        )

    @property
    def what(self) -> str:
        """What a reader calls them."""
        if self.are_running:
            return "credits out whose end is not known"
        return "applications the card approves"

    @property
    def findings(self) -> dict[str, Finding]:
        """The loss to expect, under its stable name."""
        name = "expected_loss"
        return {name: finding(name, self.loss, unit=self.currency, n=len(self.rows))}


@unless_absent
def credits_out(
    report: Report,
    scored: pd.DataFrame,
    known: pd.DataFrame,
    cut_off: CreditCutOff,
    money: CreditMoney,
) -> CreditsOut:
    """Credits out whose end is not known, with the loss to expect of them.

    Parameters
    ----------
    report : Report
    scored, known : DataFrame, one row per application
        All; those with a known outcome.
    cut_off : CreditCutOff
    money : CreditMoney

    Returns
    -------
    CreditsOut
        rows : DataFrame; amount, loss : float; findings : expected_loss; absent where the
        source has no amounts.
    """
    running = scored[scored["state"] == "running"]
    rows = scored[cut_off.approves(scored)] if running.empty else running
    amount = amounts(rows, known)
    loss = float(expected_loss(rows["chance"], amount, money.loss_share).sum())
    return CreditsOut(rows, not running.empty, float(amount.sum()), loss, report.currency)


@unless_absent
def undecided(rated: pd.DataFrame) -> pd.DataFrame:
    """Applications to decide on: those not decided; all of them where no decision is known.

    Parameters
    ----------
    rated : DataFrame, one row per application

    Returns
    -------
    DataFrame, one row per application to decide on, indexed from 0
        The columns of `rated`:
        application_id, [customer_id], state, defaulted, [decision, decided_by, role, quarter,
        approved_quarter, default_days], and each of the attributes of the application
        points, chance, credit_class
    """
    rows = rated[rated["state"] == "open"] if "decision" in rated else rated
    return rows.reset_index(drop=True)


@unless_absent
def candidates(
    waiting: pd.DataFrame,
    known: pd.DataFrame,
    study: CreditStudy,
    per_class: pd.DataFrame,
    cut_off: CreditCutOff,
    money: CreditMoney,
) -> pd.DataFrame:
    """What to decide on each open application, on which terms, why, and what it brings.

    The value of a decision is against deciding the other way: an approval brings its expected
    margin less its expected loss, a decline the other way round.

    Parameters
    ----------
    waiting, known : DataFrame, one row per application
        Those to decide on; those with a known outcome.
    study : CreditStudy
    per_class : DataFrame, one row per class
    cut_off : CreditCutOff
    money : CreditMoney

    Returns
    -------
    DataFrame, one row per application
        application_id, what, why : str; probability : float; value, cost, expected_net_value,
        points, credit_class, amount, granted, deposit, prepayment, term, may_contact
    """
    if waiting.empty:
        raise Skip("No application is waiting for a decision.")
    terms = per_class.loc[waiting["credit_class"].astype(str)].reset_index(drop=True)
    given = granted(waiting, known, per_class)
    approved = decided(waiting, given, cut_off, money)
    brought = _money(waiting, amounts(waiting, known), given, terms, approved, money)
    listed = pd.DataFrame(
        {
            KEY: waiting[KEY],
            "what": _what(approved, terms),
            "why": _why(waiting, study),
            "probability": waiting["chance"],
            **brought,
            "points": waiting["points"],
            "credit_class": waiting["credit_class"].astype(str),
            "amount": amounts(waiting, known),
            "granted": np.where(approved, given["granted"], 0.0),
        }
    )
    shown = terms[["deposit", "prepayment", "term"]].where(pd.Series(approved), 0.0)
    # An answer to an application is no advertising: it needs no consent to be contacted.
    return pd.concat([listed, shown], axis=1).assign(may_contact=True)


def decided(
    rows: pd.DataFrame, given: pd.DataFrame, cut_off: CreditCutOff, money: CreditMoney
) -> np.ndarray:
    """Whether each application is approved: points from the cut-off on, and terms that pay.

    Parameters
    ----------
    rows : DataFrame, one row per application scored
    given : DataFrame, one row per application, in the same order
        granted, exposure, as `terms.granted` gives them.
    cut_off : CreditCutOff
    money : CreditMoney

    Returns
    -------
    ndarray of bool, shape (n_applications,)
    """
    return cut_off.approves(rows).to_numpy() & (profit(rows["chance"], given, money) >= 0)


def _money(
    rows: pd.DataFrame,
    amount: pd.Series,
    given: pd.DataFrame,
    terms: pd.DataFrame,
    approved: np.ndarray,
    money: CreditMoney,
) -> dict[str, np.ndarray]:
    """Value and cost of each decision, and what it brings against deciding the other way."""
    advance = in_advance(approved, terms)
    margin = money.margin_share
    kept = (1 - rows["chance"]) * margin * np.where(approved, given["granted"], amount)
    exposure = np.where(approved, given["exposure"], amount)
    lost = expected_loss(rows["chance"], exposure, money.loss_share) + money.handling_cost
    value = np.where(advance, margin * amount, np.where(approved, kept, lost))
    cost = np.where(advance, 0.0, np.where(approved, lost, kept))
    return {"value": value, "cost": cost, "expected_net_value": np.maximum(value - cost, LEAST)}


def in_advance(approved: np.ndarray, terms: pd.DataFrame) -> np.ndarray:
    """Whether each is sold against full payment in advance: approved, in a class without credit."""
    return approved & (terms["limit"].to_numpy() == 0)


def _what(approved: np.ndarray, terms: pd.DataFrame) -> list[str]:
    advance = in_advance(approved, terms)
    return [
        _decision(yes, own, ahead)
        for yes, own, ahead in zip(approved, terms.itertuples(), advance, strict=True)
    ]


def _decision(approved: bool, terms: object, advance: bool) -> str:
    if not approved:
        return DECLINE
    if advance:
        return "sell against full payment in advance"
    parts = [f"up to {number(terms.limit)}"]
    if pd.notna(terms.term):
        parts.append(f"{counted(int(terms.term), 'month')} at most")
    parts += [f"deposit {percent(terms.deposit)}"] * (terms.deposit > 0)
    parts += [f"{percent(terms.prepayment)} in advance"] * (terms.prepayment > 0)
    return f"approve: {', '.join(parts)}".replace("\u00a0", " ")


def _why(rows: pd.DataFrame, study: CreditStudy) -> list[str]:
    card = study.card
    lost = reasons_in_words(decline_reasons(card, rows), card, len(rows))
    return [
        f"class {name}, {points} points; cost most points: {reason}"
        for name, points, reason in zip(rows["credit_class"], rows["points"], lost, strict=True)
    ]
