import numpy as np
import pytest

from crm_helpers.measures.statistics.claims import CLAIM_LEVEL, claim_level, claim_reach


def test_one_claim_is_judged_at_the_level_of_the_suite():
    assert claim_level() == CLAIM_LEVEL == pytest.approx(0.995, rel=1e-12)


def test_the_best_of_many_is_judged_more_strictly():
    assert 1 - claim_level(10) == pytest.approx((1 - CLAIM_LEVEL) / 10, rel=1e-9)
    assert claim_reach(10) > claim_reach(1)


def test_the_best_of_twenty_is_claimed_no_more_often_than_one_alone():
    best = np.random.default_rng(20261128).normal(size=(40_000, 20)).max(axis=1)
    false = (best > claim_reach(20)).mean()
    assert false < 0.0025 + 4 * np.sqrt(0.0025 / 40_000)


def test_a_claim_is_picked_from_something():
    with pytest.raises(ValueError, match="picked from 0 choices; expected one or more. Count all"):
        claim_level(0)
