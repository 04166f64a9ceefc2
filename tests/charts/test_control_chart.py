import pandas as pd
import pytest

from crm_helpers.charts.control_chart import control_chart_of

WORDS = {"title": "T", "subtitle": "NPS", "alt": "Line", "source": "Shop"}
CHART = pd.DataFrame(
    {
        "mean": [5.0, 1.0],
        "centre": [5.0, 5.0],
        "lower_limit": [4.0, 4.0],
        "upper_limit": [6.0, 6.0],
        "is_outside": [False, True],
    }
)


def test_one_point_per_period():
    chart = control_chart_of(CHART, labels=["Jun 26", "Sep 26"], form=str, **WORDS)
    assert chart.data["mean"].tolist() == [5.0, 1.0]


def test_label_for_every_period_is_asked_for():
    with pytest.raises(ValueError, match="control chart: 1 labels for 2 periods"):
        control_chart_of(CHART, labels=["Sep 26"], form=str, **WORDS)
