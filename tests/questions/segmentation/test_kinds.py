"""Segments by stated rules: what each brings, and its rule in words."""

import pandas as pd
import pytest

from crm_helpers.measures.value.segment_profiles import segment_profiles
from crm_helpers.models.segments.rfm import RfmSegments
from crm_helpers.page.section import Section
from crm_helpers.questions.segmentation import kinds


@pytest.fixture
def rules():
    made = RfmSegments()
    made.recent_days_, made.quiet_days_ = 30, 91
    made.frequent_orders_, made.valuable_sum_ = 4, 512.5
    return made


@pytest.fixture
def profiles(customers):
    """Three champions, two loyal ones and five asleep."""
    names = ["Champions"] * 3 + ["Loyal"] * 2 + ["Asleep"] * 5
    return segment_profiles(pd.Series(names), customers)


def plain(text):
    return text.replace("\u00a0", " ")


def test_the_answer_is_the_segment_that_brings_most(report, profiles, customers):
    found = kinds.shares(report, profiles, customers, window_days=214)
    assert plain(found.says) == "Champions, 30 of 100 customers, bring 80 % of the revenue"


def test_the_title_is_about_the_largest_segment(report, profiles, customers):
    (chart,) = kinds.shares(report, profiles, customers, window_days=214).parts[1:]
    title = "Asleep is the largest segment: 50 % of the customers, 17 % of the revenue"
    assert plain(chart.title) == title
    assert "10 customers" in chart.subtitle
    assert "214 days to 30 September 2026" in chart.subtitle
    assert chart.source == "Shop, orders until 30 September 2026"


def test_the_numbers_behind_the_bars_are_the_profiles(report, profiles, customers):
    found = kinds.shares(report, profiles, customers, window_days=214)
    pd.testing.assert_frame_equal(found.data, profiles)
    assert found.findings == {"segments": {"value": 3, "unit": "segments", "n": 10}}


def test_each_shown_segment_has_its_rule(report, rules):
    profiles = pd.DataFrame({"segment": ["Champions", "Asleep"], "customers": [5, 7]})
    found = kinds.cut_points(report, rules, profiles, window_days=214, min_group=20)
    html = found.html
    assert "last order at most 30 days ago" in html
    assert "Hesitant" not in html
    assert found.data["rule"].notna().tolist() == [True, True]


def test_the_answer_states_the_cut_points_and_the_note_who_is_hidden(report, rules):
    profiles = pd.DataFrame({"segment": ["Champions"], "customers": [5]})
    found = kinds.cut_points(report, rules, profiles, window_days=214, min_group=1200)
    assert found.says == (
        "4 orders within 214 days make a frequent customer, 91 days without one a quiet one"
    )
    assert "under 1,200 customers are not shown" in found.parts[-1].text


def test_segments_look_back_as_far_as_the_earlier_day_does(report, days):
    report.frames["data_span"] = pd.DataFrame({"days_of_data": [60]})
    assert kinds.looked_back(report, days, observation_days=365) == 214
    # Too short for an earlier day: all there is.
    none = Section.absent("Too short.")
    assert kinds.looked_back(report, none, observation_days=365) == 60
    assert kinds.looked_back(report, none, observation_days=30) == 30
