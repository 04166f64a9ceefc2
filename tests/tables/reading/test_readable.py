"""Encodings, sheets, lines around a table, filled rows and files of one pattern."""

import gzip
import re

import pytest

from crm_helpers.tables.checked import open_tables
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.reading.sheets import sheet_copy

HEAD = "order_id;product_id;town\n"


def says(text):
    return pytest.raises(SourceError, match=re.escape(text))


@pytest.fixture
def written(folder, source_file):
    """Write bytes as one file and give the source that reads it."""

    def write(data, read="", name="sales.csv"):
        (folder / name).write_bytes(data)
        more = f", read: {{{read}}}" if read else ""
        return source_file(f"  transactions: {{from: '${{CRM_DATA_DIR}}/{name}'{more}}}\n")

    return write


def towns(path):
    return open_tables(path)["transactions"].order_by("order_id").town.to_pandas().tolist()


@pytest.mark.parametrize(
    ("encoding", "town"),
    [
        ("windows-1252", "Köln €"),
        ("iso-8859-15", "Köln €"),
        ("utf-16", "Köln €"),
        ("shift_jis", "東京"),
        ("windows-1250", "Łódź"),
        ("utf-8-sig", "Köln €"),
    ],
)
def test_text_of_any_encoding_is_read_as_stated(written, encoding, town):
    text = HEAD + f"1;a;{town}\n2;b;Bonn\n"
    assert towns(written(text.encode(encoding), f"encoding: {encoding}")) == [town, "Bonn"]


def test_marks_at_the_beginning_tell_the_encoding(written):
    text = HEAD + "1;a;Köln\n"
    assert towns(written(text.encode("utf-16"))) == ["Köln"]
    assert towns(written(text.encode("utf-8-sig"))) == ["Köln"]


def test_a_packed_file_is_read_in_its_encoding(written):
    data = gzip.compress((HEAD + "1;a;Köln\n").encode("cp1252"))
    assert towns(written(data, "encoding: cp1252", "sales.csv.gz")) == ["Köln"]


def test_an_encoding_is_asked_about_with_what_its_line_would_be(written):
    path = written((HEAD + "1;a;Köln\n").encode("cp1252"))
    with says("Line 2 holds 'Köln' in windows-1252, 'Köln' in windows-1250, ") as caught:
        open_tables(path)
    assert str(caught.value).endswith("Set `encoding` under `read:`.")


def test_an_encoding_nobody_knows_is_refused(written):
    with says(
        "sales.csv: encoding 'ansi-1' is not known; expected a name such as utf-8, windows-1252, "
        "iso-8859-15, utf-16 or shift_jis. Correct it under `read:`."
    ):
        open_tables(written(b"order_id;product_id\n1;a\n", "encoding: ansi-1"))


def test_bytes_that_are_not_in_the_stated_encoding_are_refused(written):
    data = (HEAD + "1;a;Köln\n").encode("cp1252")
    with says("sales.csv is not text in shift_jis (near line ") as caught:
        open_tables(written(data + b"2;b;\x81\x20\n", "encoding: shift_jis"))
    assert str(caught.value).endswith(
        "Set another `encoding` under `read:`, such as windows-1252 or windows-1250."
    )


def test_latin_1_with_a_euro_sign_of_windows_is_refused(written):
    with says(
        "sales.csv is not text in iso8859_1: byte 0x80 is an unseen control character there, and "
        "'€' in windows-1252. Set `encoding: windows-1252` under `read:`."
    ):
        open_tables(written((HEAD + "1;a;5 €\n").encode("cp1252"), "encoding: latin-1"))


def test_lines_around_the_table_are_left_out(written):
    text = "Report of June\n\n" + HEAD + "1;a;Bonn\n2;b;Köln\nTotal;;2\n"
    assert towns(written(text.encode(), "skip_rows: 2, skip_footer: 1")) == ["Bonn", "Köln"]


def test_columns_of_the_first_row_of_an_order_are_filled_down(sales):
    text = "order_id,product_id,customer_id,ordered_at\n1,a,7,2026-01-02\n1,b,,\n2,a,,2026-01-03\n"
    more = "    read: {fill_down: [customer_id, ordered_at]}\n"
    lines = open_tables(sales(text, more))["transactions"].order_by("order_id", "product_id")
    assert lines.customer_id.to_pandas().fillna("").tolist() == ["7", "7", ""]


def test_the_number_of_the_order_may_stand_on_its_first_row_alone(sales):
    text = "order_id,product_id,customer_id\n1,a,7\n,b,\n2,a,\n,c,\n"
    more = "    read: {fill_down: [order_id, customer_id]}\n"
    lines = open_tables(sales(text, more))["transactions"].order_by("order_id", "product_id")
    found = lines.to_pandas()
    assert found["order_id"].tolist() == ["1", "1", "2", "2"]
    assert found["customer_id"].fillna("").tolist() == ["7", "7", "", ""]


def test_a_column_to_fill_that_is_not_there_is_refused(sales):
    with says(
        "transactions: `fill_down` has no column 'e-mail'; expected source columns, and a number "
        "of the order to fill within. The origin has: order_id, product_id."
    ):
        open_tables(sales("order_id,product_id\n1,a\n", "    read: {fill_down: [e-mail]}\n"))


@pytest.fixture
def pattern(folder, source_file):
    """Write two files of one pattern and give the source that reads both."""

    def write(first, second):
        (folder / "t1.csv").write_text(first)
        (folder / "t2.csv").write_text(second)
        return source_file("  transactions: {from: '${CRM_DATA_DIR}/t*.csv'}\n")

    return write


PLAIN, MORE = "order_id,product_id\n1,a\n", "product_id,order_id,promotion\nb,2,autumn\n"


@pytest.mark.parametrize("texts", [(PLAIN, MORE), (MORE, PLAIN)], ids=["later", "earlier"])
def test_files_of_one_pattern_are_joined_by_name(pattern, texts):
    tables = open_tables(pattern(*texts))
    lines = tables["transactions"].order_by("order_id").to_pandas()
    assert lines["product_id"].tolist() == ["a", "b"]
    assert lines["promotion"].fillna("").tolist() == ["", "autumn"]
    assert tables.readings["code"].tolist() == ["not_in_file"]


@pytest.mark.parametrize("odd", ["t1.csv", "t2.csv"])
def test_a_file_without_a_column_that_may_not_be_empty_is_named(pattern, folder, odd):
    texts = [PLAIN, "order_id,sku\n2,b\n"]
    path = pattern(*(texts if odd == "t2.csv" else reversed(texts)))
    with says(
        f"transactions: {folder}/{odd} has no column 'product_id', which other files of "
        "${CRM_DATA_DIR}/t*.csv have; expected product_id in each. Export it with the same "
        "columns, or take it out of the pattern."
    ):
        open_tables(path)


def test_without_the_library_of_spreadsheets_its_name_is_told(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    with says(
        "sales.xlsx is a spreadsheet, and the library that reads them is not there. Install it: "
        "pip install python-calamine. Or save the sheet as CSV."
    ):
        sheet_copy(tmp_path / "sales.xlsx", tmp_path / "c", "", skip=0, footer=0, table="visits")


class Book:
    """Stands for a workbook of two filled sheets, as the library gives it."""

    sheet_names = ("June", "July", "Notes")

    def get_sheet_by_name(self, name):
        self.name = name
        return self

    def to_python(self, skip_empty_area):
        head = [["order_id", "product_id", "unit_price"], [1.0, "a", 12.125]]
        return [] if self.name == "Notes" else head


@pytest.fixture
def workbook(monkeypatch):
    module = type(
        "calamine", (), {"CalamineWorkbook": type("B", (), {"from_path": lambda p: Book()})}
    )
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", module)


def test_a_sheet_is_read_by_its_name(written, workbook):
    tables = open_tables(written(b"x", "sheet: June", "sales.xlsx"))
    line = tables["transactions"].to_pandas().iloc[0]
    assert (line["order_id"], float(line["unit_price"])) == ("1", 12.125)


def test_several_sheets_are_asked_about(written, workbook):
    with says(
        "sales.xlsx has 2 sheets with rows (June, July); expected one. Name it: `read: {sheet: "
        "...}`."
    ):
        open_tables(written(b"x", name="sales.xlsx"))


def test_a_sheet_that_is_not_there_names_those_there_are(written, workbook):
    with says(
        "sales.xlsx has no sheet 'Jun'; did you mean 'June'? It has: June, July, Notes. Correct "
        "`sheet` under `read:`."
    ):
        open_tables(written(b"x", "sheet: Jun", "sales.xlsx"))
