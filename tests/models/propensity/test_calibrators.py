import numpy as np
import pytest

from crm_helpers.measures.forecasts.calibration import calibration_slope
from crm_helpers.models.propensity.calibrators import calibrated_losses, calibrator, levelled


@pytest.fixture
def extreme():
    """Raw scores twice too extreme in log-odds, and what happened."""
    rng = np.random.default_rng(0)
    odds = rng.normal(-1, 1, 4000)
    return 1 / (1 + np.exp(-2 * odds)), rng.random(4000) < 1 / (1 + np.exp(-odds))


@pytest.mark.parametrize("kind", ["logistic", "isotonic"])
def test_scores_twice_too_extreme_are_straightened(kind, extreme):
    raw, outcome = extreme
    calibrated = calibrator(kind, raw[::2], outcome[::2])(raw[1::2])
    assert calibration_slope(outcome[1::2], calibrated) == pytest.approx(1, abs=0.15)  # 2,000 rows


def test_the_straight_line_wins_over_none_where_scores_are_too_extreme(extreme):
    losses = calibrated_losses(*extreme)
    assert losses["logistic"].mean() < losses["none"].mean()


def test_scores_that_rank_the_wrong_way_round_give_the_base_rate():
    outcome = np.array([True, True, False, False] * 20)
    raw = np.where(outcome, 0.2, 0.8)
    assert calibrator("logistic", raw, outcome)(np.array([0.1, 0.9])).tolist() == [0.5, 0.5]


def test_the_level_comes_from_all_rows_and_the_shape_stays():
    raw = np.array([0.2, 0.4, 0.6, 0.8])
    outcome = np.array([True, True, True, False])
    shifted = levelled(lambda raw: raw, raw, outcome)(raw)
    assert shifted.mean() == pytest.approx(0.75, rel=1e-6)  # root finder
    assert (np.diff(shifted) > 0).all()


def test_the_order_of_many_rows_changes_no_level():
    rng = np.random.default_rng(3)
    raw, outcome = rng.random(50_001), rng.random(50_001) < 0.2
    other = rng.permutation(len(raw))
    first = levelled(lambda raw: raw, raw, outcome)(raw[:5])
    again = levelled(lambda raw: raw, raw[other], outcome[other])(raw[:5])
    assert again == pytest.approx(first, rel=1e-9)


def test_a_season_that_is_more_than_noise_moves_the_level():
    rng = np.random.default_rng(1)
    raw = np.full(8000, 0.5)
    season = np.arange(8000) < 4000
    outcome = rng.random(8000) < np.where(season, 0.3, 0.7)
    assert levelled(lambda r: r, raw, outcome, season=season)(raw[:1])[0] == pytest.approx(
        0.3, abs=0.03
    )  # 4,000 rows


def test_a_season_that_is_noise_moves_nothing():
    raw = np.full(100, 0.5)
    season = np.arange(100) < 10
    outcome = np.array([True] * 6 + [False] * 4 + [True, False] * 45)
    shifted = levelled(lambda r: r, raw, outcome, season=season)(raw[:1])[0]
    assert shifted == pytest.approx(outcome.mean(), rel=1e-6)


def test_an_unknown_kind_is_named():
    with pytest.raises(ValueError, match="calibration: 'beta' is unknown; expected one of none"):
        calibrator("beta", np.array([0.5]), np.array([True]))
