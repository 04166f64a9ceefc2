"""What goes wrong with a source, each answered in one sentence."""

import re

import duckdb
import pytest

from crm_helpers.tables.checked import open_tables
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.sources import load_source

HEAD = "order_id,product_id,quantity,unit_price\n"


def says(text):
    return pytest.raises(SourceError, match=re.escape(text))


def test_a_missing_file_says_where_it_was_looked_for_and_who_offers_it(folder, source_file):
    head = "title: Shop\ndata_until: 2026-06-30\ndownload: https://example.org/sales\n"
    path = source_file("  transactions: {from: '${CRM_DATA_DIR}/sales.csv'}\n", head)
    with says(
        f"transactions: sales.csv is not there; it was looked for in {folder}. The publisher "
        "offers it at https://example.org/sales. Put the file there, or set CRM_DATA_DIR to the "
        "folder that holds the data."
    ):
        open_tables(path)


def test_a_missing_file_inside_a_query_is_named_too(source_file):
    path = source_file("  transactions: {sql: \"SELECT * FROM '${CRM_DATA_DIR}/a.parquet'\"}\n")
    with says("transactions: a.parquet is not there; it was looked for in"):
        open_tables(path)


def test_an_unknown_folder_in_a_path_is_refused(source_file):
    with says("${HOME}/sales.csv: ${HOME} is not known in a path; known: ${CRM_DATA_DIR},"):
        open_tables(source_file("  transactions: {from: '${HOME}/sales.csv'}\n"))


def test_text_that_calls_itself_parquet_is_refused(folder, source_file):
    (folder / "sales.parquet").write_text(HEAD + "1,a,1,2\n")
    path = source_file("  transactions: {from: '${CRM_DATA_DIR}/sales.parquet'}\n")
    with says(
        f"transactions: {folder}/sales.parquet is not a Parquet file (it begins with "
        "'order_id,product_id,'); expected the marks of Parquet. Export it again, or name it "
        ".csv if it is text."
    ):
        open_tables(path)


def test_parquet_cut_off_in_the_middle_is_refused(folder, source_file):
    (folder / "sales.parquet").write_bytes(b"PAR1" + b"x" * 50)
    path = source_file("  transactions: {from: '${CRM_DATA_DIR}/sales.parquet'}\n")
    with says(f"transactions: {folder}/sales.parquet could not be read as PARQUET:"):
        open_tables(path)


def test_binary_data_that_call_themselves_csv_are_refused(folder, source_file):
    (folder / "sales.csv").write_bytes(b"PK\x03\x04\x00\x00")
    path = source_file("  transactions: {from: '${CRM_DATA_DIR}/sales.csv'}\n")
    with says("sales.csv is not a text file (it holds binary data); expected CSV."):
        open_tables(path)


def test_a_spreadsheet_that_is_none_is_refused_with_the_remedy(folder, source_file):
    pytest.importorskip("python_calamine")
    (folder / "sales.xlsx").write_bytes(b"PK\x03\x04")
    path = source_file("  transactions: {from: '${CRM_DATA_DIR}/sales.xlsx'}\n")
    with says(f"transactions: {folder}/sales.xlsx could not be read as a spreadsheet: ") as caught:
        open_tables(path)
    assert str(caught.value).endswith("Save it again, or save the sheet as CSV.")


def test_a_file_of_no_bytes_is_refused(sales):
    with says("sales.csv is empty (0 bytes); expected rows. Export it again."):
        open_tables(sales(""))


def test_a_table_of_no_rows_is_refused(sales):
    with says("transactions: the origin has no rows; expected at least one. Export it again."):
        open_tables(sales(HEAD))


def test_a_where_that_lets_nothing_pass_is_named(sales):
    with says("transactions: `where:` excludes all 1 rows; expected at least one to pass."):
        open_tables(sales(HEAD + "1,a,1,2\n", "    where: quantity > 5\n"))


def test_a_missing_column_names_the_nearest(sales):
    with says(
        "transactions.product_id: source column 'product' is not there. The nearest is "
        "'product_id'. The origin has: order_id, product_id, quantity, unit_price."
    ):
        open_tables(sales(HEAD + "1,a,1,2\n", "    columns: {product_id: product}\n"))


def test_a_missing_column_inside_an_expression_is_named(sales):
    with says("transactions.quantity: source column 'qantity' is not there. The nearest is"):
        open_tables(sales(HEAD + "1,a,1,2\n", "    columns: {quantity: qantity * 2}\n"))


def test_a_value_of_another_type_is_named_with_its_row(sales):
    rows = "1,a,1,2\n2,a,two,2\n3,a,3,2\n"
    with says(
        "transactions.quantity: 1 of 3 values cannot be read as a number (first: row 2, 'two'). "
        "Correct the column in the source file, or turn it into that type there."
    ):
        open_tables(sales(HEAD + rows))


def test_a_date_of_another_form_is_named_with_its_row(sales):
    text = "order_id,product_id,ordered_at\n1,a,2026-01-31\n2,a,first of May\n"
    with says(
        "transactions.ordered_at: 1 of 2 values cannot be read as a time (YYYY-MM-DD hh:mm:ss) "
        "(first: row 2, 'first of May')."
    ):
        open_tables(sales(text))


def test_a_number_where_a_date_belongs_is_named(sales):
    with says("cannot be read as a time (YYYY-MM-DD hh:mm:ss) (first: row 1, '19970101')"):
        open_tables(sales("order_id,product_id,ordered_at\n1,a,19970101\n"))


def test_a_query_that_does_not_run_is_quoted(source_file):
    with says("transactions: the query under `sql:` does not run: Parser Error: syntax error"):
        open_tables(source_file("  transactions: {sql: SELECT FROM WHERE}\n"))


def test_a_query_that_stops_on_a_value_is_quoted(source_file):
    path = source_file("  transactions: {sql: \"SELECT CAST('x' AS INT) AS order_id\"}\n")
    with says("transactions: the query under `columns:` or `sql:` stops: Conversion Error: Could"):
        open_tables(path)


def test_a_where_that_does_not_run_is_quoted(sales):
    with says("transactions: an expression under `where:` or `columns:` does not run:"):
        open_tables(sales(HEAD + "1,a,1,2\n", "    where: colour = 'red'\n"))


def test_a_table_of_which_no_row_can_be_used_is_refused(sales):
    with says(
        "transactions: none of 2 rows can be used; unit_price is not above 0 in 2 (first: row 1, "
        "'0.0000'). Check the source file."
    ):
        open_tables(sales(HEAD + "1,a,1,0\n2,a,1,-1\n"))


def test_tables_that_do_not_join_are_refused_with_the_share_of_orphans(folder, source_file):
    (folder / "sales.csv").write_text("order_id,product_id,customer_id\n1,a,C1\n2,a,C2\n3,a,3\n")
    (folder / "people.csv").write_text("customer_id\n1\n2\n3\n")
    path = source_file(
        "  transactions: {from: '${CRM_DATA_DIR}/sales.csv'}\n"
        "  customers: {from: '${CRM_DATA_DIR}/people.csv'}\n"
    )
    with says(
        "transactions and customers do not join: 2 of 3 rows of transactions have a customer_id "
        "that is not in customers (67%, first: 'C1'); expected at most 50%. Check that both "
        "columns hold the same kind of id."
    ):
        open_tables(path)


def test_a_table_that_the_database_does_not_have_is_named(folder, source_file):
    duckdb.connect(str(folder / "shop.duckdb")).execute("CREATE TABLE sales (a INT)").close()
    head = (
        "title: Shop\ndata_until: 2026-06-30\nconnection: duckdb:///${CRM_DATA_DIR}/shop.duckdb\n"
    )
    with says(
        "transactions: table 'sale' is not in the database. The nearest is 'sales'. It has: sales."
    ):
        open_tables(source_file("  transactions: {from: sale}\n", head))


def test_a_variable_of_the_connection_that_is_not_set_is_named(source_file, monkeypatch):
    monkeypatch.delenv("SHOP_PASSWORD", raising=False)
    head = "title: Shop\ndata_until: 2026-06-30\nconnection: postgres://a:${SHOP_PASSWORD}@h/d\n"
    with says("connection: environment variable SHOP_PASSWORD is not set;"):
        open_tables(source_file("  transactions: {from: sales}\n", head))


def test_a_driver_that_is_not_installed_says_how_to_install_it(source_file, monkeypatch):
    monkeypatch.setenv("SHOP_PASSWORD", "hunter2")
    head = "title: Shop\ndata_until: 2026-06-30\nconnection: postgres://a:${SHOP_PASSWORD}@h/d\n"
    with says("Install it: pip install 'ibis-framework[postgres]'.") as caught:
        open_tables(source_file("  transactions: {from: sales}\n", head))
    assert "hunter2" not in str(caught.value)


def test_a_table_the_source_does_not_have_is_answered_with_those_it_has(sales):
    source = sales(HEAD + "1,a,1,2\n")
    with says("payments: not in source shop. It has: transactions. Add it under `tables:` of"):
        open_tables(source)["payments"]


def test_a_source_that_was_loaded_opens_like_its_path(source_file, folder):
    (folder / "sales.csv").write_text(HEAD + "1,a,1,2\n")
    path = source_file("  transactions: {from: '${CRM_DATA_DIR}/sales.csv'}\n")
    assert open_tables(load_source(path)).fingerprint == open_tables(path).fingerprint


def test_a_file_that_may_not_be_read_is_refused(sales, monkeypatch):
    source = sales(HEAD + "1,a,1,2\n")
    monkeypatch.setattr("crm_helpers.tables.files.os.access", lambda path, mode: False)
    with says("sales.csv may not be read by this user; change its permissions."):
        open_tables(source)


def test_a_number_of_demo_customers_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("CUSTOMERS", "many")
    with says("CUSTOMERS: 'many' is not a whole number above zero. For example CUSTOMERS=20000."):
        open_tables("demo")


def test_text_in_another_encoding_is_refused_with_its_file(folder, source_file):
    (folder / "sales.csv").write_bytes("order_id,product_id\n1,Käse\n".encode("latin-1"))
    path = source_file("  transactions: {from: '${CRM_DATA_DIR}/sales.csv'}\n")
    with says(
        f"transactions: {folder}/sales.csv could not be read as CSV: Invalid Input Error: CSV "
        "Error on Line: 2: Invalid unicode (byte sequence mismatch) detected. This file is not "
        "utf-8 encoded."
    ):
        open_tables(path)


def test_lines_that_cannot_be_cut_into_columns_are_refused(sales):
    with says(
        "sales.csv was read as one column, 'order_id,product_id,quantity,unit_price'; expected "
        "columns cut by ','. Its lines differ in length or a quote is left open;"
    ):
        open_tables(sales(HEAD + "1,a,1,2\n2,b,c,d,e,f\n"))


def test_a_table_without_any_known_column_is_refused(sales):
    with says(
        "transactions: none of its columns (nr, sku) is one of order_id, product_id, customer_id,"
    ):
        open_tables(sales("nr,sku\n1,a\n"))
