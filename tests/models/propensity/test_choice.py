import numpy as np
import pandas as pd

from crm_helpers.models.propensity.choice import Split, chosen, folds, inner_folds


def test_all_rows_of_a_subject_are_in_one_fold():
    subject = np.repeat(np.arange(40), 3)
    outcome = np.tile([True, False, False], 40)
    for split in folds(outcome, subject, count=4, seed=0):
        assert not set(subject[split.learn]) & set(subject[split.judge])


def test_folds_judge_every_row_once():
    outcome = np.arange(50) % 2 == 0
    judged = np.concatenate([s.judge for s in folds(outcome, np.arange(50), count=5, seed=0)])
    assert sorted(judged) == list(range(50))


def test_many_rows_are_split_once_only():
    assert len(inner_folds(np.arange(24_000) % 2 == 0, np.arange(24_000), seed=0)) == 1


def test_the_method_that_can_bend_wins_where_the_truth_bends():
    rng = np.random.default_rng(0)
    x = rng.uniform(-2, 2, 3000)
    happened = rng.random(3000) < np.where(np.abs(x) > 1, 0.8, 0.1)
    split = Split(np.arange(2000), np.arange(2000, 3000))
    choice = chosen(pd.DataFrame({"x": x}), happened, [split], methods=("logistic", "lightgbm"))
    assert choice.method == "lightgbm"


def test_within_noise_the_plainest_is_taken():
    rng = np.random.default_rng(1)
    x = rng.normal(size=4000)
    happened = rng.random(4000) < 1 / (1 + np.exp(-x))
    split = Split(np.arange(2000), np.arange(2000, 4000))
    choice = chosen(pd.DataFrame({"x": x}), happened, [split])
    assert (choice.method, choice.calibration) == ("logistic", "none")
    assert len(choice.tried) == 15
