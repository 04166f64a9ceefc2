"""Who ordered afterwards, and how likely each segment is to."""

import pandas as pd
import pytest

from crm_helpers.measures.value.segment_profiles import segment_outcomes
from crm_helpers.questions.segmentation import chances

# a and b order afterwards, c only sends something back; k is new since.
LATER = pd.DataFrame({"customer_id": list("abck"), "frequency_orders": [2, 1, 0, 5]})


def test_a_customer_who_only_sent_something_back_has_not_ordered(customers):
    found = chances.has_ordered(customers, LATER)
    assert found.tolist() == [True, True] + [False] * 8


def test_the_order_of_the_customers_changes_nothing(customers):
    turned = customers.iloc[::-1]
    pd.testing.assert_series_equal(
        chances.has_ordered(turned, LATER).sort_index(), chances.has_ordered(customers, LATER)
    )


def test_nobody_orders_where_nothing_followed(customers):
    assert not chances.has_ordered(customers, LATER.head(0)).any()


@pytest.fixture
def section(customers, report, days):
    segment = pd.Series(pd.Categorical(["Champions"] * 4 + ["Asleep"] * 6))
    ordered = chances.has_ordered(customers, LATER)
    return chances.order_chances(report, segment_outcomes(segment, ordered), ordered, days)


def test_two_of_four_and_none_of_six_are_no_difference_beyond_chance(section):
    assert section.says == (
        "20 of 100 customers ordered within 90 days; no segment stands out beyond chance"
    )


def test_the_answer_sets_the_likeliest_beside_the_least_likely(report, days):
    outcomes = pd.DataFrame(
        {
            "segment": ["Champions", "Asleep"],
            "earlier_customers": [40, 60],
            "ordered_customers": [20, 0],
            "order_chance": [0.5, 0.0],
            "order_chance_low": [0.35, 0.0],
            "order_chance_high": [0.65, 0.06],
        }
    )
    ordered = pd.Series([True] * 20 + [False] * 80)
    found = chances.order_chances(report, outcomes, ordered, days)
    assert found.says == "50 of 100 Champions ordered within 90 days, 0 of 100 in Asleep"


def test_nobody_on_the_earlier_day_leaves_the_questions_on_it_without_an_answer(
    report, customers, days
):
    report.frames["rfm"] = customers.head(0)
    agreed = pd.DataFrame({"customer_id": []})
    before = chances.customers_before(report, agreed, days)
    assert before.reason == (
        "Nobody ordered in the 214 days to 2 July 2026, so what followed such orders is not known."
    )
    ordered = chances.has_ordered(before, LATER)
    segment = chances.segments_before(None, before)
    shown = chances.outcomes(segment, ordered, min_group=1)
    assert chances.order_chances(report, shown, ordered, days).reason == before.reason


def test_the_chances_are_those_counted_by_hand(section):
    rows = section.data.set_index("segment")
    assert rows["order_chance"].to_dict() == {"Champions": 0.5, "Asleep": 0.0}
    assert rows["earlier_customers"].to_dict() == {"Champions": 4, "Asleep": 6}


def test_the_title_counts_all_customers_of_the_earlier_day(section):
    chart = section.parts[1]
    assert chart.title.replace("\u00a0", " ") == "Of all customers, 20 % ordered again"
    assert "90 days after 2 July 2026" in chart.subtitle
    assert "10 customers" in chart.subtitle
