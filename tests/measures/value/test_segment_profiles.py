"""Segments in numbers, by hand."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.value.segment_profiles import (
    explained_share,
    segment_outcomes,
    segment_profiles,
)
from crm_helpers.tables.needs import Skip

RFM = pd.DataFrame(
    {
        "recency_days": [1, 3, 90, 100],
        "frequency_orders": [4, 6, 1, 1],
        "revenue_sum": [100.0, 200, 50, 50],
        "net_revenue_sum": [90.0, 200, 50, 10],
    }
)
SEGMENT = pd.Series(pd.Categorical(["up", "up", "down", "down"], ["up", "down", "empty"]))


def test_shares_add_up_and_empty_segments_are_left_out():
    rows = segment_profiles(SEGMENT, RFM)
    assert rows["segment"].tolist() == ["up", "down"]
    assert rows[["customers_share", "revenue_share"]].sum().tolist() == pytest.approx([1, 1])


def test_revenue_per_order_counts_orders_not_customers():
    up = segment_profiles(SEGMENT, RFM).iloc[0]
    assert (up["order_value"], up["recency_median"], up["orders_mean"]) == (30, 2, 5)


def test_small_segments_are_hidden_but_stay_in_the_shares():
    segment = pd.Series(pd.Categorical(["up", "up", "up", "down"]))
    rows = segment_profiles(segment, RFM, min_group=2)
    assert rows["segment"].tolist() == ["up"]
    assert rows["customers_share"].tolist() == [0.75]


def test_customers_without_a_later_order_count_as_not_ordered():
    segment = SEGMENT.set_axis(list("abcd"))
    rows = segment_outcomes(segment, pd.Series({"a": True, "c": True, "x": True}))
    assert rows["order_chance"].tolist() == [0.5, 0.5]
    assert (rows["order_chance_high"] > rows["order_chance"]).all()


def test_when_all_segments_are_small_the_report_is_skipped():
    message = "segments: 4 customers, in none of 2 segments 3 or more.*lower min_group"
    with pytest.raises(Skip, match=message):
        segment_profiles(SEGMENT, RFM, min_group=3)
    with pytest.raises(Skip, match=message):
        segment_outcomes(SEGMENT, pd.Series({0: True}), min_group=3)


def test_groups_at_random_explain_next_to_nothing():
    rng = np.random.default_rng(0)
    group = pd.Series(rng.integers(7, size=5_000))
    assert explained_share(group, pd.Series(rng.random(5_000) < 0.3)) < 0.005


def test_an_outcome_that_is_the_same_for_all_leaves_nothing_to_explain():
    assert explained_share(pd.Series([1, 2]), pd.Series([True, True])) == 0
