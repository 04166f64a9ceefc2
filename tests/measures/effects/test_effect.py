import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.effects.effect import mean_effect, rate_effect
from crm_helpers.measures.effects.score_interval import score_interval


def arms(treated: list[float], control: list[float]) -> tuple[pd.Series, pd.Series]:
    flags = [True] * len(treated) + [False] * len(control)
    return pd.Series(treated + control), pd.Series(flags)


def rates(treated: tuple[int, int], control: tuple[int, int]) -> tuple[pd.Series, pd.Series]:
    lists = [[1.0] * yes + [0.0] * (all_ - yes) for yes, all_ in (treated, control)]
    return arms(*lists)


def test_rate_effect_has_the_score_interval_and_tells_what_no_event_could_show():
    effect = rate_effect(*rates((0, 540), (0, 60)))
    assert (effect.low, effect.high) == pytest.approx(score_interval(0, 540, 0, 60))
    # Half of its length, times (1.960 + 0.842) / 1.960; it was 0: any effect would have been seen.
    half = (effect.high - effect.low) / 2
    assert effect.smallest_detectable == pytest.approx(half * 1.4294, rel=1e-4)


def test_same_rate_in_both_arms_shows_no_effect():
    effect = rate_effect(*rates((5, 50), (5, 50)))
    assert effect.difference == 0
    assert not effect.is_shown


def test_swapping_arms_turns_the_sign():
    outcome, treated = rates((56, 70), (48, 80))
    there, back = rate_effect(outcome, treated), rate_effect(outcome, ~treated)
    assert back.difference == pytest.approx(-there.difference)
    assert (back.low, back.high) == pytest.approx((-there.high, -there.low))


def test_mean_effect_equals_welch_of_scipy():
    outcome, treated = arms([3.0, 5.0, 8.0, 12.0], [1.0, 2.0, 2.5])
    from scipy.stats import ttest_ind

    expected = ttest_ind(outcome[treated], outcome[~treated], equal_var=False).confidence_interval()
    effect = mean_effect(outcome, treated)
    assert (effect.low, effect.high) == pytest.approx((expected.low, expected.high), rel=1e-9)


def test_smallest_detectable_is_shown_in_four_of_five_tries():
    rng, treated = np.random.default_rng(3), pd.Series([True] * 100 + [False] * 100)
    # two arms of 100 with standard deviation 1: (1.972 + 0.842) * sqrt(2 / 100)
    needed = mean_effect(pd.Series(np.tile([-0.995, 0.995], 100)), treated).smallest_detectable
    assert needed == pytest.approx(0.398, abs=5e-4)
    tries = [mean_effect(pd.Series(rng.normal(needed * treated)), treated) for _ in range(300)]
    assert np.mean([one.is_shown for one in tries]) == pytest.approx(0.8, abs=0.07)  # 3 sigma


@pytest.mark.parametrize("measure", [rate_effect, mean_effect])
def test_missing_control_group_is_refused(measure):
    with pytest.raises(ValueError, match=r"2 of 2 persons are treated.*Leave out campaigns"):
        measure(pd.Series([1.0, 0.0]), pd.Series([True, True]))


def test_hillstrom_arms_have_the_published_rates(shared_data):
    table = pd.read_csv(shared_data / "hillstrom" / "hillstrom.csv")
    pair = table[table["segment"] != "Womens E-Mail"]
    is_treated = pair["segment"] == "Mens E-Mail"
    visit, spend = rate_effect(pair["visit"], is_treated), mean_effect(pair["spend"], is_treated)
    rates = (visit.treated_mean, visit.control_mean)
    assert rates == pytest.approx((0.1828, 0.1062), abs=5e-5)
    assert (spend.treated_mean, spend.control_mean) == pytest.approx((1.4226, 0.6528), abs=5e-5)
    assert visit.low > 0.06
    assert spend.is_shown
