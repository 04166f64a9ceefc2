"""Approval against bad rate."""

import numpy as np
import pytest

from crm_helpers.measures.credit.strategy_curve import bad_rate_at, strategy_curve


def test_a_perfect_score_leaves_the_bad_to_the_end():
    curve = strategy_curve([4, 3, 2, 1], [False, False, False, True])
    assert curve["bad_rate"].tolist() == [0, 0, 0, 0.25]
    assert curve["approved_share"].tolist() == [0.25, 0.5, 0.75, 1]


def test_equal_scores_are_approved_together():
    curve = strategy_curve([1, 1, 1], [True, False, False])
    assert curve["bad_rate"].tolist() == pytest.approx([1 / 3])


def test_the_curve_ends_at_the_base_rate():
    rng = np.random.default_rng(0)
    bad = rng.random(200) < 0.2
    assert bad_rate_at(strategy_curve(rng.random(200), bad), 1.0) == pytest.approx(bad.mean())


def test_no_application_is_said():
    with pytest.raises(ValueError, match="strategy curve: 0 applications; expected one or more"):
        strategy_curve([], [])
