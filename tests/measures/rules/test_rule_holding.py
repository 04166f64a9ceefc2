"""Holding of rules: one verdict per case, intervals against theory and simulation."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.rules.rule_holding import lift_interval, rule_holding


def later(baskets: int, left: int, right: int, both: int, confidence: float = 0.3) -> pd.DataFrame:
    names = ["basket_count", "antecedent_count", "consequent_count", "joint_count", "confidence"]
    return pd.DataFrame([(baskets, left, right, both, confidence)], columns=names)


@pytest.mark.parametrize(
    ("both", "left", "verdict"),
    [
        (60, 200, "held"),
        (30, 200, "weaker"),
        (10, 200, "did not hold"),
        (0, 200, "did not hold"),
        (1, 10, "too few to tell"),
        (0, 0, "too few to tell"),
    ],
    ids=["as before", "above chance, below what was asked", "chance", "never", "ten", "none"],
)
def test_verdict_follows_lift_and_confidence_of_later_baskets(both, left, verdict):
    found = rule_holding(later(2000, left, 100, both), min_confidence=0.25)
    assert found["verdict"][0] == verdict


def test_lift_interval_covers_the_true_lift_as_often_as_it_says():
    rng = np.random.default_rng(8)
    cells = rng.multinomial(4000, [0.03, 0.07, 0.07, 0.83], size=2000)
    counts = pd.DataFrame(
        {
            "basket_count": 4000,
            "antecedent_count": cells[:, 0] + cells[:, 1],
            "consequent_count": cells[:, 0] + cells[:, 2],
            "joint_count": cells[:, 0],
        }
    )
    low, high = lift_interval(counts)
    covered = ((low <= 3.0) & (high >= 3.0)).mean()
    # 2,000 draws leave the coverage itself with a standard error of 0.005
    assert covered == pytest.approx(0.95, abs=0.015)


def test_a_rule_never_seen_later_has_no_lift_interval():
    low, high = lift_interval(later(100, 10, 10, 0))
    assert np.isnan([low[0], high[0]]).all()
