"""Golden customers to call: cooling customers and chances -> candidates of the action list."""

from functools import partial

import pandas as pd

from crm_helpers.measures.value.cooling import STEADY
from crm_helpers.measures.value.net_value import expected_net_value
from crm_helpers.measures.value.profit_basis import MARGIN
from crm_helpers.page.numerals import counted, number
from crm_helpers.page.section import unless_absent


@unless_absent
def candidates(
    cooling: pd.DataFrame,
    chances: pd.DataFrame,
    *,
    days_ahead: int,
    profit_share: float,
    save_rate: float,
    contact_cost: float,
) -> pd.DataFrame:
    """Golden customers silent for longer than usual, and what a call to each should bring.

    At stake is the profit of the days ahead at the usual pace; the chance to fall silent is
    that measured on golden customers of the same level one quarter earlier.

    Parameters
    ----------
    cooling : DataFrame, one row per golden customer
        As `cooling.with_level` gives them.
    chances : DataFrame, indexed by cooling_level
        silent_chance and silent_low, to place no order in the days ahead, as `cooling.chances`
        gives them.
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
        net_value_low (at the low end of the chance; a chance seen on nobody is 0), cooling_level
    """
    level = cooling["cooling_level"].astype(str)
    rows = cooling[level != STEADY]
    level = level[rows.index]
    at_stake = rows["profit_per_day"] * days_ahead * profit_share
    probability = level.map(chances["silent_chance"]).astype(float)
    seldom = level.map(chances["silent_low"].fillna(0.0)).astype(float)
    worth = partial(
        expected_net_value, save_rate=save_rate, value_if_kept=at_stake, cost=contact_cost
    )
    table = {
        "customer_id": rows["customer_id"],
        "what": "Call in person and ask what changed; no discount at first",
        "why": _reasons(rows),
        "probability": probability,
        "value": at_stake,
        "cost": contact_cost,
        "expected_net_value": worth(probability),
        "net_value_low": worth(seldom),
        "cooling_level": level,
    }
    return pd.DataFrame(table).reset_index(drop=True)


def profit_share(basis: str, *, margin_share: float) -> float:
    """Share of a customer's value that is profit: all of a margin, a part of revenue."""
    return 1.0 if basis == MARGIN else margin_share


def _reasons(rows: pd.DataFrame) -> list[str]:
    return [
        f"no order for {counted(int(ago), 'day')}; one every {number(gap)} days is usual"
        for ago, gap in zip(rows["recency_days"], rows["usual_gap_days"], strict=True)
    ]
