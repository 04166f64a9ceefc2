import pandas as pd

from crm_helpers.measures.quality.completeness import (
    gaps,
    long_gaps,
    missing_by_table,
    missing_days,
)


def days(without=(), closed_on=None, rows=50):
    every = pd.date_range("2026-01-01", "2026-04-30")
    frame = pd.DataFrame({"day": every, "rows": rows})
    frame = frame[~frame["day"].isin(pd.to_datetime(list(without)))]
    return frame[frame["day"].dt.dayofweek != closed_on] if closed_on is not None else frame


def test_complete_days_miss_nothing():
    assert missing_days(days()).empty


def test_a_day_without_rows_is_found_with_what_it_should_have():
    found = missing_days(days(without=["2026-03-04"]))
    assert found["day"].tolist() == [pd.Timestamp("2026-03-04")]
    assert found["expected"].tolist() == [50.0]


def test_a_shop_closed_on_saturdays_misses_no_saturday():
    assert missing_days(days(closed_on=5)).empty


def test_few_rows_a_day_say_nothing_about_an_empty_day():
    assert missing_days(days(without=["2026-03-04"], rows=3)).empty


def test_no_days_at_all_miss_nothing():
    assert missing_days(pd.DataFrame({"day": pd.to_datetime([]), "rows": []})).empty


def test_a_day_on_which_the_data_begin_or_end_is_not_missing():
    partial = days()
    partial.loc[partial.index[[0, -1]], "rows"] = 2
    assert missing_days(partial).empty
    within = days()
    within.loc[within.index[40], "rows"] = 2
    assert len(missing_days(within)) == 1


def test_days_that_follow_each_other_are_one_gap():
    found = gaps(missing_days(days(without=["2026-03-04", "2026-03-05", "2026-03-20"])))
    assert found["days"].tolist() == [2, 1]
    assert found["last"].tolist() == [pd.Timestamp("2026-03-05"), pd.Timestamp("2026-03-20")]


def test_each_table_is_judged_by_itself():
    both = pd.concat(
        [days(without=["2026-03-04"]).assign(table="transactions"), days().assign(table="visits")]
    )
    assert missing_by_table(both)["table"].tolist() == ["transactions"]


END = pd.Timestamp("2026-04-30")


def sparse(without, rows=3):
    return days(without=pd.date_range(*without), rows=rows)


def test_a_long_gap_of_a_small_shop_is_found_with_what_it_should_have():
    found = long_gaps(sparse(("2026-02-10", "2026-02-28")), END)
    assert (len(found), found["expected"].sum()) == (19, 57.0)


def test_rows_that_stop_before_the_end_are_found():
    stopped = sparse(("2026-04-11", "2026-04-30"))
    assert len(long_gaps(stopped, END)) == 20
    assert long_gaps(stopped).empty


def test_data_that_begin_slowly_have_no_gap():
    """One row by itself is no rate: 36 days without a row behind it are not missing."""
    first = pd.DataFrame({"day": [pd.Timestamp("2025-11-25")], "rows": [1]})
    assert long_gaps(pd.concat([first, days(rows=3)]), END).empty


def test_rows_that_come_in_bursts_have_no_gap():
    bursts = pd.DataFrame({"day": pd.date_range("2025-01-01", "2026-04-30", freq="60D")})
    assert long_gaps(bursts.assign(rows=500), END).empty


def test_few_rows_say_nothing_about_a_gap():
    assert long_gaps(sparse(("2026-04-24", "2026-04-30"), rows=1), END).empty


def test_one_day_alone_has_no_gaps():
    one = pd.DataFrame({"day": [END], "rows": [9]})
    assert long_gaps(one, END).empty
    assert long_gaps(one, END + pd.Timedelta(days=90)).empty
