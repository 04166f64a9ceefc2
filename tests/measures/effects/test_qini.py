import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.effects.qini import qini_coefficient, qini_curve, qini_interval

# Four treated and four control persons; two treated and one control person buy.
HAND = pd.DataFrame(
    {
        "bought": [1, 1, 0, 0, 0, 0, 0, 1],
        "is_treated": [True, True, True, True, False, False, False, False],
        "perfect": [2, 2, 1, 1, 1, 1, 1, 0],
    }
)


def coefficient(score: pd.Series) -> float:
    return qini_coefficient(HAND["bought"], HAND["is_treated"], score)


def test_perfect_targeting_has_qini_one():
    assert coefficient(HAND["perfect"]) == pytest.approx(1.0)


def test_perfectly_wrong_targeting_has_qini_minus_one():
    assert coefficient(-HAND["perfect"]) == pytest.approx(-1.0)


def test_one_score_for_all_has_qini_zero():
    assert coefficient(HAND["perfect"] * 0) == pytest.approx(0.0, abs=1e-12)


def test_area_of_the_hand_table_by_arithmetic():
    # points (0, 0), (1/4, 1/2), (7/8, 1/2), (1, 1/4); straight line ends at 1/4
    curve = qini_curve(HAND["bought"], HAND["is_treated"], HAND["perfect"])
    assert curve["treated_share"].tolist() == [0, 0.25, 0.875, 1]
    assert curve["extra_outcomes"].tolist() == [0, 0.5, 0.5, 0.25]


def test_last_point_of_the_curve_is_the_average_effect():
    curve = qini_curve(HAND["bought"], HAND["is_treated"], pd.Series(range(8)))
    assert curve["extra_outcomes"].iloc[-1] == pytest.approx(2 / 4 - 1 / 4)


def test_twins_with_the_same_outcome_have_no_qini_whatever_the_score():
    outcome = pd.Series([1, 0, 1, 0, 1, 0, 1, 0])
    treated = pd.Series([True] * 4 + [False] * 4)
    score = pd.Series([4, 3, 2, 1, 4, 3, 2, 1])
    assert qini_coefficient(outcome, treated, score) == pytest.approx(0.0, abs=1e-12)


def test_nobody_buys_gives_zero():
    assert qini_coefficient(HAND["bought"] * 0, HAND["is_treated"], HAND["perfect"]) == 0


def test_order_of_rows_and_scale_of_score_change_nothing():
    shuffled = HAND.sample(frac=1, random_state=1)
    changed = qini_coefficient(
        shuffled["bought"], shuffled["is_treated"], 100 * shuffled["perfect"] - 7
    )
    assert changed == pytest.approx(coefficient(HAND["perfect"]))


def test_interval_holds_zero_without_effect_and_leaves_it_out_with_a_planted_one():
    rng = np.random.default_rng(0)
    score = pd.Series(rng.uniform(size=4000))
    treated = pd.Series(rng.uniform(size=4000) < 0.5)
    idle = pd.Series(rng.uniform(size=4000) < 0.2)
    moved = pd.Series(rng.uniform(size=4000) < 0.2 + 0.3 * treated * (score - 0.5))
    none = qini_interval(idle, treated, score)
    some = qini_interval(moved, treated, score)
    assert none.low < 0 < none.high
    assert some.low > 0
    assert some.low < some.value < some.high


def test_rows_of_one_person_are_drawn_together():
    table = pd.concat([HAND] * 40, ignore_index=True)
    table["score"] = np.tile([8, 1, 7, 2, 6, 3, 5, 4], 40)
    alone = qini_interval(table["bought"], table["is_treated"], table["score"])
    four_times = pd.concat([table] * 4)
    together = qini_interval(
        four_times["bought"],
        four_times["is_treated"],
        four_times["score"],
        person=np.tile(np.arange(320), 4),
    )
    # the same 320 persons, only written four times: the width may not shrink by half
    width = together.high - together.low
    assert width == pytest.approx(alone.high - alone.low, rel=0.15)


def test_missing_control_group_is_refused():
    with pytest.raises(ValueError, match="8 of 8 persons are treated.*random control group"):
        qini_coefficient(HAND["bought"], HAND["is_treated"] | True, HAND["perfect"])
