import re

import pytest

from crm_helpers.tables.checked import open_tables
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.labels import Labels
from crm_helpers.tables.sources import load_source

SALES = "  transactions:\n    from: sales.csv\n"
HEAD = "title: Shop\ndata_until: 2026-06-30\nlabels:\n"


def says(text):
    return pytest.raises(SourceError, match=re.escape(text))


def test_words_for_columns_and_values_are_read(source_file):
    head = HEAD + "  columns: {vip: best customer}\n  values: {vip: {yes: golden, 0: plain}}\n"
    labels = load_source(source_file(SALES, head)).labels
    assert labels.columns == {"vip": "best customer"}
    assert labels.values == {"vip": {"true": "golden", "0": "plain"}}


def test_a_misspelt_part_is_refused_with_the_nearest_one(source_file):
    path = source_file(SALES, HEAD + "  column: {vip: best customer}\n")
    with says("labels: unknown 'column'; did you mean 'columns'? Known: columns, values."):
        load_source(path)


@pytest.mark.parametrize("text", ["''", "'" + "x" * 81 + "'"])
def test_words_that_no_page_can_show_are_refused(source_file, text):
    with says("the words for 'vip' are "):
        load_source(source_file(SALES, HEAD + f"  columns: {{vip: {text}}}\n"))


def test_a_column_that_no_table_has_is_named_with_the_nearest_one():
    labels = Labels(values={"chanel": {"web": "the web shop"}})
    assert labels.unknown(["channel", "plan"]) == (
        "labels.values: no table has a column 'chanel'; did you mean 'channel'?"
    )
    assert Labels(columns={"plan": "tariff"}).unknown(["channel", "plan"]) == ""


def test_a_table_that_is_not_there_may_have_had_the_column(folder, source_file):
    (folder / "s.csv").write_text("order_id,product_id,quantity,unit_price\n1,a,1,2\n")
    tables = "  transactions: {from: '${CRM_DATA_DIR}/s.csv'}\n"
    tables += "  products: {from: '${CRM_DATA_DIR}/none.csv', optional: true}\n"
    path = source_file(tables, HEAD + "  columns: {brand: make}\n")
    assert open_tables(path).source.labels.columns == {"brand": "make"}


def test_a_label_of_a_column_that_is_not_there_is_refused_when_the_source_is_read(sales):
    lines = "order_id,product_id,quantity,unit_price\n1,a,1,2\n"
    source = sales(lines, head=HEAD + "  columns: {prodct_id: article}\n")
    with says(
        "labels.columns: no table has a column 'prodct_id'; did you mean 'product_id'? Write the "
        "names as they stand under `columns:` or `attributes:` of the tables."
    ):
        open_tables(source)
