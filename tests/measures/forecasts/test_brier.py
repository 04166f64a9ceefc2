import pytest

from crm_helpers.measures.forecasts.brier import brier


def test_certain_and_right_is_zero_certain_and_wrong_is_one():
    assert brier([True, False], [1, 0]) == 0
    assert brier([True, False], [0, 1]) == 1


def test_base_rate_alone_reaches_its_variance():
    assert brier([True, False, False, False], [0.25] * 4) == pytest.approx(0.25 * 0.75, rel=1e-12)
