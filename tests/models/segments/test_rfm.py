"""Named segments: each rule by hand, equal customers together, the same rules on another day."""

import pandas as pd
import pytest

from crm_helpers.models.segments.rfm import SEGMENTS, RfmSegments
from crm_helpers.tables.needs import Skip


@pytest.fixture
def rules():
    """Cut points set by hand: recent 30, quiet 90, frequent 4, valuable 500."""
    model = RfmSegments()
    model.recent_days_, model.quiet_days_ = 30, 90
    model.frequent_orders_, model.valuable_sum_ = 4, 500.0
    return model


@pytest.mark.parametrize(
    ("recency", "orders", "revenue", "tenure", "segment"),
    [
        (30, 4, 500, 300, "Champions"),
        (30, 4, 499, 300, "Loyal"),
        (89, 4, 900, 300, "Loyal"),
        (20, 1, 900, 20, "Newcomers"),
        (20, 1, 90, 400, "Promising"),
        (31, 1, 90, 31, "Hesitant"),
        (90, 4, 90, 300, "Slipping away"),
        (90, 1, 500, 300, "Slipping away"),
        (90, 3, 499, 300, "Asleep"),
    ],
)
def test_the_first_rule_that_holds_decides(rules, recency, orders, revenue, tenure, segment):
    row = pd.DataFrame(
        {
            "recency_days": [recency],
            "frequency_orders": [orders],
            "net_revenue_sum": [float(revenue)],
            "tenure_days": [tenure],
        }
    )
    assert rules.predict(row).tolist() == [segment]


def customers(count=200):
    numbers = range(count)
    return pd.DataFrame(
        {
            "recency_days": [n * 7 % 365 for n in numbers],
            "frequency_orders": [1 + n % 5 for n in numbers],
            "net_revenue_sum": [float(n * 13 % 400) for n in numbers],
            "tenure_days": [365 for _ in numbers],
        }
    )


def test_every_customer_is_in_exactly_one_segment():
    rows = customers()
    segment = RfmSegments().fit(rows).predict(rows)
    assert segment.notna().all()
    assert list(segment.cat.categories) == list(SEGMENTS)


def test_cut_points_are_fifths():
    rows = customers()
    model = RfmSegments().fit(rows)
    assert (rows["recency_days"] <= model.recent_days_).mean() == pytest.approx(0.4, abs=0.01)
    assert (rows["recency_days"] >= model.quiet_days_).mean() == pytest.approx(0.4, abs=0.01)
    assert (rows["frequency_orders"] >= model.frequent_orders_).mean() <= 0.4


def test_when_most_order_once_two_orders_are_frequent():
    rows = customers().assign(frequency_orders=[1] * 190 + [2] * 10)
    assert RfmSegments().fit(rows).frequent_orders_ == 2


def test_when_everybody_orders_often_nobody_is_parted_from_equals():
    rows = customers().assign(frequency_orders=6)
    model = RfmSegments().fit(rows)
    assert model.predict(rows).groupby(rows["frequency_orders"]).size().tolist() == [200]
    assert model.frequent_orders_ == 6


def test_customers_who_all_ordered_on_one_day_are_fitted():
    rows = customers().assign(recency_days=10)
    model = RfmSegments().fit(rows)
    assert model.quiet_days_ > model.recent_days_


def test_doubling_every_customer_changes_no_rule():
    rows = customers()
    twice = pd.concat([rows, rows], ignore_index=True)
    assert vars(RfmSegments().fit(twice)) == vars(RfmSegments().fit(rows))


def test_nobody_to_group_is_told():
    with pytest.raises(Skip, match="rfm: 0 customers ordered.*longer observation_days"):
        RfmSegments().fit(customers().head(0))


def test_the_rules_tell_their_cut_points_in_one_line(rules):
    assert repr(rules) == (
        "RfmSegments: recent to 30 days, quiet from 90, frequent from 4 orders, valuable from "
        "500.00"
    )
    assert repr(RfmSegments()) == "RfmSegments: not fitted"
