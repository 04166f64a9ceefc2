import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.models.propensity.learners import METHODS, Boosting, new_learner


@pytest.mark.parametrize("method", METHODS)
def test_every_method_finds_the_planted_order(method, customers):
    train, later = customers(1500, 1), customers(800, 2)
    columns = ["days", "plan", "noise"]
    learner = new_learner(method, seed=0).fit(train[columns], train["lapsed"])
    best = auc(later["lapsed"], later["truth"])
    assert auc(later["lapsed"], learner.probability(later[columns])) > best - 0.04


@pytest.mark.parametrize("method", METHODS)
def test_same_seed_gives_the_same_scores(method, customers):
    rows = customers(300)
    columns = ["days", "plan", "noise"]
    scores = [
        new_learner(method, seed=5).fit(rows[columns], rows["lapsed"]).probability(rows[columns])
        for _ in range(2)
    ]
    assert (scores[0] == scores[1]).all()


@pytest.mark.parametrize("method", ["tree", "lightgbm"])
def test_a_monotone_constraint_holds_against_the_data(method, customers):
    rows = customers(1500)
    learner = new_learner(method, monotone={"days": -1}).fit(rows[["days"]], rows["lapsed"])
    steps = pd.DataFrame({"days": np.linspace(0, 400, 60)})
    assert (np.diff(learner.probability(steps)) <= 1e-12).all()


def test_contributions_add_up_to_the_log_odds(customers):
    rows = customers(400)
    columns = ["days", "plan", "noise"]
    learner = Boosting().fit(rows[columns], rows["lapsed"])
    chance = learner.probability(rows[columns])
    odds = np.log(chance / (1 - chance))
    left = odds - learner.contributions(rows[columns]).sum(axis=1)
    assert left.std() < 1e-9 * odds.std() + 1e-9
    assert list(learner.contributions(rows[columns])) == ["days", "noise", "plan"]


def test_few_of_the_rarer_kind_make_large_leaves():
    outcome = np.zeros(2000, int)
    outcome[:40] = 1
    rows = pd.DataFrame({"x": np.arange(2000.0)})
    learner = Boosting().fit(rows, outcome)
    assert learner.model.params["min_data_in_leaf"] == 200


def test_an_unknown_method_is_named():
    with pytest.raises(ValueError, match="method: 'forest' is unknown; expected one of logistic"):
        new_learner("forest")


def test_a_method_that_cannot_hold_a_constraint_says_which_can():
    with pytest.raises(ValueError, match=r"'mlp' cannot hold .*\(first: days\); tree and lightgbm"):
        new_learner("mlp", monotone={"days": 1})
