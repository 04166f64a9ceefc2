import pandas as pd

from crm_helpers.measures.survival.still_away import still_away


def test_nobody_back_leaves_everybody_away():
    assert still_away(pd.Series([None, None], dtype=float), until_days=2)["away_share"].min() == 1


def test_all_back_on_the_first_day():
    curve = still_away(pd.Series([1.0, 1.0]), until_days=3)
    assert curve["away_share"].tolist() == [1, 0, 0, 0]
