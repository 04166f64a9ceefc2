"""Reference pages of docs/: they say what contracts, notebooks and declarations say."""

import json
from pathlib import Path

import pytest

from crm_helpers.runner import handbook
from crm_helpers.tables.contracts import CONTRACTS

ROOT = Path(__file__).resolve().parents[2]


def notebook(folder: Path, stem: str, needs: list, uses: list, cell: str = "") -> None:
    cells = [{"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": [cell]}]
    about = {"metadata": {"crm": {"needs": needs, "uses": uses}}, "cells": cells}
    (folder / f"{stem}.ipynb").write_text(json.dumps(about), encoding="utf-8")


def line_of(text: str, table: str, column: str) -> list[str]:
    part = text.split(f"### {table}\n")[1].split("\n### ")[0]
    (line,) = [row for row in part.splitlines() if row.startswith(f"| `{column}` |")]
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_pages_of_docs_are_up_to_date():
    for path, text in handbook.pages(ROOT).items():
        assert path.read_text("utf-8") == text, f"{path.name} is old. Run make docs."


def test_every_table_and_column_is_listed_with_what_empty_means(tmp_path):
    text = handbook.table_reference(tmp_path)
    for contract in CONTRACTS.values():
        for column in contract.columns:
            assert line_of(text, contract.table, column.name)[1]
    assert line_of(text, "transactions", "customer_id")[3:5] == ["a key of `customers`", "guest"]
    assert line_of(text, "transactions", "unit_price")[3:5] == ["above 0", "row is set aside"]
    assert line_of(text, "contacts", "purpose")[3].startswith("`acquisition`, ")


def test_reports_stand_beside_what_they_need_and_read(tmp_path):
    notebook(tmp_path, "returns", [{"transactions": ["customer_id"]}], ["products"])
    notebook(tmp_path, "template", [{"transactions": ["order_id"]}], [])
    text = handbook.table_reference(tmp_path)
    assert line_of(text, "transactions", "customer_id")[5] == "returns"
    assert line_of(text, "transactions", "order_id")[5] == ""
    assert "Read by `returns`." in text.split("### products\n")[1].split("\n|")[0]
    assert "Read by no report yet." in text.split("### visits\n")[1].split("\n|")[0]


def test_a_parameter_has_meaning_range_and_the_value_of_its_file(tmp_path):
    cell = 'source: str = "demo"\ncapacity: int = 500\nmethod: str = "auto"\nsave_rate: float = 0.1'
    notebook(tmp_path, "churn", [], [], cell)
    (tmp_path / "churn.yaml").write_text("capacity: 7\n", encoding="utf-8")
    text = handbook.parameter_reference(tmp_path, tmp_path)
    assert line_of(text, "churn", "capacity")[2:] == ["whole number, customers, 0 or more", "`7`"]
    assert line_of(text, "churn", "save_rate")[2] == "number, share, 0 to 1"
    assert "`naive_bayes`" in line_of(text, "churn", "method")[2]
    assert "`source`" not in text.split("### churn\n")[1]


def test_what_people_wrote_around_the_reference_stays():
    page = f"above\n{handbook.BEGIN}\nold\n{handbook.END}\nbelow\n"
    made = handbook.with_reference(page, "new")
    assert made == f"above\n{handbook.BEGIN}\n\nnew\n\n{handbook.END}\nbelow\n"
    assert handbook.with_reference(made, "new") == made


def test_a_page_without_marks_is_refused():
    with pytest.raises(ValueError, match="page of docs: found no .* expected both. Add them"):
        handbook.with_reference("words", "new")
