import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.forecasts.evidence import evidence


@pytest.fixture
def world():
    rng = np.random.default_rng(1)
    chance = rng.beta(2, 4, 1500)
    rows = pd.DataFrame({"outcome": rng.random(1500) < chance, "probability": chance})
    return rows.assign(rule_score=chance + rng.normal(0, 0.3, 1500))


def test_a_model_that_knows_the_truth_beats_a_blurred_rule(world):
    found = evidence(world, draws=150)
    assert found.finds_something
    assert found.beats_rule
    assert found.is_calibrated


def test_shuffled_outcomes_find_nothing(world):
    dealt = np.random.default_rng(2).permutation(world["outcome"])
    found = evidence(world.assign(outcome=dealt), draws=150)
    assert not found.finds_something
    assert found.auc_interval.low < 0.5 < found.auc_interval.high


def test_a_model_against_itself_neither_beats_nor_loses(world):
    found = evidence(world.assign(rule_score=world["probability"]), draws=30)
    assert not found.beats_rule
    assert not found.loses_to_rule
    assert found.difference == 0


def test_base_rate_stands_beside_the_brier_score(world):
    found = evidence(world, draws=30)
    rate = world["outcome"].mean()
    assert found.base_brier == pytest.approx(rate * (1 - rate), rel=1e-9)
