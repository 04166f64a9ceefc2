import datetime as dt

import numpy as np
import pytest

from crm_helpers.demo.clock import DAYS, Clock, calendar, day_number, moments, weekday_of


def test_without_layers_a_day_is_a_unit_of_intensity():
    day = np.array([0.0, 10.5, DAYS])
    assert np.allclose(Clock(()).to_intensity(day), day)


def test_season_and_growth_keep_the_sum_of_intensity():
    clock = Clock(("season", "growth"))
    assert clock.intensity.sum() == pytest.approx(DAYS)
    december = clock.intensity[day_number(dt.date(2024, 12, 1)) : day_number(dt.date(2025, 1, 1))]
    assert december.mean() > 1.3


def test_intensity_and_back_is_the_same_day():
    clock, day = Clock(("season", "growth")), np.array([0.0, 0.3, 400.25, 1095.9])
    assert np.allclose(clock.to_day(clock.to_intensity(day)), day)


def test_the_last_day_is_the_end_of_the_third_year():
    assert calendar(np.array([DAYS - 1]))[0] == np.datetime64("2026-09-30")
    assert weekday_of(np.array([0]))[0] == 6  # 2023-10-01 was a Sunday


def test_times_of_day_keep_their_order_and_their_day():
    day = 7 + np.linspace(0, 0.999999, 500)
    times = moments(day)
    assert (np.diff(times) >= np.timedelta64(0, "us")).all()
    assert (times.astype("datetime64[D]") == np.datetime64("2023-10-08")).all()


def test_few_orders_come_at_night():
    hours = moments(np.linspace(0, 0.999999, 10_000)).astype("datetime64[h]").astype(int) % 24
    assert np.bincount(hours, minlength=24)[2:5].sum() < 200
