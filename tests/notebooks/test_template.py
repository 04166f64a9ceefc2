"""The notebook to copy, run on a tiny shop whose every text is hostile."""

import csv
import json
import re
from pathlib import Path

import papermill
import pytest
from bs4 import BeautifulSoup

from crm_helpers.page.faults import is_light, page_faults
from crm_helpers.page.render import render_report

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "<script>alert(1)</script>"
SOURCE = """
title: Shop <script>alert(1)</script> & "Sons"
currency: E<b>R
data_until: "2026-06-30"
tables:
  transactions:
    from: ${CRM_DATA_DIR}/sales.csv
    columns:
      order_id: order
      product_id: product
      customer_id: customer
      ordered_at: day
      quantity: pieces
      unit_price: price
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    with (folder / "sales.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["order", "product", "customer", "day", "pieces", "price"])
        for i in range(40):
            rows.writerow([f"o{i}", HOSTILE, f"=C{i:02}{HOSTILE}", "2026-06-01", 1, 100 + i])
        for i in range(30):
            rows.writerow([f"p{i}", HOSTILE, f"=C{i:02}{HOSTILE}", "2026-06-02", 1, 100])
    (folder / "shop.yaml").write_text(SOURCE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_DATA_DIR", str(folder))
        patch.setenv("CRM_CACHE_DIR", str(folder / "cache"))
        patch.setenv("CRM_REPORTS_DIR", str(folder / "reports"))
        patch.setenv("CRM_RUN_FOLDER", str(folder))
        papermill.execute_notebook(
            str(ROOT / "tests/notebooks/template.ipynb"),
            str(folder / "template.ipynb"),
            parameters={"source": str(folder / "shop.yaml")},
            progress_bar=False,
            cwd=str(folder),
        )
    render_report(folder / "template.ipynb", folder / "template.html")
    return folder


def test_the_findings_are_those_worked_out_by_hand(run: Path) -> None:
    found = json.loads((run / "template.findings.json").read_text())["findings"]
    assert found["customers_active"] == {"value": 40, "unit": "customers"}
    # 30 of 40 ordered on a second day.
    assert found["again_share"] == {"value": 0.75, "unit": "share", "n": 40}


def test_the_page_stands_alone_whatever_the_data_say(run: Path) -> None:
    html = (run / "template.html").read_text()
    assert page_faults(html) == []
    assert is_light(html)
    text = BeautifulSoup(html, "html.parser").get_text()
    assert f'Shop {HOSTILE} & "Sons" · as of 30 June 2026' in text


def test_no_id_of_a_customer_is_on_the_page(run: Path) -> None:
    html = (run / "template.html").read_text()
    assert not re.search(r"=C\d\d", html)


def test_the_list_runs_nothing_in_a_spreadsheet(run: Path) -> None:
    # Of the ten who ordered once, at 30 % margin and a tenth who come, all bring 1.50 or more.
    with (run / "actions" / "template.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 10
    assert all(row["customer_id"].startswith("'=C3") for row in rows)
    assert float(rows[0]["expected_net_value"]) == pytest.approx(139 * 0.3 * 0.1 - 1.5)


def test_papermill_sees_every_parameter_with_its_help() -> None:
    for path in [
        *sorted((ROOT / "notebooks").glob("*.ipynb")),
        ROOT / "tests/notebooks/template.ipynb",
    ]:
        cell = json.loads(path.read_text(encoding="utf-8"))["cells"][1]
        assigned = re.findall(r"^(\w+):", "".join(cell["source"]), re.MULTILINE)
        seen = papermill.inspect_notebook(str(path))
        assert list(seen) == assigned, path.name
        assert all(about["help"] for about in seen.values()), path.name
