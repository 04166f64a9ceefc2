import re

import pytest

from crm_helpers.tables.checked import open_tables
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.sources import load_source


def says(text):
    return pytest.raises(SourceError, match=re.escape(text))


@pytest.mark.parametrize(
    ("column", "meant"),
    [
        ("order", "order_id"),
        ("OrderId", "order_id"),
        ("order id", "order_id"),
        ("ordered_on", "ordered_at"),
        ("quantitty", "quantity"),
        ("promotions", "promotion"),
    ],
)
def test_a_name_that_nearly_is_one_of_the_contract_is_asked_about(sales, column, meant):
    text = f"product_id,{column}\na,1\n"
    with says(
        f"transactions: {column!r} is no column of the contract, and {meant!r} is not there; "
        f"expected {meant!r} if it is meant. Write `{meant}: {column}` under `columns:`, or list "
        f"{column!r} under `attributes:` if it is another thing."
    ):
        open_tables(sales(text))


def test_a_name_that_is_meant_is_listed_as_an_attribute(sales):
    tables = open_tables(sales("product_id,order\na,1\n", "    attributes: [order]\n"))
    assert "order" in tables["transactions"].columns


@pytest.mark.parametrize("column", ["colour", "shop_name", "price_list", "date", "no"])
def test_other_attributes_pass(sales, column):
    tables = open_tables(sales(f"order_id,product_id,{column}\n1,a,x\n"))
    assert column in tables["transactions"].columns


def test_a_limit_of_an_unknown_column_is_refused_with_the_nearest(sales):
    with says(
        "tables: transactions.limits: unknown 'unit_prise'; did you mean 'unit_price'? Known: "
        "order_id, product_id, customer_id,"
    ):
        sales("order_id,product_id\n1,a\n", "    limits: {unit_prise: {minimum: 0}}\n")


def test_a_key_that_stands_twice_is_refused_with_both_lines(source_file):
    path = source_file(
        "  transactions: {from: a.csv}\n  visits: {from: b.csv}\n  transactions: {from: c.csv}\n"
    )
    with says(
        f"{path}: 'transactions' stands twice, in lines 5 and 7; expected it once, for the second "
        "would take the place of the first. Delete one of them."
    ):
        load_source(path)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (
            "SELECT 1 AS order_id; DROP TABLE a",
            "holds 2 statements; expected one query.",
        ),
        ("DROP TABLE a", "is a statement of the kind DROP; expected a query."),
        ("SELECT 1 AS order_id; SELEC 2", "holds 2 statements; expected one query."),
    ],
)
def test_more_or_other_than_one_query_is_refused(source_file, entry, told):
    with says(f"transactions: `sql:` {told}"):
        open_tables(source_file(f"  transactions: {{sql: {entry}}}\n"))


def test_one_query_may_end_in_a_semicolon_and_hold_one_in_a_text(source_file):
    sql = "SELECT '1;2' AS order_id, 'a' AS product_id;"
    path = source_file(f'  transactions: {{sql: "{sql}"}}\n')
    assert open_tables(path)["transactions"].order_id.to_pandas().tolist() == ["1;2"]


@pytest.mark.parametrize("more", ["    where: 1 = 1; DROP TABLE a\n"])
def test_a_statement_behind_a_condition_is_refused(sales, more):
    with says("transactions: `where:` holds 2 statements; expected one query."):
        open_tables(sales("order_id,product_id\n1,a\n", more))
