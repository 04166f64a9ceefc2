"""Tables of the segmentation page."""

import pandas as pd

from crm_helpers.models.segments.rfm import RfmSegments
from crm_helpers.questions.segmentation import tables


def test_each_shown_segment_has_its_rule():
    rules = RfmSegments()
    rules.recent_days_, rules.quiet_days_ = 30, 91
    rules.frequent_orders_, rules.valuable_sum_ = 4, 512.5
    profiles = pd.DataFrame({"segment": ["Champions", "Asleep"], "customers": [5, 7]})
    html = tables.rules_table(profiles, rules, "EUR").html
    assert "last order at most 30 days ago" in html
    assert "Hesitant" not in html


def test_the_chosen_number_of_groups_is_marked():
    choice = pd.DataFrame(
        {
            "clusters": [3, 4],
            "silhouette": [0.3, 0.4],
            "stability_ari": [0.9, 0.85],
            "is_chosen": [False, True],
        }
    )
    html = tables.choice_table(choice).html
    assert html.count("chosen") == 1
    assert html.index("0.400") < html.index("chosen")


def test_moves_name_the_day_they_start_from():
    moves = pd.DataFrame(
        {
            "segment": ["Champions"],
            "earlier_customers": [40],
            "stayed_share": [0.6],
            "gone_share": [0.0],
            "most_moved_to": ["Loyal"],
            "most_moved_share": [0.2],
        }
    )
    html = tables.moves_table(moves, earlier="2 July 2026", days=365).html
    assert "Segment on 2 July 2026" in html
    assert "No order in 365 days" in html


def test_groups_are_described_beside_all_customers():
    average = pd.DataFrame({"recency_median": [50.0], "orders_mean": [3.0], "order_value": [40.0]})
    group = average.assign(
        segment="1", orders_mean=9.0, customers_share=0.2, revenue_share=0.6, customers=20
    )
    html = tables.clusters_table(group, average, "EUR").html
    assert "more orders" in html


def test_what_to_do_is_shown_with_its_value():
    rows = pd.DataFrame(
        {
            "segment": ["Loyal"],
            "what": ["Show more"],
            "net_value_mean": [0.456],
            "worth_contacting": [1200],
            "net_value": [547.2],
        }
    )
    html = tables.value_table(rows, "EUR").html
    assert "0.46" in html
    assert "1,200" in html
