"""Intervals of many shares: a published value and the limits."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.statistics.share_intervals import share_intervals


def test_interval_of_a_share_agrees_with_wilson_1927():
    """81 of 263, Newcombe (1998), Two-sided confidence intervals, table I: 0.2553 to 0.3662."""
    low, high = share_intervals(pd.Series([81]), pd.Series([263]))
    assert [low[0], high[0]] == pytest.approx([0.2553, 0.3662], abs=5e-5)


def test_share_of_nothing_has_no_interval():
    low, high = share_intervals(pd.Series([0]), pd.Series([0]))
    assert np.isnan([low[0], high[0]]).all()


def test_each_row_has_its_own_interval():
    low, high = share_intervals(pd.Series([0, 5]), pd.Series([10, 10]))
    assert low[0] == 0
    assert low[1] < 0.5 < high[1]
    assert high[0] < high[1]


def test_no_limit_misses_its_own_share_by_a_hair():
    total = pd.Series(np.arange(1, 400))
    for found in (total * 0, total):
        low, high = share_intervals(found, total)
        share = found / total
        assert (low.between(0, share) & high.between(share, 1)).all()
