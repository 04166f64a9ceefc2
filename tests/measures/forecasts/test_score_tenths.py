import numpy as np

from crm_helpers.measures.forecasts.score_tenths import deciles, score_tenths


def test_a_hundred_customers_fill_ten_tenths_best_first():
    tenth = deciles(np.arange(100))
    assert np.bincount(tenth)[1:].tolist() == [10] * 10
    assert tenth[99] == 1


def test_tied_customers_are_in_one_tenth():
    assert set(deciles([1, 1, 1, 1])) == {1}


def test_event_rate_of_each_tenth():
    rows = score_tenths([True] * 10 + [False] * 90, range(100, 0, -1))
    assert rows["event_rate"].tolist() == [1.0] + [0.0] * 9
    assert rows["customers"].sum() == 100
