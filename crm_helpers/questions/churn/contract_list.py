"""List of contracts to keep: chances by cause + fees -> candidates of the action list."""

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.loss_forecast import LossForecast, loss_forecast
from crm_helpers.measures.value.net_value import expected_net_value
from crm_helpers.models.propensity.contributions import contributions
from crm_helpers.models.propensity.reasons import reasons
from crm_helpers.models.survival.contract_phrases import CONTRACT_PHRASES
from crm_helpers.page.report import Report
from crm_helpers.questions.churn.contract_study import Contracts
from crm_helpers.questions.consents import consents, with_consent

STAY = "Ask what is wrong and offer a reason to stay"
REPAIR = "Repair the payment before the contract ends by itself"
SPARE = 2.0


def fees_ahead(report: Report, rows: pd.DataFrame) -> pd.Series:
    """Fees of a contract over the months ahead, if it runs on.

    Parameters
    ----------
    report : Report
        Parameter horizon_months.
    rows : DataFrame, one row per contract
        With monthly_fee.

    Returns
    -------
    Series of float, in currency; zero where the source has no fees
    """
    if "monthly_fee" not in rows:
        return pd.Series(0.0, index=rows.index)
    return rows["monthly_fee"].astype(float).fillna(0.0) * report.p.horizon_months


def contract_forecast(report: Report, contracts: Contracts) -> LossForecast:
    """Expected ends and the fees that go with them, with predictive intervals."""
    rows = contracts.scored
    return loss_forecast(
        rows["probability"],
        fees_ahead(report, rows),
        level_errors=contracts.study.level_errors,
        seed=report.seed,
    )


def contract_candidates(report: Report, contracts: Contracts) -> pd.DataFrame:
    """Contracts scored, with what to do, reason, value and expected net value of a contact.

    Parameters
    ----------
    report : Report
        Parameters save_rate, margin_share, contact_cost, capacity.
    contracts : Contracts

    Returns
    -------
    DataFrame, one row per customer
        customer_id, what, why, probability, value, cost, expected_net_value, [may_contact]
    """
    rows = contracts.scored if contracts.finds_something else contracts.scored.head(0)
    worth = fees_ahead(report, rows) * report.p.margin_share
    net = expected_net_value(
        rows["probability"],
        save_rate=report.p.save_rate,
        value_if_kept=worth,
        cost=report.p.contact_cost,
    )
    candidates = pd.DataFrame(
        {
            "customer_id": rows["customer_id"],
            "what": np.where(_is_payment(rows), REPAIR, STAY),
            "why": "",
            "probability": rows["probability"],
            "value": worth,
            "cost": report.p.contact_cost,
            "expected_net_value": net,
        }
    )
    candidates = with_consent(candidates, consents(report))
    return candidates.assign(why=_why(report, contracts, candidates))


def contract_promises(contracts: Contracts) -> pd.DataFrame:
    """Predictions for the ledger, one per contract scored; none for a snapshot without dates.

    Parameters
    ----------
    contracts : Contracts

    Returns
    -------
    DataFrame, one row per contract
        subject : str, value : float in [0, 1]
    """
    can_be_seen = contracts.finds_something and contracts.is_dated
    rows = contracts.scored if can_be_seen else contracts.scored.head(0)
    return pd.DataFrame({"subject": rows["customer_id"], "value": rows["probability"]})


def _is_payment(rows: pd.DataFrame) -> pd.Series:
    if "p_involuntary" not in rows:
        return pd.Series(False, index=rows.index)
    return rows["p_involuntary"] > rows["p_voluntary"]


def _why(report: Report, contracts: Contracts, candidates: pd.DataFrame) -> pd.Series:
    allowed = candidates.get("may_contact", pd.Series(True, index=candidates.index))
    worth = candidates[allowed & (candidates["expected_net_value"] > 0)]
    room = int(np.ceil(report.p.capacity * SPARE))
    best = worth.nlargest(room, "expected_net_value").index.sort_values()
    if not len(best):
        return candidates["why"]
    rows = contracts.scored.loc[best]
    values = contributions(contracts.study.leading.propensity, rows, seed=report.seed).values
    said = reasons(values, rows, phrases=CONTRACT_PHRASES)
    return candidates["why"].mask(candidates.index.isin(best), said.reindex(candidates.index))
