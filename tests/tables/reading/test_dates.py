"""Dates in text: one order read, two asked about."""

import re

import pytest

from crm_helpers.tables.checked import open_tables
from crm_helpers.tables.errors import SourceError

HEAD = "order_id;product_id;ordered_at\n"


def says(text):
    return pytest.raises(SourceError, match=re.escape(text))


def lines(*dates):
    return HEAD + "".join(f"{n};a;{date}\n" for n, date in enumerate(dates, start=1))


def times(source):
    read = open_tables(source)["transactions"].order_by("order_id").ordered_at.to_pandas()
    return [f"{time:%Y-%m-%d %H:%M}" for time in read]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["15.01.2026", "01.02.2026"], ["2026-01-15 00:00", "2026-02-01 00:00"]),
        (["01/15/2026", "02/01/2026"], ["2026-01-15 00:00", "2026-02-01 00:00"]),
        (["15-1-2026 9:05", "1-2-2026 23:59:30"], ["2026-01-15 09:05", "2026-02-01 23:59"]),
        (["1/15/2026 2:30 PM", "1/2/2026 12:05 AM"], ["2026-01-15 14:30", "2026-01-02 00:05"]),
        (["2026.01.15", "2026-02-01T08:00"], ["2026-01-15 00:00", "2026-02-01 08:00"]),
    ],
    ids=["day first", "month first", "hyphens", "half days", "year first"],
)
def test_dates_of_one_order_are_read(sales, dates, expected):
    assert times(sales(lines(*dates))) == expected


def test_one_column_that_decides_speaks_for_the_others_of_its_table(folder, source_file):
    (folder / "s.csv").write_text("customer_id;started_on;ended_on\n1;01.02.2026;28.02.2026\n")
    path = source_file("  subscriptions: {from: '${CRM_DATA_DIR}/s.csv'}\n")
    read = open_tables(path)["subscriptions"].to_pandas()
    assert str(read["started_on"][0])[:10] == "2026-02-01"


@pytest.mark.parametrize("sign", ["/", ".", "-"])
def test_two_orders_that_fit_every_value_are_asked_about(sales, sign):
    dates = [f"0{n}{sign}0{n + 1}{sign}2026" for n in (1, 2, 3)]
    source = sales(lines(*dates))
    with says(
        "transactions.ordered_at: 3 of 3 dates can be read day first or month first (first: "
        f"'01{sign}02{sign}2026'; no day is above 12); expected one reading. Set `read: "
        "{date_order: DMY}` (day first), MDY (month first) under tables.transactions of "
        f"{source.file}."
    ):
        open_tables(source)


def test_the_stated_order_decides(sales):
    more = "    read: {date_order: %s}\n"
    assert times(sales(lines("01/02/2026"), more % "MDY")) == ["2026-01-02 00:00"]
    assert times(sales(lines("01/02/2026"), more % "DMY")) == ["2026-02-01 00:00"]


def test_both_orders_in_one_column_are_refused_with_a_case_of_each(sales):
    source = sales(lines("15.01.2026", "01.16.2026"))
    with says(
        "transactions.ordered_at: dates of both orders, 1 with the day first (first: "
        "'15.01.2026') and 1 with the month first (first: '01.16.2026'); expected one order. Set "
        "`read: {date_order: DMY}` (day first), MDY (month first) under tables.transactions of "
        f"{source.file}. Dates of the other order are then set aside."
    ):
        open_tables(source)


@pytest.mark.parametrize("date", ["15.01.26", "26/01/15", "1/2/26 10:00"])
def test_a_year_of_two_digits_is_asked_about(sales, date):
    source = sales(lines(date))
    with says(
        f"transactions.ordered_at: 1 of 1 dates have a year of two digits (first: '{date}'); "
        "expected four, for the year could stand at either end. Set `read: {date_order: DMY}` "
        "(day first), MDY (month first) or YMD (year first) under tables.transactions of "
        f"{source.file}."
    ):
        open_tables(source)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("date_order: DMY", "2026-01-15 00:00"),
        ("date_order: YMD", "2015-01-26 00:00"),
        ("date_format: '%d.%m.%y'", "2026-01-15 00:00"),
    ],
)
def test_a_year_of_two_digits_is_read_as_stated(sales, key, expected):
    assert times(sales(lines("15.01.26"), f"    read: {{{key}}}\n")) == [expected]


def test_a_year_of_two_digits_lies_in_the_past_where_it_must(folder, source_file):
    (folder / "c.csv").write_text("customer_id,joined_on\n1,01.02.97\n")
    more = "  customers: {from: '${CRM_DATA_DIR}/c.csv', read: {date_order: DMY}}\n"
    read = open_tables(source_file(more))["customers"].to_pandas()
    assert str(read["joined_on"][0])[:10] == "1997-02-01"


def test_dates_that_are_none_name_the_keys(sales):
    with says(
        "Correct the column in the source file, or turn it into that type there. Keys of `read:` "
        "for dates are date_order (DMY, MDY, YMD) and date_format."
    ):
        open_tables(sales(lines("first of May", "15.01.2026")))


def test_one_offset_is_read_as_written_and_told(sales):
    tables = open_tables(sales(lines("2026-06-30T23:13:00-04:00", "2026-01-02 20:00:00 -0400")))
    assert tables.counts["rows_used"].item() == 2
    (told,) = tables.readings.to_dict("records")
    assert (told["code"], told["value"], told["rows"]) == ("time_zone", "-0400", 2)


def test_the_day_of_a_time_stamp_is_that_of_the_company(sales):
    head = "title: Shop\ndata_until: 2026-06-30\ntime_zone: America/New_York\n"
    text = lines("2026-07-01T01:30:00Z", "2026-01-02T00:30:00+01:00")
    assert times(sales(text, head=head)) == ["2026-06-30 21:30", "2026-01-01 18:30"]


def test_different_offsets_need_a_time_zone(sales):
    source = sales(lines("2026-01-02T23:13:00-05:00", "2026-06-02T23:13:00-04:00"))
    with says(
        "transactions.ordered_at: 2 of 2 time stamps carry an offset from UTC (first: "
        "'2026-01-02T23:13:00-05:00'; offsets from -0400 to -0500), so that their day depends on "
        "where it is counted. Set `time_zone:` of the company, for example America/New_York, in "
        f"{source.file}."
    ):
        open_tables(source)


def test_a_time_zone_nobody_knows_is_refused(sales):
    head = "title: Shop\ndata_until: 2026-06-30\ntime_zone: Europe/Berlim\n"
    with says(
        "time_zone: unknown 'Europe/Berlim'; did you mean 'Europe/Berlin'? Expected a name such "
        "as Europe/Berlin or America/New_York."
    ):
        sales(lines("2026-01-02"), head=head)
