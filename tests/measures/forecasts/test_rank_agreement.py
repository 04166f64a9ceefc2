import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from crm_helpers.measures.forecasts.rank_agreement import rank_agreement


def test_reversed_order_is_minus_one():
    assert rank_agreement(pd.Series([1, 2, 3]), pd.Series([9, 5, 1])) == pytest.approx(-1)


def test_agrees_with_scipy_with_ties():
    first, second = pd.Series([1, 2, 2, 4, 5]), pd.Series([2, 1, 3, 3, 9])
    expected = spearmanr(first, second).statistic
    assert rank_agreement(first, second) == pytest.approx(expected, rel=1e-12)


def test_a_constant_has_no_rank_correlation():
    assert np.isnan(rank_agreement(pd.Series([1, 1]), pd.Series([1, 2])))
