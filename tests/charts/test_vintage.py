"""Vintage chart."""

import pandas as pd
import pytest

from crm_helpers.charts.vintage import vintage_chart

WORDS = {"title": "t", "subtitle": "s", "alt": "a", "source": "x"}


def curves(count):
    rows = [(f"2026Q{i}", month, 0.1 * month) for i in range(count) for month in (0, 1)]
    return pd.DataFrame(rows, columns=["vintage", "age_months", "defaulted_share"])


def test_a_line_per_quarter_is_drawn():
    assert vintage_chart(curves(3), **WORDS).data["vintage"].nunique() == 3


def test_more_quarters_than_dashes_are_refused():
    with pytest.raises(ValueError, match="vintages: 7 quarters .first: 2026Q0.; a chart can tell"):
        vintage_chart(curves(7), **WORDS)
