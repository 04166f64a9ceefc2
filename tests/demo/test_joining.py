import numpy as np
import pandas as pd

from crm_helpers.demo import channels
from crm_helpers.demo.draws import Draws
from crm_helpers.demo.joining import BLOCK, paired


def persons(count: int, draws: Draws) -> pd.DataFrame:
    number = np.arange(count)
    latents = {name: draws.normal(name, number) for name in ("spend_z", "rate_z", "dropout_z")}
    return pd.DataFrame({"number": number, **latents})


def joinings(count: int, draws: Draws) -> pd.DataFrame:
    channel = draws.integers("channel", 6, np.arange(count))
    day = np.linspace(0, 1000, count)
    return pd.DataFrame({"joined_day": day, "channel": channel, "lead": np.arange(count)})


def test_every_place_is_taken_once_and_in_order_of_time():
    draws = Draws(1)
    found = paired(persons(1_200, draws), joinings(1_200, draws), draws)
    assert found["lead"].tolist() == list(range(1_200))
    assert sorted(found["number"]) == list(range(1_200))


def test_poor_channels_get_poor_customers():
    draws = Draws(2)
    found = paired(persons(6_000, draws), joinings(6_000, draws), draws)
    spend = found.groupby("channel")["spend_z"].mean()
    poor = channels.NAMES.index(channels.POOR_CHANNEL)
    assert spend[poor] < spend.drop(poor).min() - 0.2


def test_latents_do_not_move_between_blocks_of_joining_time():
    draws = Draws(3)
    found = paired(persons(2_000, draws), joinings(2_000, draws), draws)
    assert (found["number"] // BLOCK == np.arange(2_000) // BLOCK).all()
