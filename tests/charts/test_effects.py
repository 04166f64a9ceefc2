import pandas as pd
import pytest

from crm_helpers.charts.conversion import conversion_chart
from crm_helpers.charts.effects import effect_chart
from crm_helpers.charts.qini import qini_chart
from crm_helpers.charts.uplift_tenths import uplift_tenths_chart

WORDS = {"title": "t", "subtitle": "s", "alt": "a dot, 5 per 100", "source": "demo"}
EFFECTS = pd.DataFrame(
    {
        "group": ["young", "old"],
        "difference": [0.05, -0.02],
        "low": [0.01, -0.05],
        "high": [0.09, 0.01],
    }
)
CURVE = pd.DataFrame({"day": [0.0, 3.0], "converted_share": [0.0, 0.2]})


def test_effect_chart_keeps_its_words_and_rows():
    chart = effect_chart(EFFECTS, strong="old", needed=0.03, **WORDS)
    assert chart.alt == "a dot, 5 per 100"
    pd.testing.assert_frame_equal(chart.data, EFFECTS)


def test_no_effects_are_refused():
    with pytest.raises(ValueError, match="effects: 0 rows.*Say in words"):
        effect_chart(EFFECTS.head(0), **WORDS)


def test_qini_chart_holds_the_curve():
    curve = pd.DataFrame({"treated_share": [0.0, 1.0], "extra_outcomes": [0.0, 0.05]})
    pd.testing.assert_frame_equal(qini_chart(curve, **WORDS).data, curve)


def test_tenths_chart_holds_a_bar_per_group():
    tenths = EFFECTS.assign(tenth=[1, 2], predicted=[0.04, 0.0])
    assert uplift_tenths_chart(tenths, **WORDS).data["tenth"].tolist() == [1, 2]


def test_conversion_chart_holds_a_line_per_channel():
    chart = conversion_chart({"web": CURVE, "fair": CURVE}, days=30, **WORDS)
    assert set(chart.data["channel"]) == {"web", "fair"}


def test_more_lines_than_can_be_told_apart_are_refused():
    with pytest.raises(ValueError, match="7 lines; at most 6.*Keep the largest channels"):
        conversion_chart({str(n): CURVE for n in range(7)}, days=30, **WORDS)
