import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.effects.uplift_tenths import uplift_tenths

OUTCOME = pd.Series([1, 0, 0, 0, 1, 1, 0, 1])
TREATED = pd.Series([True, False] * 4)
SCORE = pd.Series([9, 9, 8, 8, 2, 2, 1, 1])
MAY = pd.Series(["may"] * 8)


def test_best_scores_come_first_with_counts_of_both_arms():
    halves = uplift_tenths(OUTCOME, TREATED, SCORE, campaign=MAY, groups=2)
    assert halves["tenth"].tolist() == [1, 2]
    assert halves["difference"].tolist() == [0.5, -0.5]
    assert halves[["treated_count", "control_count"]].to_numpy().tolist() == [[2, 2], [2, 2]]
    assert halves["predicted"].tolist() == [8.5, 1.5]


def test_equal_scores_stay_together():
    assert uplift_tenths(OUTCOME, TREATED, SCORE * 0, campaign=MAY)["tenth"].tolist() == [10]


def test_effects_of_equal_groups_average_to_the_whole():
    halves = uplift_tenths(OUTCOME, TREATED, SCORE, campaign=MAY, groups=2)
    whole = OUTCOME[TREATED].mean() - OUTCOME[~TREATED].mean()
    assert halves["difference"].mean() == pytest.approx(whole)


def test_groups_with_one_arm_are_left_out():
    tenths = uplift_tenths(OUTCOME, TREATED, pd.Series(range(8)), campaign=MAY, groups=8)
    assert tenths.empty


def test_campaigns_of_unlike_level_and_control_share_make_no_effect():
    # No contact changes anything: 20 % respond in a, where 90 % are treated, 5 % in b, where 50 %.
    cells = [("a", True, 900, 0.20), ("a", False, 100, 0.20), ("b", True, 500, 0.05)]
    parts = [
        pd.DataFrame({"campaign": name, "is_treated": arm, "outcome": np.arange(n) < n * rate})
        for name, arm, n, rate in [*cells, ("b", False, 500, 0.05)]
    ]
    rows = pd.concat([part.assign(score=part.index % 2) for part in parts for _ in range(2)])
    rows = rows.assign(score=np.arange(len(rows)) % 2)
    tried = (rows["outcome"], rows["is_treated"], rows["score"])
    halves = uplift_tenths(*tried, campaign=rows["campaign"], groups=2)
    assert halves["difference"].abs().max() < 1e-12  # pooled over campaigns: above 0.07
