import numpy as np
import pandas as pd
import pytest
from scipy import stats

from crm_helpers.measures.statistics.clustered_test import clustered_p_value


def waves(persons: int, times: int, seed: int, loyal: float = 0.8) -> pd.DataFrame:
    """Answers x, y that have nothing to do with each other; who is content stays so."""
    rng = np.random.default_rng(seed)
    person = np.repeat(np.arange(persons), times)
    own = np.sqrt(loyal) * rng.normal(size=(persons, 2))[person]
    drawn = own + np.sqrt(1 - loyal) * rng.normal(size=(len(person), 2))
    rows = pd.DataFrame(drawn, columns=["x", "y"])
    return rows.assign(person=person, period=np.tile(np.arange(times), persons))


def p_value(rows: pd.DataFrame, *names: str) -> float:
    return clustered_p_value(rows[[*names]], rows["y"], rows["person"], rows["period"])


def test_one_answer_each_and_one_predictor_is_nearly_a_t_test_of_the_correlation():
    rows = waves(50, 1, 3).assign(y=lambda r: r["y"] + 0.3 * r["x"])
    by_hand = stats.pearsonr(rows["x"], rows["y"]).pvalue
    # Lots tell a chance to the root of p (1 - p) over their number, here some 600.
    assert 0.02 < by_hand < 0.1
    assert p_value(rows, "x") == pytest.approx(by_hand, abs=4 * np.sqrt(0.05 / 600))


def test_every_lot_of_three_persons_is_counted_as_often_as_it_comes():
    rows = pd.DataFrame({"x": [1.0, 2, 3], "y": [1.0, 2, 3], "person": [0, 1, 2], "period": 0})
    # Of six orders the two that rise or fall throughout explain as much.
    assert p_value(rows, "x") == pytest.approx(1 / 3, abs=4 * np.sqrt(2 / 9 / 200))


def test_answers_given_twice_by_the_same_persons_prove_no_more():
    rows = waves(60, 1, 4).assign(y=lambda r: r["y"] + r["x"])
    twice = pd.concat([rows, rows])
    assert p_value(twice, "x") == pytest.approx(p_value(rows, "x"), rel=1e-9)


def test_what_moves_with_the_period_alone_is_no_tie():
    rows = waves(200, 4, 5)
    moved = rows.assign(x=rows["x"] + 3 * rows["period"], y=rows["y"] + 3 * rows["period"])
    assert p_value(moved, "x") == pytest.approx(p_value(rows, "x"), rel=1e-9)


def test_copies_of_a_predictor_and_flat_ones_change_nothing():
    rows = waves(60, 2, 6).assign(twin=lambda r: 7 * r["x"], flat=1.0)
    assert p_value(rows, "x", "twin", "flat") == pytest.approx(p_value(rows, "x"), rel=1e-9)


def test_nothing_is_claimed_of_two_persons_or_where_nothing_varies():
    rows = waves(2, 50, 7).assign(z=np.arange(100.0) % 7, flat=1.0)
    assert p_value(rows, "x", "z") > 0.4  # two persons have two lots
    assert p_value(rows, "flat") == 1.0


def test_hundred_persons_suffice_for_what_a_variance_estimated_from_them_leaves_open():
    rng = np.random.default_rng(11)
    rows = pd.DataFrame(rng.normal(size=(110, 6)), columns=[*"abcde", "y"])
    rows = rows.assign(y=rows["y"] + 0.5 * rows["a"], person=range(110), period=0)
    assert p_value(rows, *"abcde") < 0.005


@pytest.mark.whole
def test_two_persons_a_period_are_counted_as_the_one_draw_they_are():
    rng = np.random.default_rng(9)
    rows = pd.DataFrame(rng.normal(size=(400, 20, 2)).reshape(-1, 2), columns=["x", "y"])
    rows = rows.assign(person=np.tile(range(20), 400), period=np.tile(np.arange(20) // 2, 400))
    found = np.array([p_value(one, "x") for _, one in rows.groupby(np.arange(8_000) // 20)])
    assert (found < 0.05).mean() < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 400)
