"""Segments in words: every segment has a rule and an action; rules state the cut points."""

import pandas as pd

from crm_helpers.models.segments.rfm import SEGMENTS, RfmSegments
from crm_helpers.questions.segmentation.words import (
    ACTIONS,
    cluster_words,
    contact_assumption,
    segment_rules,
)


def fitted():
    rules = RfmSegments()
    rules.recent_days_, rules.quiet_days_ = 30, 91
    rules.frequent_orders_, rules.valuable_sum_ = 4, 512.5
    return rules


def test_every_segment_has_a_rule_and_an_action():
    assert set(segment_rules(fitted(), "EUR")) == set(SEGMENTS) == set(ACTIONS)


def test_the_rule_of_champions_states_the_three_cut_points():
    rule = segment_rules(fitted(), "EUR")["Champions"].replace("\u00a0", " ")
    assert rule == "last order at most 30 days ago, 4 orders or more, 512 EUR or more"


def test_a_group_like_all_is_called_so():
    row = pd.DataFrame({"recency_median": [50.0], "orders_mean": [3.0], "order_value": [40.0]})
    assert cluster_words(row, row) == ["like all"]


def test_the_assumption_gives_examples_that_follow_from_it():
    text = contact_assumption(0.2, 0.3, has_cost=True)
    assert "from 10 to 11.8, from 50 to 55.0, from 90 to 91.8" in text
    assert "margin" in text


def test_without_cost_the_assumed_margin_is_stated():
    text = contact_assumption(0.2, 0.3, has_cost=False).replace("\u00a0", " ")
    assert "The data hold no cost: 30 % of revenue is taken for margin." in text
