import numpy as np
import pytest

from crm_helpers.measures.forecasts.profit_curve import (
    best_cut_off,
    cut_off_interval,
    profit_curve,
    unseen_profit,
)


def test_profit_of_everybody_is_gain_times_events_less_all_costs():
    curve = profit_curve([True, False, True], [3, 2, 1], gain=10, cost=4)
    assert curve["profit"].iloc[-1] == 2 * 10 - 3 * 4


def test_contacting_nobody_is_best_when_contacts_never_pay():
    best = best_cut_off(profit_curve([True, False], [2, 1], gain=1, cost=4))
    assert best == (0.0, np.inf, 0.0)


def test_tied_customers_enter_together():
    curve = profit_curve([True, False, False], [2, 2, 1], gain=10, cost=4)
    assert curve["contacted_share"].tolist() == pytest.approx([0, 2 / 3, 1])


def test_gain_may_differ_by_customer():
    curve = profit_curve([True, True], [2, 1], gain=[100, 1], cost=4)
    assert curve["profit"].tolist() == [0, 96, 93]


def test_interval_of_the_best_share_holds_the_planted_one():
    rng = np.random.default_rng(0)
    score = rng.random(2000)
    outcome = rng.random(2000) < score
    # A contact pays above a chance of 0.4, so the best share is 0.6.
    low, high = cut_off_interval(outcome, score, gain=10, cost=4, draws=100)
    assert low < 0.6 < high
    assert high - low < 0.4


def test_profit_on_unseen_customers_of_a_score_that_tells_nothing_is_none():
    """Best cut-offs of noise bring something on their own rows, and nothing on others."""
    rng, best, unseen = np.random.default_rng(5), [], []
    for run in range(60):
        outcome, score = rng.random(200) < 0.4, rng.random(200)
        best.append(best_cut_off(profit_curve(outcome, score, gain=10, cost=4)).profit)
        unseen.append(unseen_profit(outcome, score, gain=10, cost=4, seed=run))
    error = np.std(unseen) / np.sqrt(60)
    assert np.mean(best) > 5 * error
    assert abs(np.mean(unseen)) < 3 * error


def test_profit_on_unseen_customers_of_a_clear_order_is_all_there_is():
    outcome = np.arange(100) < 30
    score = np.where(outcome, 2.0, 1.0)
    assert unseen_profit(outcome, score, gain=10, cost=4) == 30 * 6
