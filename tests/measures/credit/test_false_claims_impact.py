"""How often a group is said to be approved less often where the group decides nothing.

Seeds here were used for nothing else. Bounds are what counts with the right rate exceed in fewer
than one run of a thousand.
"""

import logging

import numpy as np
import pytest
from scipy.stats import binom

from crm_helpers.measures.credit.disparate_impact import disparate_impact, independence_chance
from crm_helpers.measures.statistics.claims import claim_level

pytestmark = pytest.mark.slow

RUNS = 400
OF_ANY = 1 - claim_level()  # a gap may be found in either direction


def most(rate: float, tries: int = RUNS) -> int:
    """Count that a rate exceeds in fewer than one of a thousand repetitions."""
    return int(binom.ppf(0.999, tries, rate))


def idle(rng: np.random.Generator, customers: int, rate: float, often: bool) -> tuple:
    """Decisions of customers; those who come up to four times are decided mostly alike."""
    times = rng.integers(1, 5, customers) if often else np.ones(customers, int)
    own = rng.beta(rate, 1 - rate, customers) if often else np.full(customers, rate)
    who = np.repeat(np.arange(customers), times)
    return rng.random(len(who)) < own[who], who


@pytest.mark.parametrize("often", [False, True], ids=["once", "often"])
@pytest.mark.parametrize(
    ("kinds", "customers", "rate", "seed"),
    [
        ((4,), 1_000, 0.6, 911),
        ((6,), 1_000, 0.6, 912),
        ((2, 3, 4), 1_000, 0.6, 913),
        ((6,), 300, 0.95, 914),
    ],
    ids=["4", "6", "2+3+4", "6 small, nearly all approved"],
)
def test_groups_of_some_attributes(kinds, customers, rate, seed, often):
    rng, unlike, pairs = np.random.default_rng(seed), 0, 0
    for _ in range(RUNS):
        given, who = idle(rng, customers, rate, often)
        groups = [rng.integers(0, kind, customers)[who] for kind in kinds]
        found = [disparate_impact(given, of, who, attributes=len(kinds)) for of in groups]
        unlike += any(one.is_unlike for one in found)
        pairs += any(one.names_a_pair for one in found)
    logging.info(f"impact {kinds} {often}: unlike {unlike}, pair {pairs} of {RUNS}")
    assert pairs <= unlike <= most(OF_ANY)


@pytest.mark.parametrize("often", [False, True], ids=["once", "often"])
def test_chances_are_uniform_where_nothing_is(often):
    rng = np.random.default_rng(915)
    found = []
    for _ in range(RUNS):
        given, who = idle(rng, 500, 0.7, often)
        found.append(independence_chance(given, rng.integers(0, 4, 500)[who], who, draws=999))
    under = sum(chance <= 0.05 for chance in found)
    logging.info(f"chances up to 0.05, {often}: {under} of {RUNS}")
    assert binom.ppf(0.001, RUNS, 0.05) <= under <= most(0.05)
