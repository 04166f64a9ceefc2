"""Span of the data and the windows that fit into it."""

import datetime as dt

import pandas as pd
import pytest

from crm_helpers.features.compute import compute
from crm_helpers.features.data_span import (
    TwoDays,
    data_span,
    equal_periods,
    shared_observation_days,
)
from crm_helpers.tables.needs import Skip


def test_the_span_counts_both_ends(tiny_tables):
    row = compute(data_span, tiny_tables, {"as_of": dt.date(2024, 1, 20)}).iloc[0]
    assert (row["data_from"].day, row["days_of_data"]) == (15, 6)


def test_two_periods_fit_into_the_data():
    for days in (2, 17, 374, 1096):
        length = equal_periods(days, observation_days=365)
        assert 2 * length <= days


def test_what_remains_before_the_outcomes_is_shared():
    assert shared_observation_days(118, observation_days=365, outcome_days=90) == 28


def test_too_short_data_are_skipped_with_the_remedy():
    with pytest.raises(Skip, match="117 days of data.*90 days of outcomes need 28.*to 89 or less"):
        shared_observation_days(117, observation_days=365, outcome_days=90)


def span(days):
    return pd.DataFrame({"days_of_data": [days]})


AS_OF = dt.date(2024, 9, 30)


@pytest.mark.parametrize(("known", "looked_back"), [(118, 28), (304, 214), (1096, 365)])
def test_two_days_look_back_as_far_as_the_earlier_one_can(known, looked_back):
    days = TwoDays.of_outcome(span(known), as_of=AS_OF, observation_days=365, outcome_days=90)
    assert (days.observation_days, days.asked_days, days.outcome_days) == (looked_back, 365, 90)
    assert (days.as_of - days.earlier).days == 90


def test_two_days_need_four_weeks_before_the_earlier_one():
    with pytest.raises(Skip, match="117 days of data"):
        TwoDays.of_outcome(span(117), as_of=AS_OF, observation_days=365, outcome_days=90)


def test_the_second_period_begins_as_the_first_ends():
    periods = TwoDays.of_periods(span(374), as_of=AS_OF, observation_days=365)
    assert periods.observation_days == periods.outcome_days == 187
    assert (periods.as_of - periods.earlier).days == 187
