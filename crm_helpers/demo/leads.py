"""Leads: who showed interest -> who was contacted, who answered, who became a customer and when."""

from collections.abc import Collection

import numpy as np
import pandas as pd
from scipy import special

from crm_helpers.demo import channels
from crm_helpers.demo.clock import DAYS, day_number
from crm_helpers.demo.draws import Draws
from crm_helpers.demo.quarters import CAMPAIGN_DAYS

LEADS_PER_CUSTOMER = 1.5
ASKED_FOR = ("catalogue", "voucher", "newsletter")
ASKED_FOR_SHARES = (0.35, 0.40, 0.25)
CONVERSION_PAGES = 0.45  # per standard deviation of log(1 + pages viewed)
CONVERSION_ASKED_FOR = (0.2, 0.1, -0.5)
CONVERSION_DAYS = (16.0, 9.0, 28.0)  # median days to conversion, by what was asked for
CONVERSION_SPREAD = 0.9  # standard deviation of log days

CONTACTED_SHARE = 0.75
CONTROL_SHARE = 0.25
OFFERS = ("voucher 10 euro", "free delivery")
RESPONSE_BASE = -3.0
RESPONSE_PAGES = 0.35
RESPONSE_ASKED_FOR = (0.0, 0.5, -0.3)
EFFECT = 0.05
EFFECT_VOUCHER = 0.05  # more for the voucher, among those who asked for one
EFFECT_TRADE_FAIR = -0.07  # they have a personal contact already; sum is negative
CONVERSION_OF_RESPONDERS = 0.30
CONTACT_COST = 0.9
OFFER_COST = (10.0, 4.9)


def leads(draws: Draws, number: np.ndarray, layers: Collection[str]) -> pd.DataFrame:
    """All leads with their campaign, answer and conversion, one row per lead.

    Returns
    -------
    DataFrame, one row per lead
        created_day, converted_day : float; inf where it never converts
        channel, asked_for, pages_viewed : int
        p_convert : float, chance to convert without a campaign
        campaign : int, number of the quarter's campaign, -1 where not contacted
        is_treated, responded : bool; offer : int
        p_control, p_treated : float, chance to respond without and with the contact
    """
    frame = pd.DataFrame({"number": number, "created_day": _created(draws, number)})
    frame["channel"] = _channel(draws, frame, layers)
    pages = np.floor(np.exp(1.2 + 0.8 * draws.normal("lead.pages", number)))
    frame["pages_viewed"] = np.minimum(pages, 60).astype(np.int64)
    frame["asked_for"] = draws.pick("lead.asked for", np.array(ASKED_FOR_SHARES), number)
    frame["pages_z"] = (np.log1p(frame["pages_viewed"]) - 1.36) / 0.69
    frame["p_convert"] = conversion_chance(frame)
    frame["converted_day"] = _converted(draws, frame)
    return _contacted(frame, draws, layers)


def conversion_chance(frame: pd.DataFrame) -> np.ndarray:
    """True chance to become a customer by itself, given channel, pages viewed and the question."""
    base = special.logit(channels.column("conversion")[frame["channel"]])
    asked_for = np.array(CONVERSION_ASKED_FOR)[frame["asked_for"]]
    return special.expit(base + CONVERSION_PAGES * frame["pages_z"] + asked_for).to_numpy()


def response_chances(frame: pd.DataFrame, layers: Collection[str]) -> tuple:
    """True chances to respond without and with the contact."""
    asked_for = frame["asked_for"].to_numpy()
    score = RESPONSE_BASE + RESPONSE_PAGES * frame["pages_z"].to_numpy()
    control = special.expit(score + np.array(RESPONSE_ASKED_FOR)[asked_for])
    fair = frame["channel"].to_numpy() == channels.NAMES.index("trade_fair")
    voucher = (frame["offer"].to_numpy() == 0) & (asked_for == 1)
    effect = EFFECT + EFFECT_VOUCHER * voucher + EFFECT_TRADE_FAIR * fair
    effect = effect if "campaigns" in layers else 0.0 * effect
    return control, np.clip(control + effect, 0.002, 0.95)


def _created(draws: Draws, number: np.ndarray) -> np.ndarray:
    u = draws.uniform("lead.created", number)
    return np.minimum((np.sqrt(1 + 3 * u) - 1) * DAYS, DAYS - 0.01)


def _channel(draws: Draws, frame: pd.DataFrame, layers: Collection[str]) -> np.ndarray:
    number = frame["number"].to_numpy()
    channel = draws.pick("lead.channel", channels.column("lead_share"), number)
    if "new_channel" not in layers:
        return channel
    is_new = draws.happens("lead.new channel", channels.NEW_CHANNEL_SHARE, number)
    is_new &= frame["created_day"].to_numpy() >= day_number(channels.NEW_CHANNEL_FROM)
    return np.where(is_new, channels.NAMES.index(channels.NEW_CHANNEL), channel)


def _converted(draws: Draws, frame: pd.DataFrame) -> np.ndarray:
    number = frame["number"].to_numpy()
    converts = draws.happens("lead.converts", frame["p_convert"].to_numpy(), number)
    median = np.array(CONVERSION_DAYS)[frame["asked_for"]]
    wait = median * np.exp(CONVERSION_SPREAD * draws.normal("lead.days", number))
    return np.where(converts, frame["created_day"] + wait, np.inf)


def _contacted(frame: pd.DataFrame, draws: Draws, layers: Collection[str]) -> pd.DataFrame:
    number, created = frame["number"].to_numpy(), frame["created_day"].to_numpy()
    campaign = np.searchsorted(CAMPAIGN_DAYS, created + 1)
    day = np.append(CAMPAIGN_DAYS, np.inf)[campaign]
    contacted = draws.happens("lead.contacted", CONTACTED_SHARE, number)
    contacted &= (frame["converted_day"].to_numpy() > day) & (day - created < 93)
    frame["campaign"] = np.where(contacted, campaign, -1)
    frame["contacted_day"] = np.where(contacted, day, np.inf)
    frame["offer"] = draws.integers("lead.offer", len(OFFERS), number)
    frame["is_treated"] = ~draws.happens("lead.control", CONTROL_SHARE, number)
    frame["p_control"], frame["p_treated"] = response_chances(frame, layers)
    chance = np.where(frame["is_treated"], frame["p_treated"], frame["p_control"])
    frame["responded"] = contacted & draws.happens("lead.responds", chance, number)
    wait = 0.05 + 29 * draws.uniform("lead.response wait", number) ** 2
    frame["responded_day"] = np.where(frame["responded"], frame["contacted_day"] + wait, np.inf)
    return _won_by_campaign(frame, draws, layers)


def _won_by_campaign(frame: pd.DataFrame, draws: Draws, layers: Collection[str]) -> pd.DataFrame:
    number = frame["number"].to_numpy()
    won = frame["responded"] & np.isinf(frame["converted_day"]) & ("campaigns" in layers)
    won &= draws.happens("lead.won", CONVERSION_OF_RESPONDERS, number)
    wait = 1 + 25 * draws.uniform("lead.won wait", number)
    frame.loc[won, "converted_day"] = (frame["responded_day"] + wait)[won]
    frame["is_won_by_campaign"] = won
    return frame
