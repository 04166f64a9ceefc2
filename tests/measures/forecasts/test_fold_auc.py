"""AUC by folds: scores of different folds are never compared."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from crm_helpers.measures.forecasts.fold_auc import fold_auc, fold_auc_difference


def test_one_fold_is_the_plain_auc_of_scikit_learn():
    rng = np.random.default_rng(0)
    happened, score = rng.random(300) < 0.3, rng.random(300)
    expected = roc_auc_score(happened, score)
    assert fold_auc(happened, score, np.zeros(300)) == pytest.approx(expected, rel=1e-12)


def test_folds_on_other_scales_do_not_disturb_each_other():
    assert fold_auc([1, 0, 1, 0], [0.2, 0.1, 90, 80], [0, 0, 1, 1]) == 1.0


def test_a_fold_of_one_kind_is_passed_over():
    assert fold_auc([1, 0, 1, 1], [0.2, 0.1, 0.1, 0.2], [0, 0, 1, 1]) == 1.0


def test_a_score_differs_from_itself_by_nothing():
    assert fold_auc_difference([1, 0, 1], [3, 1, 2], [3, 1, 2], [0, 0, 0]) == 0


def test_no_fold_with_both_kinds_is_said():
    with pytest.raises(ValueError, match="none of 2 folds holds both outcomes; expected one"):
        fold_auc([1, 0], [0.1, 0.2], [0, 1])
