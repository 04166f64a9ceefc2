import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from crm_helpers.measures.forecasts.average_precision import average_precision


def test_a_perfect_order_has_one():
    assert average_precision([True, True, False], [3, 2, 1]) == 1.0


def test_all_tied_has_the_share_of_cases():
    assert average_precision([True, False, False, False], [1, 1, 1, 1]) == 0.25


def test_the_worst_order_finds_each_case_last():
    assert average_precision([False, False, True], [3, 2, 1]) == pytest.approx(1 / 3)


def test_it_is_the_one_of_scikit_learn():
    rng = np.random.default_rng(3)
    outcome, score = rng.random(300) < 0.1, rng.integers(0, 40, 300)
    expected = average_precision_score(outcome, score)
    assert average_precision(outcome, score) == pytest.approx(expected, rel=1e-9)


def test_cases_of_one_kind_are_refused():
    with pytest.raises(ValueError, match="0 of 2 .*an average precision needs both kinds"):
        average_precision([False, False], [1, 2])
