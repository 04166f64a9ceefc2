"""Golden customers silent for longer than usual, in a world where we know who stopped."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.survival.cooling import (
    cooling_customers,
    golden_customers,
    so_long_a_silence,
)
from crm_helpers.models.survival.order_pace import OrderPace


@pytest.fixture(scope="module")
def world():
    """Steady buyers of unlike pace; every fifth stopped 60 to 200 days ago."""
    rng = np.random.default_rng(3)
    pace = rng.gamma(1.5, 1 / 40, size=4_000)
    stopped = np.where(rng.random(4_000) < 0.2, rng.integers(60, 200, size=4_000), 0)
    orders = rng.poisson(pace * (365 - stopped))
    # The time from the last of n uniform orders to the stop; nobody without one is golden.
    quiet = (365 - stopped) * (1 - rng.random(4_000) ** (1 / np.maximum(orders, 1)))
    since = (stopped + quiet).astype(int)
    rows = pd.DataFrame(
        {
            "customer_id": [f"c{n:04d}" for n in range(4_000)],
            "order_days": orders,
            "watched_days": 365,
            "recency_days": since,
            "tenure_days": 800,
        }
    )
    profit = pd.Series(orders * 10.0 + 1, index=rows["customer_id"])
    return rows, profit, pd.Series(stopped > 0, index=rows["customer_id"])


@pytest.fixture(scope="module")
def found(world):
    pace, profit, _ = world
    return cooling_customers(pace, profit, golden_share=0.5).set_index("customer_id")


def test_only_golden_customers_are_looked_at(world, found):
    assert len(found) == 2_000
    assert found["profit"].min() >= world[1].drop(found.index).max()


def test_those_who_stopped_are_found(world, found):
    stopped = world[2].reindex(found.index)
    cooling = found["pace_level"] == "cooling"
    assert cooling[stopped].mean() > 0.95
    # One in twenty of those who keep their pace is called too: at best 0.145 x 1 of
    # 0.145 x 1 + 0.855 x 0.05 have stopped.
    at_best = stopped.mean() / (stopped.mean() + (1 - stopped.mean()) * 0.05)
    assert at_best - 0.05 < stopped[cooling].mean() < at_best + 0.02
    assert stopped[~cooling].mean() < 0.01


def test_of_customers_who_keep_their_pace_one_in_twenty_is_called_cooling(world, found):
    steady = found[~world[2].reindex(found.index)]
    # Of some 1,700 the share has a standard error of 0.5 points.
    assert (steady["cooling_chance"] <= 0.05).mean() == pytest.approx(0.05, abs=0.015)


def test_chance_is_that_all_order_days_lie_before_the_silence():
    # Two order days of ten: of the 45 pairs 10 lie in the oldest five days, all in ten.
    pace = pd.DataFrame({"order_days": [2, 2, 1], "watched_days": 10, "recency_days": [5, 0, 9]})
    assert so_long_a_silence(pace, OrderPace()).tolist() == pytest.approx([10 / 45, 1, 1 / 10])


def test_who_ordered_once_is_judged_by_the_pace_of_all():
    model = OrderPace()
    model.shape_, model.rate_ = 2.0, 50.0
    pace = pd.DataFrame({"order_days": [0], "watched_days": [50], "recency_days": [50]})
    assert so_long_a_silence(pace, model).tolist() == pytest.approx([(50 / 100) ** 2])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shape", "rate", "golden_share"), [(0.25, 30, 0.5), (0.8, 40, 0.1), (1.5, 40, 0.5)]
)
def test_where_nobody_stops_the_levels_are_what_they_say(shape, rate, golden_share):
    """400 worlds of 400 customers who keep their pace: 1 in 20 cools, 1 in 5 is to watch."""
    rng = np.random.default_rng([20261128, int(shape * 100)])
    chances = []
    for _ in range(400):
        pace, profit = steady_world(rng, shape, rate)
        rows = cooling_customers(pace, profit, golden_share=golden_share)
        # Who ordered once only has no own pace.
        own = rows["customer_id"].isin(pace.loc[pace["order_days"] > 0, "customer_id"])
        chances.append(rows.loc[own, "cooling_chance"])
    chance = pd.concat(chances)
    assert 0.045 < (chance <= 0.05).mean() < 0.052
    assert 0.185 < (chance <= 0.20).mean() < 0.204


def steady_world(rng, shape, rate, customers=400, days=365):
    """Order days drawn day by day at a pace of each customer that never changes."""
    daily = 1 - np.exp(-rng.gamma(shape, 1 / rate, customers))
    ordered = rng.random((customers, days)) < daily[:, None]
    orders = ordered.sum(axis=1)
    since = np.where(orders > 0, ordered.argmax(axis=1), days)  # the first column is today
    names = [f"c{n:04d}" for n in range(customers)]
    rows = pd.DataFrame(
        {
            "customer_id": names,
            "order_days": orders,
            "watched_days": days,
            "recency_days": since,
            "tenure_days": 800,
        }
    )
    return rows, pd.Series(orders * rng.gamma(4, 5, customers), index=names)


def test_the_plain_rule_names_as_many_the_longest_silent(found):
    sizes = found["pace_level"].value_counts()
    assert found["silence_level"].value_counts().to_dict() == sizes.to_dict()
    named = found["silence_level"] != "steady"
    assert found.loc[named, "recency_days"].min() >= found.loc[~named, "recency_days"].max()


def test_profit_at_stake_is_that_of_the_usual_pace(found):
    yearly = found["profit_per_day"].sum() * 365
    # Drawn towards all customers, so less than what the golden ones brought.
    assert 0.6 * found["profit"].sum() < yearly < found["profit"].sum()


def test_the_order_of_rows_changes_nothing(world, found):
    pace, profit, _ = world
    shuffled = pace.sample(frac=1, random_state=1)
    again = cooling_customers(shuffled, profit.sample(frac=1, random_state=2), golden_share=0.5)
    pd.testing.assert_frame_equal(again.set_index("customer_id"), found, rtol=1e-9)


def test_customers_without_a_profit_are_not_golden():
    profit = pd.Series({"a": 5.0, "b": 0.0, "c": -1.0})
    assert golden_customers(profit, 0.9).tolist() == ["a"]
