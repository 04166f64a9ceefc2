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
MAY = pd.Series(["may"] * 8)


def one(rows) -> np.ndarray:
    """One campaign for all rows."""
    return np.zeros(len(rows), dtype=int)


def coefficient(score: pd.Series) -> float:
    return qini_coefficient(HAND["bought"], HAND["is_treated"], score, campaign=MAY)


def test_perfect_targeting_has_qini_one():
    assert coefficient(HAND["perfect"]) == pytest.approx(1.0)


def test_perfectly_wrong_targeting_has_qini_minus_one():
    assert coefficient(-HAND["perfect"]) == pytest.approx(-1.0)


def test_one_score_for_all_has_qini_zero():
    assert coefficient(HAND["perfect"] * 0) == pytest.approx(0.0, abs=1e-12)


def test_area_of_the_hand_table_by_arithmetic():
    # points (0, 0), (1/4, 1/2), (7/8, 1/2), (1, 1/4); straight line ends at 1/4
    curve = qini_curve(HAND["bought"], HAND["is_treated"], HAND["perfect"], campaign=MAY)
    assert curve["treated_share"].tolist() == [0, 0.25, 0.875, 1]
    assert curve["extra_outcomes"].tolist() == [0, 0.5, 0.5, 0.25]


def test_last_point_of_the_curve_is_the_average_effect():
    curve = qini_curve(HAND["bought"], HAND["is_treated"], pd.Series(range(8)), campaign=MAY)
    assert curve["extra_outcomes"].iloc[-1] == pytest.approx(2 / 4 - 1 / 4)


def test_twins_with_the_same_outcome_have_no_qini_whatever_the_score():
    outcome = pd.Series([1, 0, 1, 0, 1, 0, 1, 0])
    treated = pd.Series([True] * 4 + [False] * 4)
    score = pd.Series([4, 3, 2, 1, 4, 3, 2, 1])
    assert qini_coefficient(outcome, treated, score, campaign=MAY) == pytest.approx(0.0, abs=1e-12)


def test_nobody_buys_gives_zero():
    assert (
        qini_coefficient(HAND["bought"] * 0, HAND["is_treated"], HAND["perfect"], campaign=MAY) == 0
    )


def test_order_of_rows_and_scale_of_score_change_nothing():
    shuffled = HAND.sample(frac=1, random_state=1)
    changed = qini_coefficient(
        shuffled["bought"], shuffled["is_treated"], 100 * shuffled["perfect"] - 7, campaign=MAY
    )
    assert changed == pytest.approx(coefficient(HAND["perfect"]))


def test_interval_holds_zero_without_effect_and_leaves_it_out_with_a_planted_one():
    rng = np.random.default_rng(0)
    score = pd.Series(rng.uniform(size=4000))
    treated = pd.Series(rng.uniform(size=4000) < 0.5)
    idle = pd.Series(rng.uniform(size=4000) < 0.2)
    moved = pd.Series(rng.uniform(size=4000) < 0.2 + 0.3 * treated * (score - 0.5))
    none = qini_interval(idle, treated, score, campaign=one(score))
    some = qini_interval(moved, treated, score, campaign=one(score))
    assert none.low < 0 < none.high
    assert some.low > 0
    assert some.low < some.value < some.high


def test_rows_of_one_person_are_drawn_together():
    table = pd.concat([HAND] * 40, ignore_index=True)
    table["score"] = np.tile([8, 1, 7, 2, 6, 3, 5, 4], 40)
    alone = qini_interval(table["bought"], table["is_treated"], table["score"], campaign=one(table))
    four_times = pd.concat([table] * 4)
    together = qini_interval(
        four_times["bought"],
        four_times["is_treated"],
        four_times["score"],
        campaign=one(four_times),
        person=np.tile(np.arange(320), 4),
    )
    # the same 320 persons, only written four times: the width may not shrink by half
    width = together.high - together.low
    assert width == pytest.approx(alone.high - alone.low, rel=0.15)


def test_missing_control_group_is_refused():
    with pytest.raises(ValueError, match="8 of 8 persons are treated.*random control group"):
        qini_coefficient(HAND["bought"], HAND["is_treated"] | True, HAND["perfect"], campaign=MAY)


def test_a_score_that_tells_campaigns_apart_finds_no_order():
    # No effect at all; a: 90 % treated, 20 % respond, score 1; b: 50 % treated, 5 %, score 0.
    cells = [("a", True, 900, 180), ("a", False, 100, 20), ("b", True, 500, 25)]
    parts = [
        pd.DataFrame({"campaign": name, "is_treated": arm, "bought": np.arange(n) < yes})
        for name, arm, n, yes in [*cells, ("b", False, 500, 25)]
    ]
    rows = pd.concat(parts, ignore_index=True)
    score, campaign = (rows["campaign"] == "a").astype(float), rows["campaign"]
    curve = qini_curve(rows["bought"], rows["is_treated"], score, campaign=campaign)
    assert curve["extra_outcomes"].abs().max() < 1e-12
    pooled = qini_coefficient(rows["bought"], rows["is_treated"], score, campaign=one(rows))
    assert pooled > 0.05


@pytest.mark.slow
def test_standard_error_is_that_of_repeated_trials():
    rng, found = np.random.default_rng(4), []
    for _ in range(150):
        table = pd.DataFrame(
            {"score": rng.uniform(size=600), "treated": rng.uniform(size=600) < 0.5}
        )
        bought = pd.Series(rng.uniform(size=600) < 0.2)
        found.append(
            qini_interval(bought, table["treated"], table["score"], campaign=one(table), draws=2)
        )
    spread = np.mean([each.spread for each in found])
    assert spread == pytest.approx(np.std([each.value for each in found]), rel=0.2)  # 3 sigma


def test_campaigns_with_one_arm_are_left_out():
    both = pd.concat([HAND, HAND.assign(is_treated=True)], ignore_index=True)
    campaign = pd.Series(["may"] * 8 + ["june"] * 8)
    found = qini_interval(
        both["bought"], both["is_treated"], both["perfect"], campaign=campaign, draws=5
    )
    assert found.value == pytest.approx(1.0)


def test_standard_error_of_a_known_score_is_that_of_its_contrast():
    """Half treated, one in five responds: the area adds 2 x outcome x (1/2 - place) a person."""
    rng, count = np.random.default_rng(6), 4000
    score, treated = pd.Series(rng.uniform(size=count)), pd.Series(np.arange(count) % 2 == 0)
    bought = pd.Series(rng.uniform(size=count) < 0.2)
    found = qini_interval(bought, treated, score, campaign=one(score), draws=2)
    # Each outcome counts 2 / n; its place is even on [0, 1], with a variance of 1 / 12.
    area = 2 * np.sqrt(0.2 / 12 / count)
    # The best order: up to 0.2 over the tenth of treated buyers, down over that of the others.
    most = 0.2 * 0.8 + 0.2 * 0.1
    assert found.spread == pytest.approx(area / most, rel=0.05)  # 800 buyers
