"""Whom to ask for the second order: customers -> candidates of the action list."""

import pandas as pd

from crm_helpers.page.report import Report
from crm_helpers.page.section import unless_absent
from crm_helpers.questions.consents import consents, with_consent

WHAT = "Ask for the second order"


@unless_absent
def candidates(
    report: Report,
    rows: pd.DataFrame,
    *,
    recent_days: int,
    save_rate: float,
    contact_cost: float,
    margin_share: float,
) -> pd.DataFrame:
    """Customers with one order, not long ago, and what asking them is expected to bring.

    Parameters
    ----------
    report : Report
    rows : DataFrame, one row per customer
        customer_id, recency_days, frequency_orders, monetary_mean.
    recent_days : int
    save_rate : float in [0, 1]
        Assumed share of those asked who then order.
    contact_cost : float, currency
    margin_share : float in [0, 1]

    Returns
    -------
    DataFrame, one row per customer
        customer_id, what, why, probability, value, cost, expected_net_value, [may_contact]
    """
    asked = rows[(rows["frequency_orders"] == 1) & (rows["recency_days"] <= recent_days)]
    value = asked["monetary_mean"].astype(float) * margin_share
    listed = asked[["customer_id"]].assign(
        what=WHAT,
        why=[f"first order {days} days ago" for days in asked["recency_days"]],
        probability=save_rate,
        value=value,
        cost=contact_cost,
        expected_net_value=value * save_rate - contact_cost,
    )
    return with_consent(listed, consents(report))
