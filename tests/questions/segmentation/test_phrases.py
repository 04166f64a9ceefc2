"""Segments in words: every segment has a rule and an action; rules state the cut points."""

from crm_helpers.models.segments.rfm import SEGMENTS, RfmSegments
from crm_helpers.questions.segmentation.phrases import ACTIONS, segment_rules


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
