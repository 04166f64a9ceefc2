"""Numbers in text: one decimal sign read, two asked about."""

import re

import pytest

from crm_helpers.tables.checked import open_tables
from crm_helpers.tables.errors import SourceError

HEAD = "order_id|product_id|quantity|unit_price\n"


def says(text):
    return pytest.raises(SourceError, match=re.escape(text))


def lines(*prices, quantity="1"):
    return HEAD + "".join(f"{n}|a|{quantity}|{price}\n" for n, price in enumerate(prices, start=1))


def prices(source):
    read = open_tables(source)["transactions"].order_by("order_id").to_pandas()
    return [float(price) for price in read["unit_price"]]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (["1,234.50", "63.91"], [1234.5, 63.91]),
        (["1.234,50", "63,91"], [1234.5, 63.91]),
        (["1'234.50", "1 234.5"], [1234.5, 1234.5]),
        (["1\u202f234,50", "12.500", "7"], [1234.5, 12500.0, 7.0]),
        (["1,234,567.00", "1,234"], [1234567.0, 1234.0]),
    ],
    ids=["English", "German", "Swiss", "French", "millions"],
)
def test_numbers_of_one_mind_are_read(sales, written, expected):
    assert prices(sales(lines(*written))) == expected


def test_one_column_that_decides_speaks_for_the_others_of_its_table(sales):
    read = open_tables(sales(lines("63,91", quantity="1.500")))["transactions"].to_pandas()
    assert float(read["quantity"][0]) == 1500.0


@pytest.mark.parametrize(("written", "plain"), [("12.500", "12.500"), ("12,500", "12.500")])
def test_a_number_with_two_readings_is_asked_about(sales, written, plain):
    source = sales(lines(written, "1"))
    with says(
        f"transactions.unit_price: 1 of 2 values can be read in two ways (first: '{written}', "
        f"which is {plain} or 12500), and no value decides; expected one reading. Set `read: "
        '{decimal: ","}` or `read: {decimal: "."}` under tables.transactions of '
        f"{source.file}."
    ):
        open_tables(source)


def test_the_stated_sign_decides(sales):
    more = "    read: {decimal: '%s'}\n"
    assert prices(sales(lines("12.500"), more % ".")) == [12.5]
    assert prices(sales(lines("12.500"), more % ",")) == [12500.0]
    assert prices(sales(lines("12.500"), "    read: {thousands: '.'}\n")) == [12500.0]


def test_both_signs_in_one_column_are_refused_with_a_case_of_each(sales):
    source = sales(lines("63.91", "64,91"))
    with says(
        "transactions.unit_price: 1 values have a decimal point (first: '63.91') and 1 a decimal "
        "comma (first: '64,91'); expected one of them. Set `read: {decimal: \",\"}` or `read: "
        f'{{decimal: "."}}` under tables.transactions of {source.file}. Values of the other kind '
        "are then set aside."
    ):
        open_tables(source)


def test_the_other_kind_is_set_aside_and_shown_as_it_stands(sales):
    text = lines(*["63,91"] * 150, "64.91")
    tables = open_tables(sales(text, "    read: {decimal: ','}\n"))
    assert tables.set_aside["first_case"].tolist() == ["row 151, '64.91'"]


def test_attributes_follow_the_sign_of_their_table(sales):
    text = "order_id;product_id;unit_price;weight\n1;a;1,50;2,25\n2;a;2,50;NULL\n"
    read = open_tables(sales(text))["transactions"].order_by("order_id").to_pandas()
    assert read["weight"].tolist()[0] == 2.25
    assert read["weight"].isna().tolist() == [False, True]


@pytest.mark.parametrize("absurd", ["4006381333931", "1234567890123456", "inf"])
def test_one_absurd_number_sets_its_row_aside_alone(sales, absurd):
    tables = open_tables(sales(lines("2.50", "3.50") + f"3|a|{absurd}|1\n"))
    (aside,) = tables.set_aside.to_dict("records")
    assert aside["reason"] == "is implausible: over 10,000,000"
    assert aside["first_case"] == f"row 3, '{absurd}'"
    assert tables.counts["rows_used"].item() == 2


def test_an_absurd_product_sets_its_row_aside(sales):
    tables = open_tables(sales(lines("2.50") + "3|a|9999999|9999999\n"))
    (aside,) = tables.set_aside.to_dict("records")
    assert aside["reason"] == "times unit_price is implausible: over 10,000,000,000,000"


def test_a_larger_maximum_of_the_source_moves_what_is_implausible(sales):
    text = lines("1") + "3|a|20000000|1\n"
    tables = open_tables(sales(text, "    limits: {quantity: {maximum: 1e9}}\n"))
    assert tables.counts["rows_set_aside"].item() == 0
