"""Windows: inclusive ends, complete outcomes, origins that never overlap."""

import datetime as dt

import ibis
import pandas as pd
import pytest

from crm_helpers.features import windows
from crm_helpers.tables.needs import Skip

AS_OF = dt.date(2011, 9, 30)


def timed(*times):
    return ibis.memtable(pd.DataFrame({"ordered_at": pd.to_datetime(list(times), format="mixed")}))


def days_of(table):
    return sorted(table.ordered_at.to_pandas().dt.strftime("%m-%d %H:%M"))


@pytest.fixture
def edges():
    return timed("2011-09-29 23:59", "2011-09-30 00:00", "2011-09-30 23:59:59", "2011-10-01 00:00")


def test_the_last_minute_of_as_of_is_seen_and_the_next_midnight_is_not(edges):
    assert days_of(windows.up_to(edges, AS_OF, "ordered_at"))[-1] == "09-30 23:59"


def test_an_observation_window_of_one_day_is_as_of_itself(edges):
    seen = windows.observation(edges, AS_OF, 1, "ordered_at")
    assert days_of(seen) == ["09-30 00:00", "09-30 23:59"]


def test_the_outcome_window_starts_the_day_after(edges):
    assert days_of(windows.outcome(edges, AS_OF, 1, "ordered_at")) == ["10-01 00:00"]


def test_date_columns_follow_the_same_rule():
    days = [dt.date(2011, 9, 30), dt.date(2011, 10, 1)]
    table = ibis.memtable(pd.DataFrame({"joined_on": days}), schema={"joined_on": "date"})
    assert windows.up_to(table, AS_OF, "joined_on").count().to_pandas() == 1


def test_rows_without_a_date_belong_to_no_window():
    assert windows.up_to(timed(None), AS_OF, "ordered_at").count().to_pandas() == 0


def test_a_table_without_the_date_says_so():
    with pytest.raises(
        ValueError, match="no column 'paid_at', which dates its rows; found ordered"
    ):
        windows.up_to(timed("2011-01-01"), AS_OF, "paid_at")


def test_days_before_counts_whole_days_whatever_the_hour():
    table = timed("2011-09-29 23:59", "2011-09-30 00:01")
    assert windows.days_before(table.ordered_at, AS_OF).to_pandas().tolist() == [1, 0]


def test_a_label_counts_from_the_day_it_was_known():
    rows = pd.DataFrame(
        {
            "is_fraud": [True, True, False],
            "labelled_on": pd.to_datetime(["2011-09-30", "2011-10-01", None]),
        }
    )
    known = windows.known_labels(
        ibis.memtable(rows), AS_OF, label="is_fraud", known_on="labelled_on"
    ).to_pandas()
    assert known.is_fraud.tolist()[0] is True
    assert known.is_fraud.isna().tolist() == [False, True, True]


def test_a_contract_that_ends_later_is_still_running():
    ends = windows.dated_by(timed("2011-09-30", "2011-10-01"), AS_OF, "ordered_at").to_pandas()
    assert ends.ordered_at.isna().tolist() == [False, True]


def test_as_of_outside_the_data_states_the_usable_range():
    span = {"data_from": dt.date(2010, 12, 1), "data_until": dt.date(2011, 12, 9)}
    assert windows.check_as_of(AS_OF, **span) == AS_OF
    message = "as_of: 2012-03-31 is outside the data.*Usable as_of: 2010-12-01 to 2011-12-09"
    with pytest.raises(ValueError, match=message):
        windows.check_as_of(dt.date(2012, 3, 31), **span)


def test_an_incomplete_outcome_window_states_the_latest_usable_as_of():
    until = dt.date(2011, 12, 9)
    assert windows.check_outcome_complete(dt.date(2011, 9, 10), 90, data_until=until)
    message = (
        r"as_of 2011-12-01 \+ outcome_days 90 ends 2012-02-29, but the data stop 2011-12-09. "
        "Latest usable as_of: 2011-09-10"
    )
    with pytest.raises(ValueError, match=message):
        windows.check_outcome_complete(dt.date(2011, 12, 1), 90, data_until=until)


def origins_of(outcome_days, data_from=dt.date(2008, 1, 1), observation_days=365):
    return windows.origins(
        AS_OF, outcome_days=outcome_days, data_from=data_from, observation_days=observation_days
    )


@pytest.mark.parametrize("outcome_days", [14, 30, 45, 60, 90, 91, 120, 180])
def test_outcomes_of_one_role_end_before_those_of_the_next_begin(outcome_days):
    found = origins_of(outcome_days)
    step = dt.timedelta(days=outcome_days)
    later = ["validation", "test", "score"]
    for earlier, role in zip(["train", "validation", "test"], later, strict=True):
        last_outcome = max(origin.as_of for origin in found.of(earlier)) + step
        assert last_outcome <= min(origin.as_of for origin in found.of(role))


@pytest.mark.parametrize("outcome_days", [14, 30, 45, 60, 90, 91, 120])
def test_last_years_same_season_is_trained_on(outcome_days):
    year_ago = AS_OF - dt.timedelta(days=365)
    gaps = [abs(origin.as_of - year_ago).days for origin in origins_of(outcome_days).of("train")]
    assert min(gaps) <= outcome_days / 2


def test_the_test_outcomes_are_complete_exactly_by_as_of():
    assert origins_of(90).of("test")[0].as_of == AS_OF - dt.timedelta(days=90)


def test_every_origin_sees_equally_much_when_data_are_long():
    found = origins_of(90)
    assert found.observation_days == 365
    assert found.note == ""


def test_short_data_shorten_all_windows_and_say_so():
    found = origins_of(60, data_from=dt.date(2010, 12, 1))
    first = min(origin.as_of for origin in found)
    assert (first - dt.date(2010, 12, 1)).days + 1 == found.observation_days == 124
    assert "124 days instead of the 365 asked for" in found.note


def test_data_too_short_for_two_windows_are_skipped_with_the_earliest_usable_day():
    with pytest.raises(Skip, match="data begin 2011-05-01.*Earliest usable as_of: 2011-11-24"):
        origins_of(90, data_from=dt.date(2011, 5, 1))
    with pytest.raises(Skip, match="or choose outcome_days=62 or less"):
        origins_of(90, data_from=dt.date(2011, 5, 1))


def test_the_outcome_window_named_in_the_message_is_usable():
    assert origins_of(62, data_from=dt.date(2011, 5, 1)).observation_days == 29


def test_data_too_short_for_three_windows_go_without_validation_and_say_so():
    found = origins_of(90, data_from=dt.date(2011, 3, 1))
    assert [(origin.role, str(origin.as_of)) for origin in found] == [
        ("train", "2011-04-03"),
        ("test", "2011-07-02"),
        ("score", "2011-09-30"),
    ]
    assert found.observation_days == 34
    assert "too short for three windows of 90 days" in found.note


def test_the_earliest_usable_day_named_in_the_message_is_usable():
    windows.origins(dt.date(2011, 12, 23), outcome_days=90, data_from=dt.date(2011, 3, 1))
    windows.origins(dt.date(2011, 11, 24), outcome_days=90, data_from=dt.date(2011, 5, 1))
