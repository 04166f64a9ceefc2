import re

import pytest

from crm_helpers.tables.checked import open_tables
from crm_helpers.tables.errors import SourceError

HEAD = "order_id,product_id,unit_price,currency\n"


def says(text):
    return pytest.raises(SourceError, match=re.escape(text))


def test_amounts_of_several_currencies_are_never_added(sales):
    source = sales(HEAD + "1,a,10,EUR\n2,a,10,eur \n3,a,12,USD\n4,a,9,\n")
    with says(
        "transactions.currency: 2 currencies in one table (rows: EUR 2, USD 1); expected one, for "
        "their amounts cannot be added. Keep one by `where: currency = 'EUR'` under "
        f"tables.transactions of {source.file}, or turn the amounts into one by an expression "
        "under `columns:` that uses currency."
    ):
        open_tables(source)


def test_another_currency_than_that_of_the_source_is_refused(sales):
    source = sales(HEAD + "1,a,10,USD\n")
    with says(
        "transactions.currency: all rows are in USD, but the source says EUR; expected the same. "
        f"Write `currency: USD` in {source.file}, or convert"
    ):
        open_tables(source)


@pytest.mark.parametrize(
    "more",
    [
        "    where: currency = 'EUR'\n",
        "    columns:\n      order_id: order_id\n      product_id: product_id\n"
        "      unit_price: unit_price * CASE currency WHEN 'USD' THEN 0.9 ELSE 1 END\n",
    ],
    ids=["one kept", "converted"],
)
def test_one_currency_kept_or_all_converted_is_read(sales, more):
    tables = open_tables(sales(HEAD + "1,a,10,EUR\n3,a,12,USD\n", more))
    assert tables.counts["rows_used"].item() >= 1
