"""What a lapse costs, by hand and in a company whose law is known."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.value.lapse_loss import lapse_loss


def frame(**changed):
    rows = pd.DataFrame(
        {
            "pace": [100.0, 100, 100, 100],
            "recency_days": [10, 10, 10, 10],
            "lapsed": [True, True, False, False],
            "later": [0.0, 40, 60, 120],
        }
    )
    return rows.assign(**changed)


def test_a_lapse_costs_the_difference_not_the_whole():
    found = lapse_loss(frame(), groups=1, fewest=1)
    assert found.lost_share == pytest.approx((90 - 20) / 100)
    told = found.by_value.iloc[0]
    assert (told["customers"], told["lapsed_customers"]) == (4, 2)
    assert (told["pace_mean"], told["stayed_mean"], told["lapsed_mean"]) == (100, 90, 20)


def test_those_who_lapse_and_bring_more_cost_nothing():
    assert lapse_loss(frame(later=[9.0, 9, 1, 1]), groups=1, fewest=1).lost_share == 0


def test_like_is_compared_with_like():
    # The long silent bring little either way: all together make a lapse look dear.
    silent = frame(recency_days=200, later=[0.0, 4, 4, 8], lapsed=[True, True, True, False])
    rows = pd.concat([frame(), silent], ignore_index=True)
    found = lapse_loss(rows, groups=2, fewest=1)
    share = found.share(pd.Series([100.0, 100.0]), pd.Series([10, 200]))
    assert share.tolist() == pytest.approx([0.70, (8 - 8 / 3) / 100])


def test_a_group_with_too_few_takes_the_share_of_all():
    found = lapse_loss(frame(), groups=2, fewest=3)
    assert found.share(pd.Series([100.0]), pd.Series([10])).tolist() == pytest.approx([0.7])


def test_customers_who_brought_nothing_lose_nothing():
    found = lapse_loss(frame(pace=[0.0, 0, 100, 100]), groups=1, fewest=1)
    assert (found.share(pd.Series([0.0]), pd.Series([10])) * 0.0).tolist() == [0.0]


def test_in_a_company_where_nobody_leaves_a_lapse_costs_what_it_held_back():
    """Poisson at one pace: a silent quarter costs that quarter, and nothing after it."""
    rng = np.random.default_rng(20261128)
    size, pace = 40_000, 4.0
    first, rest = rng.poisson(pace / 4, size), rng.poisson(pace * 3 / 4, size)
    rows = pd.DataFrame(
        {
            "pace": pace,
            "recency_days": rng.integers(0, 90, size),
            "lapsed": first == 0,
            "later": (first + rest).astype(float),
        }
    )
    kept = (pace / 4) / (1 - np.exp(-pace / 4))  # orders of a quarter that has one
    found = lapse_loss(rows)
    assert found.lost_share == pytest.approx(kept / pace, abs=0.01)
    assert found.groups["lost_share"].tolist() == pytest.approx([kept / pace] * 5, abs=0.03)
