import numpy as np
import pandas as pd

from crm_helpers.measures.fraud.paired_saving import pays, saves_more


def test_what_is_better_for_everybody_is_better():
    assert saves_more(pd.Series([3.0] * 12))


def test_one_large_sum_shows_nothing():
    assert not saves_more(pd.Series([5_000.0] + [0.0] * 300))


def test_nothing_and_no_difference_are_no_claim():
    assert not saves_more(pd.Series([], dtype=float))
    assert not saves_more(pd.Series([0.0, np.nan]))
    assert not pays(pd.Series([9.0]))


def test_two_hits_are_not_enough_to_say_that_checks_pay():
    assert not pays(pd.Series([500.0] + [-3.0] * 33))
    assert pays(pd.Series([50.0] * 30 + [-3.0] * 10))


def test_more_choices_ask_for_more():
    net = pd.Series([8.0] * 7 + [-3.0] * 6)
    assert not pays(net, choices=4)
    assert pays(pd.Series([8.0] * 40 + [-3.0] * 10), choices=4)
