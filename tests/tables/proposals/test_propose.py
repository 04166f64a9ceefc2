"""From a file to a source file that runs."""

import datetime as dt

import pandas as pd
import pytest
import yaml

from crm_helpers.runner import propose as command
from crm_helpers.tables.checked import open_tables
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.proposals import propose
from crm_helpers.tables.proposals.propose import name_of, propose_source

ORDERS = """Order no,Client,Order date,SKU,Qty,Price,Currency,Colour,E-mail
1,A,2026-01-02,tea,1,2.50,GBP,red,a@x.org
1,A,2026-01-02,mug,2,9.00,GBP,blue,a@x.org
2,B,2026-03-31,tea,1,2.50,GBP,,b@x.org
"""


@pytest.fixture
def orders(tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "params" / "sources").mkdir(parents=True)
    monkeypatch.setattr(propose, "project_root", lambda: tmp_path)
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS, encoding="utf-8")
    return path


def test_the_file_written_can_be_read_as_it_stands(orders):
    path = propose_source(orders).write("shop")
    tables = open_tables(path)
    assert tables.source.currency == "GBP"
    assert tables.source.data_until == dt.date(2026, 3, 31)
    rows = tables["transactions"].to_pandas()
    assert rows["order_id"].tolist() == ["1", "1", "2"]
    assert rows["revenue"].astype(float).tolist() == [2.5, 18.0, 2.5]
    assert "Colour" in rows


def test_every_column_is_accounted_for(orders):
    told = propose_source(orders).columns.set_index("column")["taken_for"]
    assert told.to_dict() == {
        "Order no": "order_id",
        "Client": "customer_id",
        "Order date": "ordered_at",
        "SKU": "product_id",
        "Qty": "quantity",
        "Price": "unit_price",
        "Currency": "attribute",
        "Colour": "attribute",
        "E-mail": "attribute",
    }


def test_a_column_that_tells_who_somebody_is_is_left_out(tmp_path):
    rows = pd.DataFrame({"customer_id": range(30), "city": ["Ulm", "Bonn", "Trier"] * 10})
    rows["E-mail"] = [f"c{n}@x.org" for n in range(30)]
    rows.to_csv(tmp_path / "customers.csv", index=False)
    found = propose_source(tmp_path / "customers.csv")
    assert found.tables[0].left_out == {"E-mail": "tells who somebody is"}
    assert "@x.org" not in found.text()
    assert "E-mail (tells who somebody is)" in found.text()


def test_what_is_not_sure_is_asked_and_not_taken(tmp_path):
    (tmp_path / "c.csv").write_text("amount,duration,default\n100,12,1\n200,24,2\n", "utf-8")
    found = propose_source(tmp_path / "c.csv")
    (table,) = found.tables
    assert table.table == "applications"
    assert "defaulted" not in table.columns
    text = found.text()
    assert "which of '1' and '2' means: not paid back" in text
    entry = yaml.safe_load(text)["tables"]["applications"]
    assert set(entry["columns"]) == {"amount", "term_months", "application_id"}
    assert "ROW_NUMBER()" in entry["columns"]["application_id"]


def test_dates_that_can_be_read_two_ways_are_asked(tmp_path):
    (tmp_path / "t.csv").write_text(
        ORDERS.replace("2026-01-02", "01/02/2026").replace("2026-03-31", "03/04/2026"), "utf-8"
    )
    text = propose_source(tmp_path / "t.csv").text()
    assert "CHECK: dates of 'Order date' can be %d/%m/%Y or %m/%d/%Y: set one under `read:`" in text
    assert "date_format" not in yaml.safe_load(text)["tables"]["transactions"].get("read", {})


def test_a_guess_can_be_corrected(orders):
    found = (
        propose_source(orders).with_column("SKU", "attribute").with_column("Colour", "product_id")
    )
    assert found.tables[0].columns["product_id"] == "Colour"
    assert "SKU" in found.tables[0].attributes
    dropped = found.with_column("Colour", "")
    assert "product_id" not in dropped.tables[0].columns
    assert "left out: Colour (as corrected)" in dropped.text()


@pytest.mark.parametrize(
    ("column", "taken_for", "said"),
    [
        ("Colr", "shop_id", "'Colr': no file has that column; did you mean 'Colour'?"),
        ("Colour", "shop", "transactions: unknown 'shop'; did you mean 'shop_id'?"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(orders, column, taken_for, said):
    with pytest.raises(SourceError) as refused:
        propose_source(orders).with_column(column, taken_for)
    assert str(refused.value).startswith(said)


def test_an_existing_source_is_never_overwritten(orders):
    path = propose_source(orders).write("shop")
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(SourceError, match="shop.yaml is there already and is not overwritten"):
        propose_source(orders).write("shop")
    assert path.read_text("utf-8") == "mine"


def test_a_folder_gives_a_table_for_each_file(orders):
    (orders.parent / "kunden.csv").write_text("Kundennummer;Bundesland\n1;BY\n2;NW\n", "utf-8")
    found = propose_source(orders.parent)
    assert {table.table for table in found.tables} == {"transactions", "customers"}


def test_two_files_of_one_table_are_refused(orders):
    (orders.parent / "more.csv").write_text(ORDERS, "utf-8")
    with pytest.raises(SourceError, match="more.csv and orders.csv both look like transactions"):
        propose_source(orders.parent)


def test_a_folder_without_tables_and_a_table_that_is_not_are_refused(orders, tmp_path):
    (tmp_path / "none").mkdir()
    with pytest.raises(SourceError, match="none holds no file that ends in .csv"):
        propose_source(tmp_path / "none")
    with pytest.raises(SourceError, match="TABLE: unknown 'orders'.* Known: customers, "):
        propose_source(orders, table="orders")


def test_columns_that_say_nothing_are_refused_with_what_to_do(tmp_path):
    (tmp_path / "x.csv").write_text("foo,bar\n1,2\n", "utf-8")
    with pytest.raises(
        SourceError, match=r"none of its columns \(foo, bar\) has a name that is known"
    ):
        propose_source(tmp_path / "x.csv")


def test_a_score_without_a_scale_gets_the_one_its_answers_allow(tmp_path):
    (tmp_path / "r.csv").write_text(
        "review id,rating,review text\n1,5,good\n2,1,bad\n3,4,fine\n", "utf-8"
    )
    entry = yaml.safe_load(propose_source(tmp_path / "r.csv").text())["tables"]["feedback"]
    assert entry["columns"]["scale"] == "'csat'"
    text = propose_source(tmp_path / "r.csv").text()
    assert "CHECK: answers run from 1 to 5: nps, csat, stars, ces would fit" in text


def test_the_command_says_what_it_took_and_how_to_go_on(orders, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert command.main(["--file", str(orders), "--name", "shop"]) == 0
    said = capsys.readouterr().out
    assert "transactions.order_id" in said
    assert "churn" in said.split("Could be made: ")[1].splitlines()[0]
    assert "credit: The source has no applications" in said
    assert said.rstrip().endswith("make check-source SOURCE=shop")


def test_the_command_refuses_with_code_2(orders, capsys):
    assert command.main(["--file", ""]) == 2
    assert (
        "FILE: nothing is given. Write for example make source FILE=orders.csv"
        in capsys.readouterr().err
    )


def test_a_source_is_named_after_its_file(tmp_path):
    assert name_of(tmp_path / "Bestellungen 2026-Q1.csv") == "bestellungen_2026_q_1"
