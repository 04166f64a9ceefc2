"""Cases to open: scored payments under review -> the list, with reasons and history in words."""

import numpy as np
import pandas as pd

from crm_helpers.models.fraud.model import REVIEW
from crm_helpers.models.fraud.phrases import FRAUD_PHRASES
from crm_helpers.models.fraud.rules import RULE_WORDS, broken_rules
from crm_helpers.models.propensity.contributions import contributions
from crm_helpers.models.propensity.reasons import reasons
from crm_helpers.questions.fraud.study import CLUSTERS, FraudStudy

WHAT = "open the payment"


def cases(study: FraudStudy) -> pd.DataFrame:
    """Payments worth opening among those under review, at the capacity, best first.

    Opening a payment is no contact: consent to be contacted is not asked for, consent to
    be profiled is, and whoever refused it is not among the payments.

    Parameters
    ----------
    study : FraudStudy

    Returns
    -------
    DataFrame, one row per payment
        payment_id, what, why, history : str; probability, value, cost, expected_net_value :
        float; [paid_at]; may_contact : bool
    """
    rows = study.scored[study.scored["role"] == REVIEW]
    best = rows[rows["expected_net_value"] > 0].nlargest(study.capacity, "expected_net_value")
    made = pd.DataFrame(
        {
            "payment_id": best["payment_id"],
            "what": WHAT,
            "why": why(study, best),
            "probability": best["probability"],
            "value": study.money(best),
            "cost": float(study.p.check_cost),
            "expected_net_value": best["expected_net_value"],
            "may_contact": True,
            "history": history(best),
        }
    )
    return made.assign(paid_at=best["paid_at"]) if "paid_at" in best else made


def why(study: FraudStudy, rows: pd.DataFrame) -> pd.Series:
    """Reasons of each payment: its cluster, the rules it breaks, then what the model leans on.

    Parameters
    ----------
    study : FraudStudy
    rows : DataFrame, one row per payment
        As given by `FraudStudy.scored`.

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
    learned = pd.Series("", index=rows.index)
    if study.learned:
        values = contributions(study.model.propensity, rows, seed=study.report.seed).values
        plain = (cluster == "") & ~broken.any(axis=1)
        two, one = (reasons(values, rows, phrases=FRAUD_PHRASES, count=n) for n in (2, 1))
        learned = two.where(plain, one)
    parts = pd.DataFrame({"cluster": cluster, "rules": rules, "learned": learned}, rows.index)
    return parts.apply(lambda row: "; ".join(text for text in row if text), axis=1).astype(str)


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
