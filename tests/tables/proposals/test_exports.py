"""Exports as programs write them, from file to checked tables, no line written by hand."""

import datetime as dt

import pytest

from crm_helpers.tables.checked import open_tables
from crm_helpers.tables.proposals import propose
from crm_helpers.tables.proposals.propose import propose_source
from tests.tables.workbooks import workbook

GERMAN = """Bestellnummer;Kundennr.;Bestelldatum;Artikelnr;Bezeichnung;Menge;Einzelpreis;Währung
1001;K1;05.01.2026;A1;Grüner Tee;2;3,50;EUR
1001;K1;05.01.2026;A2;Tasse;1;12,00;EUR
1002;K2;17.02.2026;A1;Grüner Tee;1;3,50;EUR
1003;;31.03.2026;A2;Tasse;-1;1.012,00;EUR
"""
SHOPIFY = """Name,Email,Currency,Created at,Lineitem quantity,Lineitem price,Lineitem sku
#1001,a@x.org,EUR,2026-01-01 20:11:02 +0200,2,3.50,A1
#1001,,,,1,12.00,A2
#1002,b@x.org,EUR,2026-03-31 08:00:00 +0200,1,3.50,A1
"""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "params" / "sources").mkdir(parents=True)
    monkeypatch.setattr(propose, "project_root", lambda: tmp_path)
    return tmp_path


def lines_of(file):
    tables = open_tables(propose_source(file).write("own"))
    return tables, tables["transactions"].to_pandas().sort_values(["order_id", "product_id"])


def test_a_german_export_in_its_own_encoding(home):
    file = home / "bestellungen.csv"
    file.write_bytes(GERMAN.encode("windows-1252"))
    tables, rows = lines_of(file)
    assert tables.source.currency == "EUR"
    assert tables.source.data_until == dt.date(2026, 3, 31)
    assert rows["order_id"].tolist() == ["1001", "1001", "1002", "1003"]
    assert rows["revenue"].astype(float).tolist() == [7.0, 12.0, 3.5, -1012.0]
    assert rows["Bezeichnung"].iloc[0] == "Grüner Tee"
    assert rows["customer_id"].isna().tolist() == [False, False, False, True]
    assert rows["ordered_at"].iloc[2].date() == dt.date(2026, 2, 17)


def test_the_same_as_a_workbook_with_notes_beside_it(home):
    table = [
        ["Bestellnummer", "Kundennr.", "Bestelldatum", "Artikelnr", "Menge", "Einzelpreis"],
        [1001, "K1", dt.date(2026, 1, 5), "A1", 2, 3.5],
        [1001, "K1", dt.date(2026, 1, 5), "A2", 1, 12],
        [1003, None, dt.date(2026, 3, 31), "A2", -1, 1012.25],
    ]
    file = workbook(home / "bestellungen.xlsx", {"Notizen": [["Stand März"]], "Export": table})
    tables, rows = lines_of(file)
    assert tables.source.data_until == dt.date(2026, 3, 31)
    assert rows["order_id"].tolist() == ["1001", "1001", "1003"]
    assert rows["revenue"].astype(float).tolist() == [7.0, 12.0, -1012.25]
    assert rows["ordered_at"].iloc[0].date() == dt.date(2026, 1, 5)
    text = propose_source(file).text()
    assert "CHECK: sheet 'Export' is taken, because it has most rows; there are Notizen" in text


def test_a_shop_that_fills_the_first_row_of_an_order_alone(home):
    file = home / "orders_export.csv"
    file.write_text(SHOPIFY, "utf-8")
    found = propose_source(file)
    assert found.tables[0].read == {"fill_down": ["Email", "Created at"]}
    assert "# time_zone: Europe/Berlin  # CHECK: time stamps have an offset" in found.text()
    zoned = found.text().replace("# time_zone: Europe/Berlin", "time_zone: Europe/Berlin")
    path = home / "params" / "sources" / "shop.yaml"
    path.write_text(zoned, "utf-8")
    rows = open_tables(path)["transactions"].to_pandas().sort_values(["order_id", "product_id"])
    assert rows["customer_id"].tolist() == ["a@x.org", "a@x.org", "b@x.org"]
    assert rows["ordered_at"].iloc[1] == dt.datetime(2026, 1, 1, 19, 11, 2)
    assert rows["revenue"].astype(float).sum() == 22.5
