import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from crm_helpers.measures.forecasts.auc import auc, auc_difference, gini


def test_perfect_order_has_auc_one_and_gini_one():
    assert auc([True, True, False], [3, 2, 1]) == 1
    assert gini(pd.Series([True, True, False]), pd.Series([3, 2, 1])) == 1


def test_reversed_order_has_auc_zero():
    assert auc([True, False, False], [1, 2, 3]) == 0


def test_all_tied_has_auc_one_half():
    assert auc([True, False, True, False], [5, 5, 5, 5]) == 0.5


def test_ct_ratings_of_hanley_and_mcneil_1982_table_1():
    normal, abnormal = [33, 6, 6, 11, 2], [3, 2, 2, 11, 33]
    rating = np.repeat([1, 2, 3, 4, 5] * 2, normal + abnormal)
    outcome = np.repeat([False, True], [sum(normal), sum(abnormal)])
    assert auc(outcome, rating) == pytest.approx(0.893, abs=5e-4)  # printed to three places


@pytest.mark.parametrize("levels", [2, 9, 10_000])
def test_it_is_the_one_of_scikit_learn(levels):
    rng = np.random.default_rng(levels)
    outcome, score = rng.random(3_000) < 0.1, rng.integers(0, levels, 3_000)
    assert auc(outcome, score) == pytest.approx(roc_auc_score(outcome, score), rel=1e-12)


def test_order_of_rows_changes_nothing():
    rng = np.random.default_rng(1)
    outcome, score = rng.random(50) < 0.4, rng.integers(0, 9, 50)
    mixed = rng.permutation(50)
    assert auc(outcome, score) == pytest.approx(auc(outcome[mixed], score[mixed]), rel=1e-12)


def test_difference_is_zero_against_itself():
    assert auc_difference([True, False, True], [3, 2, 1], [3, 2, 1]) == 0


def test_one_kind_only_is_refused_with_the_count():
    with pytest.raises(ValueError, match=r"outcome: 3 of 3 customers are True; an AUC needs both"):
        auc([True, True, True], [1, 2, 3])
