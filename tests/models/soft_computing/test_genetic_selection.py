"""Genetic algorithm: optimum known beforehand, same seed same answer."""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from crm_helpers.models.soft_computing import genetic_selection
from crm_helpers.models.soft_computing.genetic_selection import Evolution, GeneticLogistic, evolve


def agreement(target):
    return lambda mask: float((mask == target).sum())


def test_a_planted_mask_of_twenty_genes_is_found():
    target = np.arange(20) % 3 == 0
    best, _ = evolve(agreement(target), 20, Evolution(population=40, generations=40))
    np.testing.assert_array_equal(best, target)


def test_the_best_never_gets_worse():
    _, history = evolve(agreement(np.arange(20) % 2 == 0), 20)
    assert history["best"].is_monotonic_increasing


def test_evolution_beats_the_same_number_of_random_masks():
    target = np.arange(40) % 3 == 0
    evolution = Evolution(population=30, generations=20)
    best, _ = evolve(agreement(target), 40, evolution)
    random = np.random.default_rng(0).random((30 * 21, 40)) < 0.5
    assert (best == target).sum() > (random == target).sum(axis=1).max()


def test_same_seed_gives_the_same_mask():
    first, second = (evolve(agreement(np.ones(30, bool)), 30)[0] for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_attributes_that_tell_are_chosen_and_noise_is_left():
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(
        rng.normal(size=(1500, 6)), columns=[*"ab", *(f"noise{i}" for i in range(4))]
    )
    outcome = pd.Series(rng.random(1500) < 1 / (1 + np.exp(-1.5 * (frame["a"] + frame["b"]))))
    model = GeneticLogistic(Evolution(population=12, generations=6), price=0.002)
    assert model.fit(frame, outcome).chosen == ["a", "b"]


def test_the_quick_regression_of_the_search_says_what_scikit_learn_says():
    rng = np.random.default_rng(6)
    known, unseen = rng.normal(size=(400, 5)), rng.normal(size=(50, 5))
    happened = rng.random(400) < 1 / (1 + np.exp(1 - known[:, 0]))
    theirs = LogisticRegression(C=0.5, tol=1e-10).fit(known, happened)
    found = genetic_selection._log_odds(known, happened, unseen)
    np.testing.assert_allclose(
        found, theirs.decision_function(unseen), atol=1e-6
    )  # steps end at 1e-6
