"""Golden customers to call: cooling customers and chances -> candidates of the action list."""

import pandas as pd

from crm_helpers.measures.net_value import expected_net_value
from crm_helpers.models.cooling import STEADY
from crm_helpers.reporting.numerals import counted, number


def cooling_candidates(
    cooling: pd.DataFrame,
    chances: pd.Series,
    *,
    days_ahead: int,
    profit_share: float,
    save_rate: float,
    contact_cost: float,
) -> pd.DataFrame:
    """Golden customers who order less than usual, and what a call to each should bring.

    At stake is the profit of the days ahead at the usual pace; the chance to fall silent is
    that measured on golden customers of the same level one quarter earlier.

    Parameters
    ----------
    cooling : DataFrame, one row per golden customer
        As `models.cooling.cooling_customers` gives them.
    chances : Series of float, indexed by cooling_level
        Chance to place no order in the days ahead.
    days_ahead : int
        Days for which profit is at stake.
    profit_share : float in (0, 1]
        Share of the value that is profit: 1 where margin is known.
    save_rate : float in [0, 1]
        Share of those falling silent whom a call keeps: an assumption.
    contact_cost : float, currency

    Returns
    -------
    DataFrame, one row per golden customer who is not steady, sorted by customer
        customer_id, what, why, probability (to fall silent), value, cost, expected_net_value,
        cooling_level
    """
    level = cooling["cooling_level"].astype(str)
    rows = cooling[(level != STEADY) & (cooling["profit_per_order_day"] > 0)]
    level = level[rows.index]
    at_stake = rows["daily_order_days"] * days_ahead * rows["profit_per_order_day"] * profit_share
    probability = level.map(chances).astype(float)
    table = {
        "customer_id": rows["customer_id"],
        "what": "Call in person and ask what changed; no discount at first",
        "why": _reasons(rows),
        "probability": probability,
        "value": at_stake,
        "cost": contact_cost,
        "expected_net_value": expected_net_value(
            probability, save_rate=save_rate, value_if_kept=at_stake, cost=contact_cost
        ),
        "cooling_level": level,
    }
    return pd.DataFrame(table).reset_index(drop=True)


def _reasons(rows: pd.DataFrame) -> list[str]:
    columns = ("recent_order_days", "expected_order_days", "recency_days")
    return [
        f"ordered on {counted(int(seen), 'day')} lately where {number(usual, 1)} are usual; last "
        f"order {counted(int(ago), 'day')} ago"
        for seen, usual, ago in zip(*(rows[name] for name in columns), strict=True)
    ]
