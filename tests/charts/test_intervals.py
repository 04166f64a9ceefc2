import pandas as pd
import pytest

from crm_helpers.charts.intervals import interval_chart

WORDS = {"title": "T", "subtitle": "Ratio", "alt": "Points", "source": "Shop"}
FRAME = pd.DataFrame(
    {"label": ["a", "b"], "value": [0.5, 2.0], "low": [0.4, 1.5], "high": [0.6, 3]}
)


@pytest.mark.parametrize("is_ratio", [True, False])
def test_every_estimate_is_kept(is_ratio):
    chart = interval_chart(
        FRAME, form=str, x_label="Ratio", reference=1.0, is_ratio=is_ratio, **WORDS
    )
    assert chart.data["label"].tolist() == ["a", "b"]


def test_no_estimate_is_refused():
    with pytest.raises(ValueError, match="intervals: 0 estimates; expected one or more"):
        interval_chart(FRAME.head(0), form=str, x_label="x", **WORDS)


def test_a_value_that_misses_its_own_interval_by_a_hair_is_drawn():
    edge = FRAME.assign(value=[0.4 - 1e-17, 2.0], low=[0.4, 2.0 + 1e-12])
    assert len(interval_chart(edge, form=str, x_label="x", **WORDS).data) == 2
