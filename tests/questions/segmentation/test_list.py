"""Whom to contact, by segment, worked out by hand."""

import pandas as pd
import pytest

from crm_helpers.page.section import Section
from crm_helpers.questions.segmentation import list as action_list
from crm_helpers.questions.segmentation.list import order_profit, value_by_segment

RFM = pd.DataFrame(
    {"customer_id": list("abc"), "recency_days": [1, 10, 200], "frequency_orders": [8, 1, 1]}
)
SEGMENT = pd.Series(pd.Categorical(["Champions", "Newcomers", "Asleep"]))
OUTCOMES = pd.DataFrame(
    {
        "segment": ["Champions", "Newcomers", "Asleep"],
        "order_chance": [0.9, 0.5, 0.0],
        "order_chance_low": [0.8, 0.1, 0.0],
        "order_chance_high": [0.95, 0.7, 0.2],
    }
)


def candidates(cost=1.0):
    return action_list.candidates(
        RFM,
        SEGMENT,
        OUTCOMES,
        pd.Series([100.0, 40.0, 40.0]),
        contact_lift=0.2,
        contact_cost=cost,
    )


def test_expected_net_value_is_gain_times_profit_less_cost():
    assert candidates()["expected_net_value"].tolist() == pytest.approx([0.8, 1.0, -1.0])


def test_the_low_end_is_that_of_the_interval_at_which_a_contact_brings_less():
    # 0.2 c (1 - c) at 0.8 and 0.95 is 0.032 and 0.0095; at 0.1 and 0.7 it is 0.018 and 0.042.
    low = candidates()["net_value_low"]
    assert low.tolist() == pytest.approx([0.0095 * 100 - 1, 0.018 * 40 - 1, -1.0])


def listed(outcomes, profit):
    chosen = action_list.candidates(
        RFM, SEGMENT, outcomes, pd.Series(profit), contact_lift=0.2, contact_cost=1.0
    )
    return chosen["customer_id"].tolist()


def test_a_chance_or_a_profit_that_is_not_known_is_no_chance_of_zero():
    assert listed(OUTCOMES.iloc[:2], [100.0, 40.0, 40.0]) == ["a", "b"]
    assert listed(OUTCOMES, [100.0, None, 40.0]) == ["a", "c"]


def test_without_an_earlier_day_there_are_no_candidates():
    none = Section.absent("Nobody ordered in the 214 days to 2 July 2026.")
    found = action_list.candidates(
        RFM, SEGMENT, none, pd.Series([1.0] * 3), contact_lift=0.2, contact_cost=1.0
    )
    assert value_by_segment(found).reason == none.reason


def test_the_reason_says_what_the_customer_did():
    assert candidates().iloc[1]["why"] == (
        "Newcomers: 1 order, the last 10 days ago; 50 of 100 like this order anyway"
    )


def test_segments_are_sorted_by_the_value_of_a_contact():
    rows = value_by_segment(candidates())
    assert rows["segment"].tolist() == ["Newcomers", "Champions", "Asleep"]
    assert rows["worth_contacting"].tolist() == [1, 1, 0]
    assert rows["net_value"].tolist() == pytest.approx([1.0, 0.8, 0.0])


def test_small_segments_are_not_shown():
    assert value_by_segment(candidates(), min_group=2).empty


def values(margin=True):
    frame = pd.DataFrame(
        {
            "customer_id": list("abc"),
            "revenue_sum": [800.0, 100.0, 100.0],
            "net_revenue_sum": [800.0, 100.0, -600.0],
        }
    )
    if not margin:
        return frame
    return frame.assign(margin_sum=[400.0, 50.0, -150.0], uncosted_revenue_sum=0.0)


def test_profit_of_an_order_is_drawn_towards_that_of_all():
    # All: 300 in 10 orders, so 30 each. a: 400 in 8; b: 50 in 1; c lost and counts as nothing.
    found = order_profit(RFM, values(), margin_share=0.3)
    assert found.tolist() == pytest.approx([460 / 10, 110 / 3, 0])


def test_a_customer_without_a_known_profit_of_an_order_has_none():
    found = order_profit(RFM, values().iloc[:2], margin_share=0.3)
    # All that is known: 450 in 9 orders.
    assert found.iloc[:2].tolist() == pytest.approx([500 / 10, 150 / 3])
    assert found.isna().tolist() == [False, False, True]


def test_without_cost_a_share_of_revenue_is_profit():
    found = order_profit(RFM, values(margin=False), margin_share=0.25)
    assert found.tolist() == pytest.approx([215 / 10, 40 / 3, 0])
