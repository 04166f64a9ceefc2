"""Who joined when and by which channel: leads and walk-ins -> the joining of each customer.

Channels differ in the customers they bring, yet the laws of rate, dropout and spend stay exact:
places (a day and a channel) and customers are paired by rank within small blocks of joining time,
so latents are neither changed nor tied to the day of joining.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from crm_helpers.demo import channels
from crm_helpers.demo.clock import DAYS, day_number
from crm_helpers.demo.draws import Draws

BLOCK = 500
LAUNCH_SHARE = 0.35  # of the walk-ins join in the first weeks
LAUNCH_DAYS = 75
PAIRING_NOISE = 1.3
# What makes a good customer: standard deviations of spend, rate and dropout.
QUALITY = {"spend_z": 0.55, "rate_z": 0.45, "dropout_z": -0.45}


def places(
    draws: Draws, number: np.ndarray, leads: pd.DataFrame, layers: Collection[str]
) -> pd.DataFrame:
    """As many joinings as customers, oldest first: converted leads, then walk-ins.

    Returns
    -------
    DataFrame, one row per joining
        joined_day : float
        channel : int
        lead : int, position of the lead, -1 for a walk-in
    """
    converted = np.flatnonzero(leads["converted_day"].to_numpy() < DAYS)[: len(number)]
    walk_in = number[len(converted) :]
    channel = draws.pick("walk-in.channel", channels.column("walk_in_share"), walk_in)
    day = _walk_in_day(draws, walk_in)
    if "new_channel" in layers:
        is_new = draws.happens("walk-in.new channel", channels.NEW_CHANNEL_SHARE, walk_in)
        is_new &= (day >= day_number(channels.NEW_CHANNEL_FROM)) & (channel == 1)
        channel = np.where(is_new, channels.NAMES.index(channels.NEW_CHANNEL), channel)
    won = leads.iloc[converted]
    frame = pd.DataFrame(
        {
            "joined_day": np.concatenate([won["converted_day"], day]),
            "channel": np.concatenate([won["channel"], channel]),
            "lead": np.concatenate([converted, np.full(len(walk_in), -1)]),
        }
    )
    return frame.sort_values("joined_day", kind="stable", ignore_index=True)


def _walk_in_day(draws: Draws, number: np.ndarray) -> np.ndarray:
    u = draws.uniform("walk-in.joined", number)
    launch = u < LAUNCH_SHARE
    rest = np.clip((u - LAUNCH_SHARE) / (1 - LAUNCH_SHARE), 0, 1)
    rising = (np.sqrt(1 + 3 * rest) - 1) * DAYS
    return np.where(launch, LAUNCH_DAYS * u / LAUNCH_SHARE, np.minimum(rising, DAYS - 0.01))


def paired(people: pd.DataFrame, places: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """People with the day, channel and lead of their place, oldest first.

    Good customers go to good channels, with noise, within blocks of joining time.
    """
    number = people["number"].to_numpy()
    block = np.arange(len(people)) // BLOCK
    worth = sum(weight * people[column] for column, weight in QUALITY.items())
    worth = worth + PAIRING_NOISE * draws.normal("pairing.customer", number)
    quality = channels.column("quality")[places["channel"]]
    quality = quality + PAIRING_NOISE * draws.normal("pairing.place", number)
    by_worth, by_quality = np.lexsort([worth, block]), np.lexsort([quality, block])
    place = np.empty(len(people), int)
    place[by_worth] = by_quality
    people = people.assign(**{name: places[name].to_numpy()[place] for name in places})
    return people.sort_values("joined_day", kind="stable", ignore_index=True)
