import pandas as pd
import pytest

from crm_helpers.measures.effects.uplift_tenths import uplift_tenths

OUTCOME = pd.Series([1, 0, 0, 0, 1, 1, 0, 1])
TREATED = pd.Series([True, False] * 4)
SCORE = pd.Series([9, 9, 8, 8, 2, 2, 1, 1])


def test_best_scores_come_first_with_counts_of_both_arms():
    halves = uplift_tenths(OUTCOME, TREATED, SCORE, groups=2)
    assert halves["tenth"].tolist() == [1, 2]
    assert halves["difference"].tolist() == [0.5, -0.5]
    assert halves[["treated_count", "control_count"]].to_numpy().tolist() == [[2, 2], [2, 2]]
    assert halves["predicted"].tolist() == [8.5, 1.5]


def test_equal_scores_stay_together():
    assert uplift_tenths(OUTCOME, TREATED, SCORE * 0)["tenth"].tolist() == [10]


def test_effects_of_equal_groups_average_to_the_whole():
    halves = uplift_tenths(OUTCOME, TREATED, SCORE, groups=2)
    whole = OUTCOME[TREATED].mean() - OUTCOME[~TREATED].mean()
    assert halves["difference"].mean() == pytest.approx(whole)


def test_groups_with_one_arm_are_left_out():
    tenths = uplift_tenths(OUTCOME, TREATED, pd.Series(range(8)), groups=8)
    assert tenths.empty
