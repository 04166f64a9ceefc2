"""How often the unhappy are said to buy less where mood and orders have nothing to do.

Seeds here were used for nothing else; the bound is what a right rate exceeds once in a thousand.
"""

import logging

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, norm

from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.models.satisfaction.behaviour_link import behaviour_link

pytestmark = pytest.mark.slow

RUNS = 400


def world(rng: np.random.Generator, customers: int, times: int, unhappy: float, lapsed: float):
    """Mood and lapses both hang on earlier orders and on the customer, not on each other."""
    own = np.repeat(np.arange(customers), rng.integers(1, times + 1, customers))
    wave = np.concatenate([rng.permutation(4)[:n] for n in np.bincount(own)])
    orders = rng.integers(1, 15, customers)[own]
    tilt = 0.4 * (np.log1p(orders) - 2)

    def happens(share: float) -> np.ndarray:
        kept, fresh = rng.normal(size=customers)[own], rng.normal(size=len(own))
        return np.sqrt(0.5) * (kept + fresh) < norm.ppf(share) - tilt

    return pd.DataFrame(
        {
            "customer_id": own,
            "wave": wave,
            "orders_before": orders,
            "revenue_before": orders * rng.lognormal(3, 1, customers)[own],
            "recency_days": rng.integers(1, 365, customers)[own],
            "unhappy": happens(unhappy),
            "lapsed": happens(lapsed),
        }
    )


@pytest.mark.parametrize(
    ("customers", "times", "unhappy", "lapsed", "seed"),
    [
        (100, 1, 0.1, 0.5, 91),
        (190, 2, 0.22, 0.5, 92),
        (190, 2, 0.22, 0.1, 93),
        (190, 2, 0.05, 0.1, 94),
        (80, 3, 0.2, 0.4, 95),
        (900, 3, 0.1, 0.1, 96),
    ],
)
def test_unhappy_are_said_to_lapse_where_they_do_not(customers, times, unhappy, lapsed, seed):
    rng, false, held, tries = np.random.default_rng(seed), 0, 0, 0
    while tries < RUNS:
        rows = world(rng, customers, times, unhappy, lapsed)
        if min(rows["unhappy"].sum(), rows["lapsed"].sum()) < 2:
            continue
        link = behaviour_link(rows, "unhappy", "lapsed", min_answers=50, seed=tries)
        tries += 1
        false += link.is_shown
        held += link.low <= 0 <= link.high
    rate = 1 - CLAIM_LEVEL
    logging.info(f"lapses {customers} {unhappy} {lapsed}: {false} false, {held} hold, of {tries}")
    assert false <= binom.ppf(0.999, tries, rate)
    assert held >= binom.ppf(0.001, tries, 0.95)
