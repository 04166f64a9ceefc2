"""Best customers then and next: by hand, and under pure luck."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.value.top_persistence import (
    tenths_then_and_next,
    top_customers,
    top_persistence,
)


def test_shares_of_five_customers_by_hand():
    then = pd.Series({"a": 60.0, "b": 20.0, "c": 10.0, "d": 10.0, "e": 0.0})
    following = pd.Series({"a": 30.0, "b": 30.0, "n": 40.0})
    found = top_persistence(then, following)
    assert (found.picked, found.share_then) == (1, 0.6)
    assert found.share_next == pytest.approx(0.3)
    assert found.share_next_same == pytest.approx(0.5)
    assert found.best_next == pytest.approx(0.4)
    assert found.already_picked == 0


def test_steady_customers_bring_the_same_next():
    then = pd.Series(np.arange(1.0, 101), index=[f"c{n:03d}" for n in range(100)])
    found = top_persistence(then, then)
    assert found.share_next == found.share_then == found.best_next
    assert found.already_picked == 1


def test_pure_luck_leaves_a_fifth_to_the_best_fifth():
    rng = np.random.default_rng(0)
    then, following = (pd.Series(rng.exponential(size=20_000)) for _ in range(2))
    found = top_persistence(then, following)
    assert found.share_then > 0.5
    assert found.interval.low < 0.2 < found.interval.high


@pytest.mark.slow
def test_the_interval_covers_what_a_larger_world_would_show():
    rng = np.random.default_rng(1)
    hits = 0
    for _ in range(300):
        rate = rng.gamma(1.0, size=500)
        then = pd.Series(rate * rng.exponential(size=500))
        following = pd.Series(rate * rng.exponential(size=500))
        found = top_persistence(then, following)
        hits += found.interval.low <= _LARGE_WORLD <= found.interval.high
    assert hits / 300 > 0.88


_RATE = np.random.default_rng(2).gamma(1.0, size=400_000)
_LARGE_WORLD = top_persistence(
    pd.Series(_RATE * np.random.default_rng(3).exponential(size=400_000)),
    pd.Series(_RATE * np.random.default_rng(4).exponential(size=400_000)),
).share_next


def test_equal_values_are_picked_in_the_order_of_their_ids():
    value = pd.Series({"b": 1.0, "a": 1.0, "c": 1.0})
    assert top_customers(value, 0.34).tolist() == ["a", "b"]


def test_tenths_add_up_with_the_newcomers():
    then = pd.Series(np.arange(20.0), index=[f"c{n:02d}" for n in range(20)])
    following = pd.Series({"c19": 5.0, "n1": 15.0})
    rows = tenths_then_and_next(then, following)
    assert rows["share_then"].sum() == pytest.approx(1)
    assert rows["share_next"].tolist() == [0.25, *[0] * 9, 0.75]
    assert rows["tenth"].tolist()[-1] == "new since"


def test_a_second_period_that_lost_money_has_no_shares():
    with pytest.raises(ValueError, match="1 customers together bring -5.00"):
        top_persistence(pd.Series({"a": 1.0}), pd.Series({"a": -5.0}))
