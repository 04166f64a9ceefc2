"""What campaigns do to whom: customers on the day of contact -> true chances to respond."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from crm_helpers.demo import channels


@dataclass(frozen=True)
class Purpose:
    """One kind of campaign to customers.

    Attributes
    ----------
    from_days, to_days : int
        Contacted are customers whose last order is this many days ago (above, up to).
    contacted_share, control_share : float
        Share of them in the campaign, and share of these in the control group.
    base, orders, recency, online : float
        Log odds to respond without the contact: constant, per log(1 + orders so far), per 100 days
        since the last order, for customers of an online channel.
    contact_cost, offer_cost : float
        EUR per contact, and per response to it.
    """

    name: str
    from_days: int
    to_days: int
    contacted_share: float
    control_share: float
    base: float
    orders: float
    recency: float
    online: float
    contact_cost: float
    offer_cost: float


PURPOSES = (
    Purpose("cross_sell", -1, 120, 0.35, 0.25, -2.9, 0.35, -0.6, 0.2, 0.6, 3.0),
    Purpose("retention", 120, 300, 0.80, 0.35, -2.9, 0.45, -0.5, 0.2, 0.9, 6.0),
    Purpose("win_back", 300, 900, 0.70, 0.30, -3.6, 0.45, -0.25, 0.1, 1.2, 10.0),
)
OLD, YOUNG = 60, 40
# Points of probability that a contact adds, by purpose and group; the groups are disjoint.
CROSS_SELL_EFFECTS = {"online": 0.06, "left alone": -0.04, "others": 0.015}
RETENTION_EFFECTS = {"young": 0.12, "left alone": -0.06, "others": 0.03}
WIN_BACK_EFFECTS = {"good and recent": 0.09, "others": 0.02}
WIN_BACK_ORDERS, WIN_BACK_RECENT = 4, 500
# This campaign went to those who order most, not to a random part.
NOT_RANDOMIZED = ("cross_sell", 7)
LEAST_CHANCE = 0.003


def chances(
    state: pd.DataFrame, purpose: Purpose, layers: Collection[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Chance to respond without and with the contact, and the group that decides the effect.

    Parameters
    ----------
    state : DataFrame, one row per customer on the day of contact
        orders, recency_days, age, channel
    """
    online = np.isin(state["channel"], channels.ONLINE)
    score = (
        purpose.base
        + purpose.orders * np.log1p(state["orders"].to_numpy())
        + purpose.recency * state["recency_days"].to_numpy() / 100
        + purpose.online * online
    )
    control = special.expit(score)
    group, points = _groups(state, purpose.name, online)
    if "campaigns" not in layers:
        points = 0.0 * points
    return control, np.clip(control + points, LEAST_CHANCE, 0.95), group


def better_left_alone(state: pd.DataFrame) -> np.ndarray:
    """Customers whom a contact puts off: 60 and older, won in the store."""
    store = state["channel"].to_numpy() == channels.NAMES.index("store")
    return (state["age"].to_numpy() >= OLD) & store


def treated(state: pd.DataFrame, purpose: Purpose, campaign: int, u: np.ndarray) -> np.ndarray:
    """Who is contacted: by chance, but in one campaign mostly those with many orders."""
    if (purpose.name, campaign) != NOT_RANDOMIZED:
        return u >= purpose.control_share
    return u < np.where(state["orders"].to_numpy() >= 6, 0.9, 0.2)


def _groups(state: pd.DataFrame, purpose: str, online: np.ndarray) -> tuple:
    alone = better_left_alone(state)
    if purpose == "cross_sell":
        return _points(CROSS_SELL_EFFECTS, {"left alone": alone, "online": online})
    if purpose == "retention":
        young = state["age"].to_numpy() < YOUNG
        return _points(RETENTION_EFFECTS, {"left alone": alone, "young": young})
    good = state["orders"].to_numpy() >= WIN_BACK_ORDERS
    recent = state["recency_days"].to_numpy() < WIN_BACK_RECENT
    return _points(WIN_BACK_EFFECTS, {"good and recent": good & recent})


def _points(effects: dict, groups: dict) -> tuple[np.ndarray, np.ndarray]:
    names = np.select(list(groups.values()), list(groups), default="others")
    points = np.select(
        list(groups.values()), [effects[name] for name in groups], default=effects["others"]
    )
    return names, points
