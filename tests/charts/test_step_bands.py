"""Chart of shares over months: its words, and more groups than can be told apart."""

import pandas as pd
import pytest

from crm_helpers.charts.step_bands import step_band_chart

WORDS = {"title": "Two plans", "subtitle": "Share, %", "alt": "Steps", "source": "Shop"}


def curves(count: int) -> pd.DataFrame:
    plans = [f"plan {n}" for n in range(count) for _ in range(2)]
    return pd.DataFrame(
        {"plan": plans, "time": [0.0, 90.0] * count, "share": 0.5, "low": 0.4, "high": 0.6}
    )


def test_the_chart_keeps_its_words_and_numbers():
    chart = step_band_chart(curves(2), group="plan", y_label="Still there", **WORDS)
    assert chart.title == "Two plans"
    assert len(chart.data) == 4


def test_more_groups_than_can_be_told_apart_are_refused():
    with pytest.raises(ValueError, match=r"plan: 9 groups \(first: plan 0\); .*Show the largest"):
        step_band_chart(curves(9), group="plan", y_label="Still there", **WORDS)
