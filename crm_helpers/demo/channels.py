"""Channels that win customers: their share, conversion, cost and the customers they bring."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

NEW_CHANNEL = "partner_app"
NEW_CHANNEL_FROM = dt.date(2026, 7, 1)
NEW_CHANNEL_SHARE = 0.30
POOR_CHANNEL = "coupon_portal"


@dataclass(frozen=True)
class Channel:
    """One channel.

    Attributes
    ----------
    lead_share, walk_in_share : float
        Share of the leads, and of the customers who come without having been a lead.
    conversion : float
        Chance that an average lead becomes a customer by itself.
    lead_cost : float
        EUR per lead.
    quality : float
        How good its customers are (spend, rate, staying), in standard deviations of a rank score.
    """

    name: str
    lead_share: float
    walk_in_share: float
    conversion: float
    lead_cost: float
    quality: float


CHANNELS = (
    Channel("store", 0.0, 0.62, 0.0, 0.0, 0.1),
    Channel("web", 0.0, 0.38, 0.0, 0.0, 0.0),
    Channel("search_ads", 0.28, 0.0, 0.22, 6.0, 0.3),
    Channel("social_ads", 0.27, 0.0, 0.14, 3.0, -0.3),
    Channel(POOR_CHANNEL, 0.25, 0.0, 0.34, 1.2, -2.0),
    Channel("referral", 0.10, 0.0, 0.40, 4.0, 1.0),
    Channel("trade_fair", 0.10, 0.0, 0.18, 9.0, 0.2),
    Channel(NEW_CHANNEL, 0.0, 0.0, 0.30, 2.5, 0.0),
)
NAMES = tuple(channel.name for channel in CHANNELS)
ONLINE = tuple(NAMES.index(name) for name in ("web", "search_ads", "social_ads", NEW_CHANNEL))


def column(name: str) -> np.ndarray:
    """One attribute of all channels, in their order."""
    return np.array([getattr(channel, name) for channel in CHANNELS])
