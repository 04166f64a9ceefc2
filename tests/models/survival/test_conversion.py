import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.survival.conversion import (
    ConversionTime,
    _done,
    _open,
    conversion_curve,
    conversion_time,
)
from crm_helpers.tables.needs import Skip


def test_curve_by_hand_with_one_lead_still_open():
    curve = conversion_curve(pd.Series([2, 3, 3, 5]), pd.Series([True, False, True, True]))
    # 1/4 on day 2; 1/3 of the rest on day 3; all of the rest on day 5
    assert curve["day"].tolist() == [0, 2, 3, 5]
    assert curve["open_count"].tolist() == [4, 4, 3, 1]
    assert curve["converted_share"].tolist() == pytest.approx([0, 0.25, 0.5, 1.0])


def test_curve_equals_statsmodels():
    from statsmodels.duration.survfunc import SurvfuncRight

    rng = np.random.default_rng(0)
    days, converted = rng.integers(1, 60, 300), rng.uniform(size=300) < 0.4
    theirs = SurvfuncRight(days, converted)
    ours = conversion_curve(pd.Series(days), pd.Series(converted)).iloc[1:]
    assert ours["converted_share"].to_numpy() == pytest.approx(1 - theirs.surv_prob)


def test_nobody_converted_draws_a_flat_line_as_long_as_they_were_watched():
    curve = conversion_curve(pd.Series([4, 9]), pd.Series([False, False]))
    assert curve[["day", "converted_share"]].to_numpy().tolist() == [[0.0, 0.0], [9.0, 0.0]]


def test_interval_holds_the_share_and_stays_within_zero_and_one():
    rng = np.random.default_rng(1)
    curve = conversion_curve(pd.Series(rng.integers(1, 30, 50)), pd.Series([True] * 50))
    assert (curve["low"] <= curve["converted_share"]).all()
    assert (curve["converted_share"] <= curve["high"]).all()
    assert curve[["low", "high"]].stack().between(0, 1).all()


def planted(count: int) -> tuple[pd.Series, pd.Series]:
    """3 of 10 leads convert, at Weibull times of scale 40 and shape 1.5; watched 10-300 days."""
    rng = np.random.default_rng(7)
    ever = rng.uniform(size=count) < 0.3
    time = np.where(ever, 40 * rng.weibull(1.5, count), np.inf)
    watched = rng.uniform(10, 300, count)
    return pd.Series(np.minimum(time, watched)), pd.Series(time <= watched)


def test_planted_share_and_time_are_recovered_from_leads_still_open():
    model = conversion_time(*planted(8000))
    # four standard errors: sqrt(0.3 * 0.7 / 8000), and the Weibull's of some 2,200 conversions
    assert model.final_share == pytest.approx(0.3, abs=0.021)
    assert (model.scale_days, model.shape) == pytest.approx((40, 1.5), rel=0.08)


def test_model_follows_the_kaplan_meier_curve():
    days, converted = planted(4000)
    curve, model = conversion_curve(days, converted), conversion_time(days, converted)
    apart = model.converted_share(curve["day"]) - curve["converted_share"]
    assert apart.abs().max() < 0.02


def test_a_lead_open_for_long_has_little_chance_left():
    model = ConversionTime(0.3, 40.0, 1.5)
    fresh, old = model.chance_ahead(np.array([0.0, 200.0]), 30.0)
    assert fresh == pytest.approx(0.3 * (1 - np.exp(-(0.75**1.5))))
    assert old < 0.001


def test_median_is_of_those_who_convert():
    model = ConversionTime(0.2, 10.0, 1.0)
    assert model.converted_share(np.array([model.median_days()])) == pytest.approx(0.1)


@pytest.mark.parametrize("kind", [_done, _open])
@pytest.mark.parametrize("point", [[-1.0, 3.5, 0.4], [4.0, 2.0, -1.0], [-6.0, 5.0, 1.2]])
def test_gradient_of_the_likelihood_equals_finite_differences(kind, point):
    log_time, step = np.log([0.5, 3.0, 20.0]), 1e-6
    _, *slopes = kind(log_time, np.array(point))
    for slope, move in zip(slopes, np.eye(3) * step, strict=True):
        apart = kind(log_time, point + move)[0] - kind(log_time, point - move)[0]
        assert apart / (2 * step) == pytest.approx(slope, rel=1e-6, abs=1e-7)


def test_likelihood_is_that_of_scipys_weibull():
    from scipy.special import logit
    from scipy.stats import weibull_min

    law, time = weibull_min(1.5, scale=40), np.array([0.5, 20.0, 300.0])
    point = np.array([logit(0.3), np.log(40), np.log(1.5)])
    done, still_open = (kind(np.log(time), point)[0] for kind in (_done, _open))
    assert done == pytest.approx(np.log(0.3) + law.logpdf(time), rel=1e-9)
    assert still_open == pytest.approx(np.log(0.7 + 0.3 * law.sf(time)), rel=1e-9)


def test_the_order_of_leads_changes_nothing():
    days, converted = planted(2000)
    other = np.random.default_rng(1).permutation(2000)
    first, again = conversion_time(days, converted), conversion_time(days[other], converted[other])
    assert vars(again) == pytest.approx(vars(first), rel=1e-12)


def test_where_all_convert_the_time_is_weibull_alone():
    from scipy.stats import weibull_min

    days = 40 * np.random.default_rng(2).weibull(1.5, 500)
    model = conversion_time(pd.Series(days), pd.Series([True] * 500))
    shape, _, scale = weibull_min.fit(np.maximum(days, 0.5), floc=0)
    assert model.final_share == pytest.approx(1 - 6.14e-6, abs=1e-8)
    assert (model.scale_days, model.shape) == pytest.approx((scale, shape), rel=1e-3)  # theirs


def test_conversions_all_on_one_day_are_as_sharp_as_may_be():
    days = pd.Series([3.0] * 40 + [90.0] * 60)
    model = conversion_time(days, days == 3)
    assert model.final_share == pytest.approx(0.4, rel=1e-9)
    assert model.shape == pytest.approx(np.exp(3), rel=1e-9)


def test_few_conversions_are_a_skip():
    with pytest.raises(Skip, match="3 of 3 converted.*at least 30. Add older leads"):
        conversion_time(pd.Series([1, 2, 3]), pd.Series([True] * 3))
