"""Chart of rules: its words and data."""

import io

import pandas as pd
import pytest
from PIL import Image

from crm_helpers.charts.rules import rule_dots

WORDS = {"title": "1 of 2 rules held", "subtitle": "Share, %", "alt": "Dot plot", "source": "Shop"}


def two_rules() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rule_name": ["tea → milk", "wine → spice"],
            "confidence": [0.4, 0.3],
            "later_confidence": [0.38, 0.05],
            "later_confidence_low": [0.3, 0.01],
            "later_confidence_high": [0.45, 0.09],
            "later_base_support": [0.1, 0.08],
            "verdict": ["held", "did not hold"],
        }
    )


def test_the_chart_keeps_its_words_and_numbers():
    chart = rule_dots(two_rules(), **WORDS)
    assert (chart.title, chart.alt) == ("1 of 2 rules held", "Dot plot")
    assert chart.data["later_confidence"].tolist() == [0.38, 0.05]


def test_long_names_go_on_two_lines_and_leave_the_width_to_the_dots():
    names = [
        "a long name of a product + another one → a third long name of a product",
        "tea → milk",
    ]
    long = rule_dots(two_rules().assign(rule_name=names), **WORDS)
    short = rule_dots(two_rules(), **WORDS)
    sizes = [Image.open(io.BytesIO(chart.png)).size for chart in (long, short)]
    assert sizes[0][0] == sizes[1][0]
    assert sizes[0][1] > sizes[1][1]


def test_no_rules_still_make_a_chart():
    assert rule_dots(two_rules().head(0), **WORDS).data.empty


def test_more_rules_than_can_be_read_are_refused():
    many = pd.concat([two_rules()] * 6, ignore_index=True)
    with pytest.raises(ValueError, match=r"rule chart: 12 rules; at most 10 .* pass .head\(10\)"):
        rule_dots(many, **WORDS)
