"""Words for nothing, ids, flags and returns in the columns of a contract."""

import re

import pandas as pd
import pytest

from crm_helpers.tables.checked import open_tables
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.nothing import IN_TYPED

HEAD = "order_id,product_id,customer_id,unit_price,colour\n"


def read(source, column, table="transactions"):
    values = open_tables(source)[table].to_pandas()[column]
    return [None if pd.isna(value) else value for value in values]


@pytest.mark.parametrize("word", ["NULL", "null", "NaN", "nan", "None", "N/A", "-", "none"])
def test_a_word_for_nothing_is_no_customer_and_counted(sales, word):
    tables = open_tables(sales(HEAD + f"1,a,{word},1,red\n2,a,7,1,red\n"))
    assert tables.emptied.to_dict("records") == [
        {"table": "transactions", "column": "customer_id", "word": word, "rows": 1}
    ]
    assert tables["transactions"].customer_id.to_pandas().isna().tolist() == [True, False]


def test_words_for_nothing_in_a_number_do_not_make_it_text(sales):
    text = "order_id,product_id,unit_price,unit_cost\n1,a,1.50,NA\n2,a,2.50,1\n"
    assert [value and float(value) for value in read(sales(text), "unit_cost")] == [None, 1.0]


def test_an_attribute_keeps_a_none_that_may_mean_something(sales):
    assert read(sales(HEAD + "1,a,7,1,None\n2,a,7,1,NULL\n"), "colour") == ["None", None]


def test_words_for_nothing_in_a_frame_of_another_origin_are_found_too(folder, source_file):
    frame = pd.DataFrame({"order_id": ["1", "2"], "product_id": "a", "customer_id": ["NULL", "7"]})
    frame.to_parquet(folder / "sales.parquet")
    path = source_file("  transactions: {from: '${CRM_DATA_DIR}/sales.parquet'}\n")
    assert open_tables(path).emptied["rows"].tolist() == [1]


def test_a_value_of_one_column_can_be_named_as_nothing(sales):
    more = "    missing: {customer_id: ['0']}\n"
    assert read(sales(HEAD + "1,a,0,1,red\n2,a,7,1,0\n", more), "customer_id") == [None, "7"]


def test_ids_are_trimmed_and_a_query_is_taken_at_its_word(sales, source_file):
    assert read(sales(HEAD + '1,a," 7 ",1,red\n'), "customer_id") == ["7"]
    query = "SELECT '1' AS order_id, 'a ' AS product_id"
    path = source_file(f'  transactions: {{sql: "{query}"}}\n')
    assert read(path, "product_id") == ["a "]


@pytest.mark.parametrize(
    ("yes", "no"),
    [("1", "0"), ("yes", "no"), ("J", "N"), ("true", "FALSE"), ("1.0", "0.0"), ("ja", "nein")],
)
def test_flags_take_the_usual_words(folder, source_file, yes, no):
    (folder / "c.csv").write_text(f"customer_id,may_contact\n1,{yes}\n2,{no}\n3,\n")
    path = source_file("  customers: {from: '${CRM_DATA_DIR}/c.csv'}\n")
    assert read(path, "may_contact", "customers") == [True, False, None]


@pytest.mark.parametrize("other", ["2", "9", "maybe"])
def test_a_flag_of_another_value_is_refused_with_its_count(folder, source_file, other):
    (folder / "c.csv").write_text(f"customer_id,may_contact\n1,1\n2,{other}\n3,{other}\n")
    path = source_file("  customers: {from: '${CRM_DATA_DIR}/c.csv'}\n")
    told = (
        f"customers.may_contact: 2 of 3 values cannot be read as true or false ('{other}' 2 times; "
        f"first: row 2, '{other}'); expected 1 or 0, true or false, yes or no. If it means not "
        f"known, write `missing: {{may_contact: ['{other}']}}` under tables.customers of the "
        "source file."
    )
    with pytest.raises(SourceError, match=re.escape(told)):
        open_tables(path)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("0001-01-01", "is implausible: before 1900-01-02"),
        ("1900-01-01", "is implausible: before 1900-01-02"),
        ("1970-01-01", "is 1970-01-01, which stands for a day that is not known"),
        ("9999-12-31", "is after data_until 2026-06-30"),
    ],
)
def test_a_default_day_sets_its_row_aside(folder, source_file, day, reason):
    (folder / "c.csv").write_text(f"customer_id,joined_on\n1,2026-01-01\n2,{day}\n")
    path = source_file("  customers: {from: '${CRM_DATA_DIR}/c.csv'}\n")
    assert open_tables(path).set_aside["reason"].tolist() == [reason]


def test_the_last_day_of_all_means_open_where_a_date_may_lack(folder, source_file):
    (folder / "s.csv").write_text("customer_id,started_on,ended_on\n1,2026-01-01,9999-12-31\n")
    path = source_file("  subscriptions: {from: '${CRM_DATA_DIR}/s.csv'}\n")
    tables = open_tables(path)
    assert tables["subscriptions"].ended_on.to_pandas().isna().tolist() == [True]
    assert tables.emptied["rows"].tolist() == [1]


PRICED = "order_id,product_id,quantity,unit_price\n"


def test_negative_prices_are_returns_where_no_quantity_is_negative(sales):
    text = PRICED + "1,a,1,5\n2,a,2,5\n3,a,2,5\n4,a,2,-3\n"
    lines = open_tables(sales(text))["transactions"].order_by("order_id").to_pandas()
    assert lines["is_return"].tolist() == [False, False, False, True]
    assert float(lines["revenue"].iloc[-1]) == -6.0


def test_a_source_without_quantities_has_returns_by_price_too(sales):
    text = "order_id,product_id,unit_price\n1,a,5\n2,a,5\n3,a,5\n4,a,-3\n"
    lines = open_tables(sales(text))["transactions"].order_by("order_id").to_pandas()
    assert [float(value) for value in lines["revenue"]] == [5, 5, 5, -3]


def test_a_negative_price_beside_negative_quantities_stays_out_of_range(sales):
    tables = open_tables(sales(PRICED + "1,a,1,5\n2,a,2,5\n3,a,-2,5\n4,a,2,-3\n"))
    assert tables.set_aside["reason"].tolist() == ["is not above 0"]


def test_rows_set_aside_are_weighed_by_their_value(sales):
    text = PRICED + "1,a,1,60\n2,a,1,-40\n3,a,-1,60\n" + "4,a,1,0.25\n" * 160
    (aside,) = open_tables(sales(text)).set_aside.to_dict("records")
    assert aside["value_share"] == pytest.approx(40 / 200)


def test_no_word_for_nothing_is_a_number():
    assert not [word for word in IN_TYPED if word.strip("+-.").isdigit()]
