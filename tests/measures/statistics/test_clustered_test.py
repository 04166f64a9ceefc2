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


def test_one_answer_each_and_one_predictor_is_nearly_a_t_test_of_the_products():
    rows = waves(50, 1, 3)
    apart = rows[["x", "y"]] - rows[["x", "y"]].mean()
    square = stats.ttest_1samp(apart["x"] * apart["y"], 0).statistic ** 2
    # Both means are estimated: one degree of freedom less, as in a test of a correlation.
    by_hand = stats.f.sf(square * 48 / 49, 1, 48)
    assert p_value(rows, "x") == pytest.approx(by_hand, rel=1e-9)


def test_answers_given_twice_by_the_same_persons_prove_no_more():
    rows = waves(60, 1, 4).assign(y=lambda r: r["y"] + r["x"])
    twice = pd.concat([rows, rows])
    assert p_value(twice, "x") == pytest.approx(p_value(rows, "x"), rel=1e-9)


def test_what_moves_with_the_period_alone_is_no_tie():
    rows = waves(200, 4, 5)
    moved = rows.assign(x=rows["x"] + 3 * rows["period"], y=rows["y"] + 3 * rows["period"])
    assert p_value(moved, "x") == pytest.approx(p_value(rows, "x"), rel=1e-6)


def test_copies_of_a_predictor_and_flat_ones_change_nothing():
    rows = waves(60, 2, 6).assign(twin=lambda r: 7 * r["x"], flat=1.0)
    assert p_value(rows, "x", "twin", "flat") == pytest.approx(p_value(rows, "x"), rel=1e-9)


def test_nothing_is_known_of_fewer_persons_than_predictors_or_where_nothing_varies():
    rows = waves(2, 50, 7).assign(z=np.arange(100.0) % 7, flat=1.0)
    assert p_value(rows, "x", "z") == 1.0
    assert p_value(rows, "flat") == 1.0


@pytest.mark.whole
def test_two_persons_a_period_are_counted_as_the_one_draw_they_are():
    rng = np.random.default_rng(9)
    rows = pd.DataFrame(rng.normal(size=(2000, 20, 2)).reshape(-1, 2), columns=["x", "y"])
    rows = rows.assign(person=np.tile(range(20), 2000), period=np.tile(np.arange(20) // 2, 2000))
    found = np.array([p_value(one, "x") for _, one in rows.groupby(np.arange(40_000) // 20)])
    assert (found < 0.05).mean() < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 2000)
