from crm_helpers.tables.checked import open_tables
from crm_helpers.tables.limits import defects

HEAD = "order_id,product_id,unit_price\n"


def test_rows_set_aside_above_the_limit_are_told_with_column_count_and_first_case(sales):
    tables = open_tables(sales(HEAD + "1,a,1\n" * 8 + "2,b,0\n" + ",b,1\n"))
    assert defects(tables, {"max_set_aside_share": 0.1}) == {
        "transactions": "transactions: 2 of 10 rows are set aside (20.0%, limit 10.0%), most "
        "because order_id is empty (1 rows, first: row 10). Mend the source, or set "
        "max_set_aside_share in params/data_quality.yaml."
    }


def test_rows_set_aside_at_the_limit_are_fine(sales):
    tables = open_tables(sales(HEAD + "1,a,1\n" * 9 + "2,b,0\n"))
    assert defects(tables, {"max_set_aside_share": 0.1}) == {}


def test_orphans_above_the_limit_are_told(folder, source_file):
    (folder / "sales.csv").write_text("order_id,product_id\n1,a\n2,a\n3,z\n")
    (folder / "goods.csv").write_text("product_id\na\n")
    path = source_file(
        "  transactions: {from: '${CRM_DATA_DIR}/sales.csv'}\n"
        "  products: {from: '${CRM_DATA_DIR}/goods.csv'}\n"
    )
    message = defects(open_tables(path), {"max_orphan_share": 0.2})["transactions"]
    assert message == (
        "transactions.product_id: 1 of 3 rows have no partner in products (33.3%, limit 20.0%; "
        "first: 'z'). Mend the source, or set max_orphan_share in params/data_quality.yaml."
    )
