import warnings

import pandas as pd

from crm_helpers.charts.completeness import completeness_chart

WORDS = {"title": "No day is missing", "subtitle": "Rows per week", "alt": "Line", "source": "Shop"}


def chart(missing):
    days = pd.DataFrame({"day": pd.date_range("2026-01-05", "2026-03-29"), "rows": 10})
    return completeness_chart(days, pd.DataFrame({"day": pd.to_datetime(missing)}), **WORDS)


def test_whole_weeks_are_shown_and_the_ends_left_out():
    shown = chart([]).data
    assert shown["rows"].tolist() == [70] * 10
    assert shown["week"].min() == pd.Timestamp("2026-01-18")


def test_missing_days_do_not_change_the_numbers():
    assert chart(["2026-02-02"]).data["rows"].sum() == 700


def test_data_of_three_years_find_their_ticks_without_a_warning():
    days = pd.DataFrame({"day": pd.date_range("2023-10-02", "2026-06-28"), "rows": 10})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        completeness_chart(days, pd.DataFrame({"day": pd.to_datetime([])}), **WORDS)
