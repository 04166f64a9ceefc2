"""What values look like."""

import pandas as pd
import pytest

from crm_helpers.tables.proposals.values import date_formats, looks_of


def looks(*values):
    return looks_of(pd.Series(list(values)))


@pytest.mark.parametrize(
    ("values", "kind", "decimal"),
    [
        (["1,50", "12,00"], "number", ","),
        (["1.234,50", "3,00"], "number", ","),
        (["1,234.50", "2"], "number", "."),
        (["€ 3.10", "1.00 €"], "number", "."),
        (["-3", "12"], "integer", ""),
        (["0", "1"], "boolean", ""),
        (["Ja", "Nein"], "boolean", ""),
        (["yes", "no", "maybe"], "text", ""),
        (["1.234,50", "1,234.50"], "text", ""),
        (["", "NULL", "n/a"], "nothing", ""),
    ],
)
def test_numbers_and_answers(values, kind, decimal):
    found = looks(*values)
    assert (found.kind, found.decimal) == (kind, decimal)


def test_ends_and_counts_leave_out_words_for_nothing():
    found = looks("5", "NaN", "-2", "5", "")
    assert (found.lowest, found.highest, found.filled, found.distinct) == (-2.0, 5.0, 3, 2)
    assert not found.is_unique
    assert looks("a", "b").is_unique


@pytest.mark.parametrize(
    ("values", "formats"),
    [
        (["2024-01-31"], ("%Y-%m-%d",)),
        (["31.01.2024", "01.02.2024"], ("%d.%m.%Y",)),
        (["01/31/2024", "02/01/2024"], ("%m/%d/%Y",)),
        (["01/02/2024", "03/04/2024"], ("%d/%m/%Y", "%m/%d/%Y")),
        (["15.01.23"], ("%d.%m.%y",)),
        (["19970101", "19980630"], ("%Y%m%d",)),
        (["2024-09-01 20:11:02 +0200"], ("%Y-%m-%d %H:%M:%S %z",)),
        (["31.02.2024"], ()),
        (["10.5"], ()),
    ],
)
def test_dates_have_the_formats_that_fit_every_value(values, formats):
    assert date_formats(pd.Series(values)) == formats


def test_a_day_that_fits_two_orders_is_told_from_one_that_does_not():
    assert len(looks("01/02/2024").formats) == 2
    assert looks("2024-01-02 10:00:00").kind == "timestamp"
    assert looks("2024-01-02").kind == "date"
