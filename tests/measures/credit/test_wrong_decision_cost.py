"""Cost of wrong decisions, as the publisher of German credit asks."""

import pandas as pd
import pytest

from crm_helpers.measures.credit.wrong_decision_cost import break_even_chance, wrong_decision_cost


def test_right_decisions_cost_nothing():
    assert wrong_decision_cost([True, False], [False, True]) == 0


def test_a_bad_approved_costs_five_times_a_good_declined():
    assert wrong_decision_cost([True], [True]) == 5 * wrong_decision_cost([False], [False])


def test_break_even_of_five_to_one_is_a_sixth():
    assert break_even_chance() == pytest.approx(1 / 6)


def test_at_the_break_even_both_decisions_cost_the_same_on_average():
    chance = break_even_chance(bad_approved=7, good_declined=2)
    assert 7 * chance == pytest.approx(2 * (1 - chance))


def test_german_credit_costs_1_5_to_approve_and_0_7_to_decline_everybody(shared_data):
    """700 good and 300 bad (Hofmann 1994): 5 x 0.3 and 1 x 0.7."""
    file = shared_data / "german_credit" / "german.data"
    bad = pd.read_csv(file, sep=" ", header=None)[20] == 2
    assert wrong_decision_cost(bad, [True] * 1000) == pytest.approx(1.5)
    assert wrong_decision_cost(bad, [False] * 1000) == pytest.approx(0.7)
