import numpy as np
import pandas as pd
import pytest
from scipy.stats import hypergeom

from crm_helpers.models.satisfaction.behaviour_link import behaviour_link
from crm_helpers.tables.needs import Skip


def rows(effect: float, size: int = 1500) -> pd.DataFrame:
    """Who orders little is unhappy more often and lapses more often, whatever the effect."""
    rng = np.random.default_rng(0)
    orders = rng.integers(1, 20, size)
    unhappy = rng.uniform(size=size) < 0.6 - 0.15 * np.log1p(orders)
    lapsed = rng.uniform(size=size) < 0.8 - 0.2 * np.log1p(orders) + effect * unhappy
    return pd.DataFrame(
        {
            "customer_id": np.arange(size).astype(str),
            "orders_before": orders,
            "recency_days": 10,
            "revenue_before": 10.0 * orders,
            "wave": rng.integers(1, 4, size),
            "unhappy": unhappy,
            "lapsed": lapsed,
        }
    )


def test_difference_that_earlier_orders_account_for_is_not_shown():
    link = behaviour_link(rows(0.0), "unhappy", "lapsed")
    assert link.plain > 0.05
    assert link.low < 0 < link.high


def test_ten_unhappy_of_a_hundred_show_nothing_by_a_variance_estimated_too_small():
    # Eight of ten unhappy lapse, 36 of 90 others: an error clustered by customer puts that 2.9
    # errors above none, where dealing out puts it at one in a hundred.
    few = rows(0.0, 100).assign(orders_before=5, revenue_before=50.0, wave=1)
    few = few.assign(unhappy=[True] * 10 + [False] * 90)
    few = few.assign(lapsed=[True] * 8 + [False] * 2 + [True] * 36 + [False] * 54)
    link = behaviour_link(few, "unhappy", "lapsed")
    assert link.adjusted == pytest.approx(0.4)
    # As far off are 8, 9 or 10 of the 44 lapsed among the ten, and none of them.
    by_hand = hypergeom.sf(7, 100, 44, 10) + hypergeom.pmf(0, 100, 44, 10)
    assert link.p_value == pytest.approx(by_hand, abs=4 * np.sqrt(by_hand / 1999))
    assert not link.is_shown


def test_true_difference_is_inside_its_interval():
    link = behaviour_link(rows(0.15), "unhappy", "lapsed")
    assert link.is_shown
    assert link.low < 0.15 < link.high


def test_customer_who_answers_twice_counts_once():
    once = rows(0.15)
    twice = behaviour_link(pd.concat([once, once]), "unhappy", "lapsed")
    link = behaviour_link(once, "unhappy", "lapsed")
    assert twice.customers == link.customers == 1500
    width = (twice.high - twice.low) / (link.high - link.low)
    assert width == pytest.approx(1.0, abs=0.01)  # without clusters it would be 0.71


def test_few_answers_are_not_judged():
    with pytest.raises(Skip, match="Only 50 answers can be followed to later orders"):
        behaviour_link(rows(0.1).head(50), "unhappy", "lapsed")


def test_outcome_that_never_varies_is_named():
    with pytest.raises(Skip, match="All 1,500 customers are alike in lapsed"):
        behaviour_link(rows(0.1).assign(lapsed=True), "unhappy", "lapsed")
