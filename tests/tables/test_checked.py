import datetime as dt
import subprocess
import sys

import duckdb
import pandas as pd
import pytest

from crm_helpers.tables.checked import open_tables

HEAD = "order_id,product_id,customer_id,ordered_at,quantity,unit_price\n"
LINES = (
    "1,a,007,2026-01-02 10:00,2,1.10\n"
    "1,a,007,2026-01-02 10:00,2,1.10\n"
    "2,b,,2026-06-30 23:59,-1,3.00\n"
    "3,b,8,2026-07-01 00:00,1,3.00\n"
    "4,b,8,2026-01-03 00:00,1,0\n"
    "5,,8,2026-01-03 00:00,0,-1\n"
)


def frame(table):
    return table.to_pandas()


@pytest.fixture
def shop(sales):
    return open_tables(sales(HEAD + LINES))


def test_rows_read_are_excluded_or_set_aside_or_used(sales):
    counts = open_tables(sales(HEAD + LINES, "    where: order_id <> '1'\n")).counts.iloc[0]
    assert counts["rows_read"] == 6
    assert counts["rows_excluded"] == 2
    assert counts["rows_set_aside"] == 3
    assert counts["rows_used"] == 1


def test_a_row_that_breaks_two_promises_is_counted_once_under_the_first(shop):
    reasons = shop.set_aside.set_index("column")
    assert reasons["rows"].to_dict() == {"ordered_at": 1, "product_id": 1, "unit_price": 1}
    assert reasons.at["product_id", "reason"] == "is empty"
    assert reasons.at["product_id", "first_case"] == "row 6"


def test_rows_after_data_until_are_set_aside_to_the_minute(shop):
    late = shop.set_aside.set_index("column").loc["ordered_at"]
    assert late["reason"] == "is after data_until 2026-06-30"
    assert late["first_case"] == "row 4, '2026-07-01 00:00:00'"


def test_rows_set_aside_are_kept_with_column_reason_and_row(shop):
    aside = pd.read_parquet(shop.folder / "set_aside" / "transactions.parquet")
    assert aside["row_number"].tolist() == [4, 5, 6]
    assert aside["column_set_aside"].tolist() == ["ordered_at", "unit_price", "product_id"]
    assert aside["reason"].tolist()[1] == "is not above 0"


def test_exact_duplicates_are_counted_and_kept(shop):
    assert shop.counts["exact_duplicates"].item() == 1
    assert (frame(shop["transactions"])["order_id"] == "1").sum() == 2


def test_ids_keep_their_leading_zeros_and_empty_ones_are_missing(shop):
    ids = frame(shop["transactions"])["customer_id"]
    assert ids.tolist()[0] == "007"
    assert ids.isna().tolist() == [False, False, True]


def test_ids_that_went_through_a_float_lose_the_fraction(folder, source_file):
    lines = pd.DataFrame(
        {"order_id": [1, 2], "product_id": ["a", "b"], "customer_id": [17850, None]}
    )
    lines.to_parquet(folder / "sales.parquet")
    tables = open_tables(source_file("  transactions: {from: '${CRM_DATA_DIR}/sales.parquet'}\n"))
    assert frame(tables["transactions"])["customer_id"].tolist()[0] == "17850"


def test_revenue_is_exact_and_returns_are_marked(shop):
    lines = frame(shop["transactions"])
    assert [str(value) for value in lines["revenue"]] == ["2.2000", "2.2000", "-3.0000"]
    assert lines["is_return"].tolist() == [False, False, True]
    assert lines["is_product"].all()


def test_margin_takes_the_cost_of_the_product_where_the_line_has_none(folder, source_file):
    (folder / "sales.csv").write_text(HEAD + "1,a,1,2026-01-02,2,1.50\n1,x,1,2026-01-02,2,1.50\n")
    (folder / "products.csv").write_text("product_id,unit_cost\na,1.00\n")
    tables = open_tables(
        source_file(
            "  transactions: {from: '${CRM_DATA_DIR}/sales.csv'}\n"
            "  products: {from: '${CRM_DATA_DIR}/products.csv'}\n"
        )
    )
    margin = frame(tables["transactions"])["margin"]
    assert float(margin[0]) == 1.0
    assert pd.isna(margin[1])
    assert tables.orphans.set_index("parent").at["products", "orphans"] == 1


def test_a_key_that_comes_twice_keeps_its_first_row(folder, source_file):
    (folder / "people.csv").write_text("customer_id,region\n1,north\n2,south\n1,east\n")
    tables = open_tables(source_file("  customers: {from: '${CRM_DATA_DIR}/people.csv'}\n"))
    assert frame(tables["customers"])["region"].tolist() == ["north", "south"]
    assert tables.set_aside["reason"].item() == "came before; expected one row per customer"


def test_scores_off_their_scale_are_set_aside(folder, source_file):
    (folder / "f.csv").write_text(
        "feedback_id,score,scale\n1,10,nps\n2,11,nps\n3,0,csat\n4,5,csat\n"
    )
    tables = open_tables(source_file("  feedback: {from: '${CRM_DATA_DIR}/f.csv'}\n"))
    assert frame(tables["feedback"])["feedback_id"].tolist() == ["1", "4"]


def test_dates_out_of_order_are_set_aside(folder, source_file):
    (folder / "s.csv").write_text(
        "customer_id,started_on,ended_on\n1,2025-01-01,\n2,2025-01-01,2024-12-31\n"
    )
    tables = open_tables(source_file("  subscriptions: {from: '${CRM_DATA_DIR}/s.csv'}\n"))
    assert tables.set_aside["reason"].item() == "is before started_on"


def test_a_source_may_state_its_own_limit(sales):
    text = "order_id,product_id,unit_price\n1,a,0\n2,a,-1\n"
    tables = open_tables(sales(text, "    limits: {unit_price: {minimum: 0}}\n"))
    assert tables.set_aside["reason"].item() == "is below 0"
    assert tables.counts["rows_used"].item() == 1


def test_names_encoding_delimiter_and_words_for_missing_are_honoured(folder, source_file):
    (folder / "s.csv").write_bytes("1;a;Käse;NA\n2;b;Öl;3\n".encode("latin-1"))
    tables = open_tables(
        source_file(
            "  transactions:\n    from: ${CRM_DATA_DIR}/s.csv\n"
            "    read: {delimiter: ;, header: false, names: [o, p, name, price], "
            "encoding: latin-1, missing: [NA]}\n"
            "    columns: {order_id: o, product_id: p, name: name, unit_price: price}\n"
            "    limits: {unit_price: {may_be_empty: true}}\n"
        )
    )
    lines = frame(tables["transactions"])
    assert lines["name"].tolist() == ["Käse", "Öl"]
    assert lines["unit_price"].isna().tolist() == [True, False]


def test_expressions_and_all_other_columns_as_attributes(sales):
    text = "Order No,sku,amount,units,colour\n1,a,6,2,red\n"
    more = (
        "    columns: {order_id: Order No, product_id: SKU, quantity: units, "
        "unit_price: amount / units}\n    attributes: all\n"
    )
    lines = frame(open_tables(sales(text, more))["transactions"])
    assert float(lines["revenue"].item()) == 6.0
    assert lines["colour"].item() == "red"


def test_a_path_cannot_carry_sql(folder, source_file, monkeypatch):
    odd = folder / "it's'); DROP"
    odd.mkdir()
    (odd / "sales.csv").write_text(HEAD + LINES)
    monkeypatch.setenv("CRM_DATA_DIR", str(odd))
    path = source_file(
        "  transactions: {sql: \"SELECT * FROM read_csv('${CRM_DATA_DIR}/sales.csv')\"}\n"
        "  visits:\n    from: ${CRM_DATA_DIR}/sales.csv\n"
        "    columns: {person_id: order_id, item_id: order_id}\n"
    )
    assert open_tables(path).counts["rows_read"].tolist() == [6, 6]


def test_a_second_opening_reads_the_same_tables_from_the_cache(sales, monkeypatch):
    source = sales(HEAD + LINES)
    first = open_tables(source)
    monkeypatch.setattr("crm_helpers.tables.checked._check_files", None)
    second = open_tables(source)
    assert second.folder == first.folder
    pd.testing.assert_frame_equal(frame(second["transactions"]), frame(first["transactions"]))
    pd.testing.assert_frame_equal(second.counts, first.counts)


def test_other_data_or_another_mapping_has_another_fingerprint(sales):
    first = open_tables(sales(HEAD + LINES)).fingerprint
    other_data = open_tables(sales(HEAD + LINES + "6,a,9,2026-01-02,1,1\n")).fingerprint
    other_source = open_tables(sales(HEAD + LINES, "    where: quantity > 0\n")).fingerprint
    assert len({first, other_data, other_source}) == 3


def test_parameters_and_titles_do_not_change_the_fingerprint(sales):
    head = "title: Other\ndata_until: 2026-06-30\nparameters: {churn: {seed: 1}}\n"
    assert (
        open_tables(sales(HEAD + LINES, head=head)).fingerprint
        == open_tables(sales(HEAD + LINES)).fingerprint
    )


@pytest.fixture
def database(folder, source_file):
    con = duckdb.connect(str(folder / "shop.duckdb"))
    con.execute("CREATE TABLE sales (nr INT, sku TEXT, who INT, t TIMESTAMP, n INT, price DOUBLE)")
    con.execute("INSERT INTO sales VALUES (1, 'a', 7, '2026-01-02', 2, 1.5)")
    con.execute("INSERT INTO sales VALUES (2, 'b', 8, '2026-07-02', 1, 1.0)")
    con.close()
    return source_file(
        "  transactions:\n    from: sales\n"
        "    columns: {order_id: nr, product_id: sku, customer_id: who, ordered_at: t, "
        "quantity: n, unit_price: price}\n",
        "title: Shop\ndata_until: 2026-06-30\nconnection: duckdb:///${CRM_DATA_DIR}/shop.duckdb\n",
    )


def test_a_database_is_checked_in_place(database):
    tables = open_tables(database)
    assert tables.counts[["rows_read", "rows_set_aside", "rows_used"]].iloc[0].tolist() == [2, 1, 1]
    assert tables.set_aside["first_case"].item() == "'2026-07-02 00:00:00'"
    assert float(tables["transactions"].revenue.sum().to_pandas()) == 3.0
    assert not (tables.folder / "tables" / "transactions.parquet").exists()


def test_a_database_that_changed_has_another_fingerprint(database, folder):
    before = open_tables(database).fingerprint
    con = duckdb.connect(str(folder / "shop.duckdb"))
    con.execute("UPDATE sales SET price = 2 WHERE nr = 1")
    con.close()
    assert open_tables(database).fingerprint != before


def test_online_retail_holds_the_published_figures(shared_data, monkeypatch):
    monkeypatch.setenv("CRM_DATA_DIR", str(shared_data))
    tables = open_tables("online_retail")
    counts = tables.counts.set_index("table").loc["transactions"]
    assert counts["rows_read"] == 541_909
    assert counts["rows_used"] + counts["rows_set_aside"] == 541_909
    assert counts["rows_set_aside"] == 2_517
    assert counts["exact_duplicates"] == 5_268
    lines = tables["transactions"]
    known = lines.filter(lines.customer_id.notnull())
    sales, returns = known.filter(~known.is_return), known.filter(known.is_return)
    assert int(sales.count().to_pandas()) == 397_884
    assert int(sales.customer_id.nunique().to_pandas()) == 4_338
    assert round(float(sales.revenue.sum().to_pandas()), 2) == 8_911_407.90
    assert round(float(returns.revenue.sum().to_pandas()), 2) == -611_342.09
    other = lines.filter(~lines.is_product).product_id
    assert {"POST", "D", "M", "DOT", "BANK CHARGES", "AMAZONFEE"} <= set(other.to_pandas())


def test_cdnow_holds_the_published_figures(shared_data, monkeypatch):
    monkeypatch.setenv("CRM_DATA_DIR", str(shared_data))
    lines = open_tables("cdnow")["transactions"]
    assert int(lines.count().to_pandas()) == 69_659
    assert int(lines.customer_id.nunique().to_pandas()) == 23_570
    assert float(lines.revenue.sum().to_pandas()) == 2_500_315.63
    assert int(lines.cds.sum().to_pandas()) == 167_881
    assert lines.ordered_at.min().to_pandas() == dt.datetime(1997, 1, 1)


def test_groceries_keep_the_blank_at_the_end_of_a_name(shared_data, monkeypatch):
    monkeypatch.setenv("CRM_DATA_DIR", str(shared_data))
    items = frame(open_tables("groceries")["transactions"])
    assert items["order_id"].nunique() == 9_835
    assert items["product_id"].nunique() == 169
    assert len(items) == 43_367
    assert "cream cheese " in set(items["product_id"])


def test_two_processes_may_read_one_database_file(database):
    first, second = open_tables(database), open_tables(database)
    read_by = "import sys; from crm_helpers.tables.checked import open_tables; "
    read_by += "print(len(open_tables(sys.argv[1])['transactions'].to_pandas()))"
    done = subprocess.run(
        [sys.executable, "-c", read_by, str(database)], capture_output=True, text=True
    )
    assert done.stdout.strip() == "1", done.stderr
    assert first.fingerprint == second.fingerprint
