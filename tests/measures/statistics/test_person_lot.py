"""Whole persons dealt out anew among those who answered in the same periods."""

import numpy as np
import pandas as pd

from crm_helpers.measures.statistics.person_lot import PersonLot


def orders(person: list, period: list[int], draws: int = 50) -> np.ndarray:
    return PersonLot(pd.Series(person), pd.Series(period)).orders(draws, np.random.default_rng(1))


def test_answers_of_a_person_stay_together_and_in_their_periods():
    person, period = np.repeat(np.arange(6), 3), np.tile([0, 1, 4], 6)
    for order in orders(person, period):
        assert (period[order] == period).all()
        given = person[order].reshape(6, 3)
        assert (given == given[:, :1]).all()
        assert sorted(given[:, 0]) == list(range(6))


def test_every_answer_is_given_once():
    rng = np.random.default_rng(2)
    person, period = rng.integers(0, 12, 60), rng.integers(0, 4, 60)
    assert (np.sort(orders(person, period), axis=1) == np.arange(60)).all()


def test_rare_patterns_go_with_those_who_answered_as_often():
    made = orders(["a", "a", "b", "b", "c"], [0, 1, 2, 3, 0])
    assert {tuple(one) for one in made} == {(0, 1, 2, 3, 4), (2, 3, 0, 1, 4)}
    often = PersonLot(pd.Series([*"abcde", "x"]), pd.Series([0] * 5 + [1]))
    assert often.is_pooled.tolist() == [False] * 5 + [True]


def test_all_orders_of_three_persons_come_alike_often():
    made = orders(list("abc"), [0, 0, 0], draws=6000)
    _, counts = np.unique(made, axis=0, return_counts=True)
    assert len(counts) == 6
    assert abs(counts - 1000).max() < 5 * np.sqrt(1000)


def test_pieces_make_up_all_draws():
    lot = PersonLot(pd.Series(list("abc")), pd.Series([0, 0, 0]))
    pieces = list(lot.in_pieces(10, 1, most=3))
    assert [len(one) for one in pieces] == [3, 3, 3, 1]
