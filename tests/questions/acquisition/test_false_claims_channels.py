"""How often a channel is called the poorest or the best where all are alike: counted."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.effects.standouts import highest_rate, lowest_cost
from crm_helpers.questions.acquisition.channels import values

pytestmark = pytest.mark.slow

SHUFFLES = 400
# Chance of one false claim is 0.0025: one of 400 is to be expected, over five in 1 of 1,500 runs.
MOST_FALSE = 5
SIZES = {"fair": 40, "web": 60, "phone": 120, "shop": 200, "app": 300}
MONTHS = pd.DataFrame(
    {"group": ["web"], "month": [1], "customers_observed": [60], "money_sum": [1.0]}
)
COSTS = pd.DataFrame(
    {"cost_each": 1.0, "conversion": 0.1, "is_young": False}
    | {"leads": 100, "customers": 10, "cost": 10.0},
    index=pd.Index(SIZES, name="channel"),
)


def skewed(rng, count):
    return rng.lognormal(3.5, 1.2, count) * (rng.uniform(size=count) < 0.7)


def gamma(rng, count):
    return rng.gamma(0.5, 100, count)


@pytest.mark.parametrize(("draw", "seed"), [(skewed, 88123), (gamma, 88124)])
def test_channels_alike_have_hardly_ever_a_poorest_or_a_best(shop, monkeypatch, draw, seed):
    rng, report = np.random.default_rng(seed), shop()
    monkeypatch.setattr(report, "features", lambda function, margin_share: MONTHS)
    channel = np.repeat(list(SIZES), list(SIZES.values()))
    poorest = best = 0
    for _ in range(SHUFFLES):
        worth = pd.DataFrame({"channel": channel, "is_lost": False})
        worth["money"] = draw(rng, len(worth))
        found = values(report, COSTS, worth, margin_share=0.5, min_group=30)
        poorest += bool(found["is_poorest"].any())
        best += bool(found["is_best"].any())
    print(f"poorest {poorest}, best {best} of {SHUFFLES}, expected 1 each")  # noqa: T201
    assert max(poorest, best) <= MOST_FALSE


@pytest.mark.parametrize(("rate", "seed"), [(0.03, 88125), (0.3, 88126)])
def test_channels_alike_hardly_ever_convert_best_or_cheapest(rate, seed):
    """Leads of unlike price, so dear that a customer costs the same in each channel."""
    rng, sizes = np.random.default_rng(seed), pd.Series(SIZES) * 10
    converts = cheap = 0
    for _ in range(5 * SHUFFLES):
        won = pd.Series(rng.binomial(sizes, rate), sizes.index)
        converts += highest_rate(won, sizes) is not None
        rates = rate * np.array([0.5, 1, 1, 2, 3]) if rate < 0.1 else np.full(5, rate)
        won = pd.Series(rng.binomial(sizes, rates), sizes.index)
        cheap += lowest_cost(sizes * rates * 40.0, won, sizes) is not None
    print(f"converts {converts}, cheapest {cheap} of {5 * SHUFFLES}, expected 5")  # noqa: T201
    assert max(converts, cheap) <= 12  # more in one of 500 such tests
