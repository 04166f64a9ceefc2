"""List of customers to win before they lapse: a study + money -> candidates of the action list."""

import numpy as np
import pandas as pd

from crm_helpers.features.windows import ONE_DAY
from crm_helpers.measures.value.net_value import expected_net_value
from crm_helpers.models.propensity.contributions import contributions
from crm_helpers.models.propensity.reasons import LAPSE_PHRASES, reasons
from crm_helpers.models.propensity.study import Study
from crm_helpers.page.report import Report
from crm_helpers.questions.consents import consents, with_consent

WHAT = "Write personally, with a reason to order again"
SPARE = 2.0


def value_if_kept(report: Report, rows: pd.DataFrame) -> pd.Series:
    """Margin of a customer over the months ahead at the pace of the observation window.

    Parameters
    ----------
    report : Report
        Parameters horizon_months, margin_share (used where no cost is known).
    rows : DataFrame, one row per customer
        With margin_sum, or revenue_sum and returns_share, and first_order_age_days.

    Returns
    -------
    Series of float, in currency, zero or more
        Zero where the source has no prices.
    """
    if "margin_sum" in rows:
        margin = rows["margin_sum"]
    elif "revenue_sum" in rows:
        margin = rows["revenue_sum"] * (1 - rows["returns_share"]) * report.p.margin_share
    else:
        margin = pd.Series(0.0, index=rows.index)
    oldest = rows["first_order_age_days"].max()
    days = min(report.p.observation_days, int(oldest) + 1 if len(rows) else 1)
    return (margin * (report.p.horizon_months * 365.25 / 12) / days).clip(lower=0)


def lapse_candidates(report: Report, study: Study) -> pd.DataFrame:
    """Customers scored, with reason, value and expected net value of a contact.

    Without evidence for the model nobody is a candidate. Reasons are worked out for those who
    can reach the list.

    Parameters
    ----------
    report : Report
        Parameters save_rate, contact_cost, capacity.
    study : Study

    Returns
    -------
    DataFrame, one row per customer scored
        customer_id, what, why, probability, value, cost, expected_net_value, [may_contact]
    """
    rows = study.scored if study.finds_something else study.scored.head(0)
    value = value_if_kept(report, rows)
    cost = report.p.contact_cost
    net = expected_net_value(
        rows["probability"], save_rate=report.p.save_rate, value_if_kept=value, cost=cost
    )
    candidates = pd.DataFrame(
        {
            "customer_id": rows["customer_id"],
            "what": WHAT,
            "why": "",
            "probability": rows["probability"],
            "value": value,
            "cost": cost,
            "expected_net_value": net,
        }
    )
    candidates = with_consent(candidates, consents(report))
    return candidates.assign(why=_why(report, study, candidates))


def abandoned(candidates: pd.DataFrame) -> pd.DataFrame:
    """Customers more likely than not to lapse whom to contact costs more than it brings.

    Parameters
    ----------
    candidates : DataFrame, one row per customer

    Returns
    -------
    DataFrame, one row per customer
    """
    return candidates[(candidates["probability"] >= 0.5) & (candidates["expected_net_value"] <= 0)]


def lapse_promises(study: Study) -> pd.DataFrame:
    """Predictions for the ledger, one per customer scored.

    Parameters
    ----------
    study : Study

    Returns
    -------
    DataFrame, one row per customer
        subject : str, value : float in [0, 1]
    """
    rows = study.scored if study.finds_something else study.scored.head(0)
    return pd.DataFrame({"subject": rows["customer_id"], "value": rows["probability"]})


def due_on(report: Report) -> object:
    """Last day of the outcome window.

    Parameters
    ----------
    report : Report

    Returns
    -------
    date
    """
    return report.as_of + report.p.outcome_days * ONE_DAY


def _why(report: Report, study: Study, candidates: pd.DataFrame) -> pd.Series:
    allowed = candidates.get("may_contact", pd.Series(True, index=candidates.index))
    worth = candidates[allowed & (candidates["expected_net_value"] > 0)]
    room = int(np.ceil(report.p.capacity * SPARE))
    best = worth.nlargest(room, "expected_net_value").index.sort_values()
    if not len(best):
        return candidates["why"]
    rows = study.scored.loc[best]
    values = contributions(study.propensity, rows, seed=report.seed).values
    return candidates["why"].mask(
        candidates.index.isin(best),
        reasons(values, rows, phrases=LAPSE_PHRASES).reindex(candidates.index),
    )
