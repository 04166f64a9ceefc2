"""List of the credit report: scored applications -> decision, terms, reasons, money of each."""

import numpy as np
import pandas as pd

from crm_helpers.measures.credit.credit_money import expected_loss, profit
from crm_helpers.models.credit.decline_reasons import decline_reasons
from crm_helpers.models.credit.study import KEY
from crm_helpers.page.numerals import counted, money, number, percent
from crm_helpers.questions.credit.data import CreditData

LEAST = 0.01  # a decline at the very edge brings next to nothing, and stays on the list
DECLINE = "decline the credit: a person confirms it first"


def open_applications(data: CreditData) -> pd.DataFrame:
    """Applications to decide on: those not decided; all of them where no decision is known.

    Parameters
    ----------
    data : CreditData

    Returns
    -------
    DataFrame, one row per application
    """
    rows = data.scored
    return rows[rows["state"] == "open"] if "decision" in rows else rows


def credit_candidates(data: CreditData) -> pd.DataFrame:
    """What to decide on each open application, on which terms, why, and what it brings.

    The value of a decision is against deciding the other way: an approval brings its expected
    margin less its expected loss, a decline the other way round.

    Parameters
    ----------
    data : CreditData

    Returns
    -------
    DataFrame, one row per application
        application_id, what, why : str; probability : float; value, cost, expected_net_value,
        points, credit_class, amount, granted, deposit, prepayment, term
    """
    rows = open_applications(data).reset_index(drop=True)
    amount = data.amount(rows)
    given, terms = data.on_class_terms(rows), data.terms.loc[rows["credit_class"].astype(str)]
    margin = data.money.margin_share
    approved = decided(data, rows)
    advance = approved & (terms["limit"].to_numpy() == 0)
    kept = (1 - rows["chance"]) * margin * np.where(approved, given["granted"], amount)
    exposure = np.where(approved, given["exposure"], amount)
    lost = expected_loss(rows["chance"], exposure, data.money.loss_share)
    lost = lost + data.money.handling_cost
    value = np.where(advance, margin * amount, np.where(approved, kept, lost))
    cost = np.where(advance, 0.0, np.where(approved, lost, kept))
    gain = value - cost
    listed = pd.DataFrame({
        KEY: rows[KEY],
        "what": [_what(yes, term, ahead) for yes, term, ahead in
                 zip(approved, terms.itertuples(), advance, strict=True)],
        "why": _why(data, rows),
        "probability": rows["chance"], "value": value, "cost": cost,
        "expected_net_value": np.maximum(gain, LEAST),
        "points": rows["points"], "credit_class": rows["credit_class"].astype(str),
        "amount": amount, "granted": np.where(approved, given["granted"], 0.0),
    })  # fmt: skip
    names = ["deposit", "prepayment", "term"]
    shown = terms[names].reset_index(drop=True).where(pd.Series(approved), 0.0)
    # An answer to an application is no advertising: it needs no consent to be contacted.
    return pd.concat([listed, shown], axis=1).assign(may_contact=True)


def decided(data: CreditData, rows: pd.DataFrame) -> np.ndarray:
    """Whether each application is approved: points from the cut-off on, and terms that pay.

    Parameters
    ----------
    data : CreditData
    rows : DataFrame, one row per application scored

    Returns
    -------
    ndarray of bool, shape (n_applications,)
    """
    given = data.on_class_terms(rows)
    pays = profit(rows["chance"], given, data.money) >= 0
    return ((rows["points"] >= data.cut_off).to_numpy()) & pays


def book(data: CreditData) -> tuple[pd.DataFrame, float, str]:
    """Credits out whose end is not known, their expected loss, and what they are called.

    Where the source has none, those that the card would approve stand for them.

    Parameters
    ----------
    data : CreditData

    Returns
    -------
    DataFrame, float in currency, str
    """
    rows = data.scored
    running = rows[rows["state"] == "running"]
    what = "credits out whose end is not known"
    if running.empty:
        running = rows[rows["points"] >= data.cut_off]
        what = "applications the card approves"
    amount = data.amount(running)
    return (
        running,
        float(expected_loss(running["chance"], amount, data.money.loss_share).sum()),
        what,
    )


def book_words(data: CreditData) -> str:
    """Expected loss of the credits out, as a sentence.

    Parameters
    ----------
    data : CreditData

    Returns
    -------
    str
    """
    rows, loss, what = book(data)
    amount = float(data.amount(rows).sum())
    currency = data.report.currency
    return (
        f"Of {money(amount, currency)} lent to {number(len(rows))} {what}, {money(loss, currency)} "
        f"will probably be lost ({percent(loss / amount if amount else 0.0)})"
    )


def _what(approved: bool, terms: object, advance: bool) -> str:
    if not approved:
        return DECLINE
    if advance:
        return "sell against full payment in advance"
    parts = [f"up to {number(terms.limit)}", f"{counted(int(terms.term), 'month')} at most"]
    parts += [f"deposit {percent(terms.deposit)}"] * (terms.deposit > 0)
    parts += [f"{percent(terms.prepayment)} in advance"] * (terms.prepayment > 0)
    return f"approve: {', '.join(parts)}".replace("\u00a0", " ")


def _why(data: CreditData, rows: pd.DataFrame) -> list[str]:
    lost = decline_reasons(data.study.card, rows)
    return [
        f"class {name}, {points} points; cost most points: {reason}"
        for name, points, reason in zip(rows["credit_class"], rows["points"], lost, strict=True)
    ]
