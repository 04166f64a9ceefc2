"""Golden customers silent for longer than usual, in a world where we know who stopped."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.survival.cooling import cooling_customers, golden_customers


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
    assert stopped[cooling].mean() > 0.8
    assert stopped[~cooling].mean() < 0.12


def test_of_customers_who_keep_their_pace_one_in_twenty_at_most_is_called_cooling(world, found):
    steady = found[~world[2].reindex(found.index)]
    # Those who stopped make the pace look more unlike than it is, so fewer are called.
    assert (steady["cooling_chance"] <= 0.05).mean() <= 0.05


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
