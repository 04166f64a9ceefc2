"""Segment charts: numbers beside bars, dots with intervals."""

import pandas as pd
import pytest

from crm_helpers.charts import segment_profiles, theme
from crm_helpers.measures.statistics.share_intervals import share_intervals

WORDS = {"title": "T", "subtitle": "S", "alt": "Bars", "source": "Demo"}


@pytest.fixture
def drawn(monkeypatch):
    figures = []

    def keep(fig, **words):
        figures.append(fig.axes[0])
        return theme.finish(fig, **words)

    monkeypatch.setattr(segment_profiles, "finish", keep)
    return figures


def test_each_segment_has_both_shares_in_numbers(drawn):
    profiles = pd.DataFrame(
        {"segment": ["up", "down"], "customers_share": [0.2, 0.8], "revenue_share": [0.7, 0.3]}
    )
    segment_profiles.segment_shares_chart(profiles, **WORDS)
    assert [text.get_text() for text in drawn[0].texts] == ["20 %", "80 %", "70 %", "30 %"]
    assert drawn[0].yaxis_inverted()


def test_dots_stand_at_the_chances_and_the_whole_is_marked(drawn):
    outcomes = pd.DataFrame(
        {
            "segment": ["up", "down"],
            "order_chance": [0.8, 0.2],
            "order_chance_low": [0.7, 0.1],
            "order_chance_high": [0.9, 0.3],
        }
    )
    segment_profiles.order_chance_chart(outcomes, overall=0.5, **WORDS)
    axes = drawn[0]
    assert axes.lines[0].get_xdata().tolist() == [0.8, 0.2]
    assert {text.get_text() for text in axes.texts} == {"80 %", "20 %", "all"}
    first, last = axes.get_ylim()
    assert first > last  # the first segment on top


def test_a_segment_in_which_nobody_or_everybody_ordered_is_drawn():
    low, high = share_intervals(pd.Series([0, 6]), pd.Series([24, 6]))
    outcomes = pd.DataFrame(
        {
            "segment": ["asleep", "up"],
            "order_chance": [0.0, 1.0],
            "order_chance_low": low,
            "order_chance_high": high,
        }
    )
    assert low[0] == 0
    chart = segment_profiles.order_chance_chart(outcomes, overall=0.1, **WORDS)
    assert chart.data["order_chance"].tolist() == [0.0, 1.0]
