import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.propensity.parts import (
    PropensitySettings,
    base_rates,
    check_events,
    year_before,
)
from crm_helpers.tables.needs import Skip


def test_enough_of_both_kinds_pass():
    check_events(np.array([True, False] * 50), "training", 50)


def test_too_few_without_the_outcome_skip_too():
    with pytest.raises(Skip, match=r"97 of 100 rows \(test\) have the outcome; at least 10"):
        check_events(np.arange(100) >= 3, "test", 10)


def test_last_years_season_is_the_origin_nearest_to_a_year_ago():
    origin = pd.Series(pd.to_datetime(["2024-07-07", "2024-10-05", "2025-01-03"]))
    assert year_before(origin, "2025-10-01").tolist() == [False, True, False]


def test_no_origin_near_a_year_ago_gives_no_season():
    origin = pd.Series(pd.to_datetime(["2025-04-08", "2025-07-07"]))
    assert year_before(origin, "2025-10-01") is None
    assert year_before(pd.Series(["first", "second"]), "2025-10-01") is None


def test_base_rate_of_each_origin():
    rows = pd.DataFrame({"origin_on": [1, 1, 2], "role": ["train", "train", "test"]})
    found = base_rates(rows, np.array([True, False, True]))
    assert found["event_rate"].tolist() == [0.5, 1.0]


def test_rising_and_falling_columns_are_the_signs_of_a_monotone_score():
    settings = PropensitySettings(rising_columns=["age"], falling_columns=["income"])
    assert settings.monotone == {"age": 1, "income": -1}
