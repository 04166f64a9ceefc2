"""What a lapse cost those who lapsed, by hand and where the law is known."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.measures.value.lapse_share import lapse_share


def company(rng, size, cost):
    """Skewed paces; the long silent lapse more often and bring less whether they do or not."""
    pace = rng.lognormal(4, 0.8, size)
    silence = rng.integers(0, 300, size)
    lapsed = rng.random(size) < 0.1 + 0.6 * silence / 300
    keeps = 0.9 - 0.5 * silence / 300 - cost * lapsed
    later = pace * rng.gamma(0.8, keeps / 0.8)
    return pd.DataFrame({"pace": pace, "recency_days": silence, "lapsed": lapsed, "later": later})


def test_by_hand_the_difference_is_taken_over_the_pace():
    rows = pd.DataFrame(
        {
            "pace": 100.0,
            "recency_days": 10,
            "lapsed": [True, True, False, False],
            "later": [0.0, 40, 60, 120],
        }
    )
    assert lapse_share(rows, groups=1, fewest=1).share == pytest.approx((90 - 20) / 100)


def test_like_is_compared_with_like_and_those_who_lapsed_count():
    """Three in four of the silent lapse and lose 0.2 of 100, of the others one in four, 0.5."""
    rows = pd.DataFrame(
        {
            "pace": 100.0,
            "recency_days": np.repeat([10, 200], 8),
            "lapsed": [True] * 2 + [False] * 6 + [True] * 6 + [False] * 2,
            "later": [30.0] * 2 + [80.0] * 6 + [0.0] * 6 + [20.0] * 2,
        }
    )
    found = lapse_share(rows, groups=2, fewest=2)
    assert found.share == pytest.approx((2 * 0.5 + 6 * 0.2) / 8)  # all together: 0.575


def test_a_lapse_that_costs_nothing_is_not_made_to_cost_by_chance():
    rows = company(np.random.default_rng(0), 4000, cost=0.0)
    found = lapse_share(rows, interval_level=CLAIM_LEVEL)
    assert found.low < 0 < found.high


def test_the_order_of_rows_changes_no_share():
    rows = company(np.random.default_rng(1), 500, cost=0.2)
    again = lapse_share(rows.sample(frac=1, random_state=2))
    assert again.share == pytest.approx(lapse_share(rows).share, rel=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize(("size", "cost"), [(600, 0.2), (600, 0.0)])
def test_the_interval_holds_what_a_lapse_costs(size, cost):
    """The long silent would bring less anyway; within a fifth of silence a little of that stays."""
    rng, runs = np.random.default_rng(20261211 + size), 400
    truth = lapse_share(company(np.random.default_rng(7), 2_000_000, cost), fewest=20).share
    inside = claimed = 0
    for run in range(runs):
        rows = company(rng, size, cost)
        low, high = lapse_share(rows, seed=run)[1:3]
        inside += low <= truth <= high
        claimed += low > 0 if cost == 0 else 0
    print(f"{size}, {cost}: inside {inside}, claimed {claimed} of {runs}, truth {truth:.3f}")  # noqa: T201
    assert inside >= binom.ppf(0.001, runs, 0.93)
