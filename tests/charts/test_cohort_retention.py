"""Retention line and repeat dots with their intervals."""

import pandas as pd
import pytest

from crm_helpers.charts import cohort_retention, theme
from crm_helpers.measures.statistics.share_intervals import share_intervals

WORDS = {"title": "T", "subtitle": "S", "alt": "Line", "source": "Demo"}


@pytest.fixture
def drawn(monkeypatch):
    figures = []

    def keep(fig, **words):
        figures.append(fig.axes[0])
        return theme.finish(fig, **words)

    monkeypatch.setattr(cohort_retention, "finish", keep)
    return figures


def test_the_line_shows_the_shares_from_a_zero_baseline(drawn):
    curve = pd.DataFrame(
        {
            "months_since": [1, 2],
            "retention_share": [0.4, 0.3],
            "retention_low": [0.3, 0.2],
            "retention_high": [0.5, 0.4],
        }
    )
    cohort_retention.retention_chart(curve, **WORDS)
    assert drawn[0].lines[0].get_ydata().tolist() == [0.4, 0.3]
    assert drawn[0].get_ylim()[0] == 0


def rates(months):
    return pd.DataFrame(
        {
            "cohort_month": pd.date_range("2024-01-01", periods=months, freq="MS"),
            "repeat_rate": 0.4,
            "repeat_low": 0.3,
            "repeat_high": 0.5,
        }
    )


def test_the_latest_twelve_months_are_drawn(drawn):
    chart = cohort_retention.repeat_chart(rates(15), overall=0.41, **WORDS)
    labels = [label.get_text() for label in drawn[0].get_xticklabels()]
    assert (len(labels), labels[0], labels[-1]) == (12, "Apr\n24", "Mar\n25")
    assert len(chart.data) == 12


def test_the_reference_is_labelled(drawn):
    cohort_retention.repeat_chart(rates(3), overall=0.41, **WORDS)
    assert [text.get_text() for text in drawn[0].texts] == ["all months"]


def test_a_month_in_which_nobody_came_back_is_drawn(drawn):
    low, high = share_intervals(pd.Series([0, 4]), pd.Series([24, 10]))
    frame = rates(2).assign(repeat_rate=[0.0, 0.4], repeat_low=low, repeat_high=high)
    assert low[0] == 0
    cohort_retention.repeat_chart(frame, overall=0.2, **WORDS)
    assert drawn[0].lines[0].get_ydata().tolist() == [0.0, 0.4]
