"""Cases to open: scored payments under review -> the list, with reasons and history in words."""

import numpy as np
import pandas as pd

from crm_helpers.models.fraud.rules import broken_rules
from crm_helpers.models.propensity.contributions import contributions
from crm_helpers.models.propensity.reasons import strongest
from crm_helpers.page.numerals import counted, number
from crm_helpers.page.phrases import reasons_in_words, themes_of
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import answer, note, table
from crm_helpers.questions.fraud.detection import CLUSTERS, Detection
from crm_helpers.questions.fraud.learning import has_learned
from crm_helpers.questions.fraud.phrases import FRAUD_PHRASES, RULE_WORDS

WHAT = "open the payment"
CASES_SHOWN = 8


def cases(found: Detection, *, seed: int) -> pd.DataFrame:
    """Payments worth opening among those under review, at the capacity, best first.

    Opening a payment is no contact: consent to be contacted is not asked for, consent to
    be profiled is, and whoever refused it is not among the payments.

    Parameters
    ----------
    found : Detection
    seed : int

    Returns
    -------
    DataFrame, one row per payment
        payment_id, what, why, history : str; probability, value, cost, expected_net_value :
        float; [paid_at]; may_contact : bool
    """
    rows = found.review
    worth = rows[rows["expected_net_value"] > 0]
    best = worth.nlargest(found.capacity.cases, "expected_net_value")
    made = pd.DataFrame(
        {
            "payment_id": best["payment_id"],
            "what": WHAT,
            "why": why(found, best, seed=seed),
            "probability": best["probability"],
            "value": found.stakes.money(best),
            "cost": float(found.stakes.check_cost),
            "expected_net_value": best["expected_net_value"],
            "may_contact": True,
            "history": history(best),
        }
    )
    return made.assign(paid_at=best["paid_at"]) if "paid_at" in best else made


@unless_absent
def first(report: Report, rows: pd.DataFrame, *, review_days: int) -> Section:
    """Payments to open first, with reasons and history, without any id.

    Parameters
    ----------
    report : Report
    rows : DataFrame, one row per payment
        From `cases`.
    review_days : int

    Returns
    -------
    Section
        data : the first payments of the list, columns value, probability, why, history,
        expected_net_value and those of `cases`; words alone where none is worth opening
    """
    if rows.empty:
        return Section.of(
            answer("No payment under review is worth opening"),
            note(
                "Either every payment was examined already, or opening one would cost more than "
                "it is expected to save."
            ),
        )
    says = (
        f"Open {counted(len(rows), 'payment')} of the last {review_days} days: "
        f"{report.money(rows['value'].sum())} are at risk in them"
    )
    columns = {
        "value": (f"Amount, {report.currency}", number),
        "probability": ("Chance of fraud", _chance),
        "why": "Why",
        "history": "The customer before",
        "expected_net_value": (f"Expected net, {report.currency}", number),
    }
    beside = (
        "The first of the list; which payments they are stands in the file alone. A reason "
        "says what is unusual, it proves nothing: only the check does."
    )
    return section(says, table(rows.head(CASES_SHOWN), columns), beside)


def why(found: Detection, rows: pd.DataFrame, *, seed: int) -> pd.Series:
    """Reasons of each payment: its cluster, the rules it breaks, then what the model leans on.

    Parameters
    ----------
    found : Detection
    rows : DataFrame, one row per payment
        Some rows of `Detection.scored`.
    seed : int

    Returns
    -------
    Series of str, index of `rows`
    """
    if rows.empty:
        return pd.Series(dtype=str)
    broken = broken_rules(rows).rename(columns=RULE_WORDS)
    rules = broken.apply(lambda row: "; ".join(broken.columns[row]), axis=1).astype(str)
    cluster = np.where(
        rows[CLUSTERS].notna(), "one of many refunds just below a limit at this shop", ""
    )
    plain = (cluster == "") & ~broken.any(axis=1)
    learned = _learned(found, rows, plain, seed)
    parts = pd.DataFrame({"cluster": cluster, "rules": rules, "learned": learned}, rows.index)
    return parts.apply(lambda row: "; ".join(text for text in row if text), axis=1).astype(str)


def _learned(found: Detection, rows: pd.DataFrame, plain: pd.Series, seed: int) -> pd.Series:
    """What the model leans on: two reasons where nothing else speaks, else one."""
    if not has_learned(found.model):
        return pd.Series("", index=rows.index)
    values = contributions(found.model.propensity, rows, seed=seed).values
    themes = themes_of(FRAUD_PHRASES)
    two, one = (
        reasons_in_words(strongest(values, themes, count=n), rows, FRAUD_PHRASES) for n in (2, 1)
    )
    return two.where(plain, one)


def history(rows: pd.DataFrame) -> pd.Series:
    """What the customer did before, in one line without any id.

    Parameters
    ----------
    rows : DataFrame, one row per payment

    Returns
    -------
    Series of str, index of `rows`
    """
    if rows.empty or "customer_count" not in rows:
        return pd.Series("no history in the data", index=rows.index)
    count = rows["customer_count"].astype(float)
    told = count.map("{:,.0f} earlier payments".format)
    if "customer_amount_median" in rows:
        usual = rows["customer_amount_median"].astype(float)
        told = told + usual.map(lambda one: f", usually {one:,.0f}" if one == one else "")
    refunds = rows["customer_refund_count"].astype(float).fillna(0)
    told = told + refunds.map(", {:,.0f} refunds in four months".format)
    told = told.mask(count == 0, "the customer's first payment")
    return told.mask(count.isna(), "no customer known")


def _chance(share: float) -> str:
    return f"{min(round(100 * share), 99):d} of 100"
