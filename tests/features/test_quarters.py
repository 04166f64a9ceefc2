"""Quarters and days written in parameters."""

import datetime as dt

import pytest

from crm_helpers.features.quarters import (
    default_as_of,
    last_complete_month,
    parse_date,
    quarter_end,
    usable_as_of,
)


@pytest.mark.parametrize(
    ("quarter", "end"),
    [
        ("2011Q1", "2011-03-31"),
        ("2024q2", "2024-06-30"),
        ("2011-Q3", "2011-09-30"),
        ("2011Q4", "2011-12-31"),
    ],
)
def test_a_quarter_ends_on_its_last_day(quarter, end):
    assert quarter_end(quarter) == dt.date.fromisoformat(end)


@pytest.mark.parametrize("text", ["2011Q5", "Q3", "third"])
def test_a_text_that_is_no_quarter_is_named(text):
    with pytest.raises(ValueError, match=f"quarter: found '{text}'.*Write for example 2011Q3"):
        quarter_end(text)


@pytest.mark.parametrize("text", ["2011-02-30", "30.09.2011", "", "2011Q3"])
def test_a_text_that_is_no_day_is_named(text):
    with pytest.raises(ValueError, match=f"found '{text}'; expected a day as YYYY-MM-DD"):
        parse_date(text)


def test_a_date_read_twice_stays_the_same():
    assert parse_date(parse_date("2011-09-30")) == dt.date(2011, 9, 30)
    assert parse_date(dt.datetime(2011, 9, 30, 12)) == dt.date(2011, 9, 30)


@pytest.mark.parametrize(
    ("until", "expected"),
    [("2011-12-09", "2011-09-30"), ("2011-12-31", "2011-12-31"), ("2012-01-01", "2011-12-31")],
)
def test_the_default_is_the_last_quarter_that_ended(until, expected):
    assert default_as_of(dt.date.fromisoformat(until)) == dt.date.fromisoformat(expected)


def test_a_month_in_progress_is_not_complete():
    assert last_complete_month(dt.date(2024, 3, 30)) == dt.date(2024, 2, 29)
    assert last_complete_month(dt.date(2024, 3, 31)) == dt.date(2024, 3, 31)


def test_data_that_begin_after_the_last_whole_quarter_are_read_to_their_end():
    until = dt.date(2025, 11, 20)
    for begin, day in [
        ("2025-10-12", until),  # after the quarter
        ("2025-09-10", until),  # three weeks of it
        ("2025-07-15", dt.date(2025, 9, 30)),  # 78 of 129 days
        ("2025-08-20", until),  # 42 of 93 days
    ]:
        assert usable_as_of(until, data_from=dt.date.fromisoformat(begin)) == day
    assert usable_as_of(until, data_from=None) == dt.date(2025, 9, 30)
