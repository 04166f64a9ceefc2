"""A tiny source and tiny notebooks, to try the runner on."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
HEAD = """
from crm_helpers.page.findings import finding
from crm_helpers.page.report import open_report
from crm_helpers.page.words import answer
report = open_report("{stem}", globals())
"""
TAIL = """
orders = int(report.tables["transactions"].count().to_pandas())
report.keep({"orders": finding("orders", orders, n=3)})
report.summary("One.", "Two.", "Three.")
"""


SOURCE = """
title: Small shop
currency: EUR
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


@dataclass
class TinySuite:
    """Folders of a run of its own, and how to start it."""

    folder: Path
    source: Path

    @property
    def reports(self) -> Path:
        return self.folder / "reports" / "shop" / "2026-06-30"

    def notebook(self, stem: str, code: str = "", *, needs=None, parameters: str = "") -> Path:
        cells = [
            nbformat.v4.new_markdown_cell(f"# Title of {stem}\n\nWho reads it."),
            _cell(
                'source: str = "demo"  # a source\nas_of: str = ""  # a day\n'
                f"seed: int = 7  # for sampling\n{parameters}",
                "parameters",
            ),
            _cell(HEAD.format(stem=stem), "setup", "remove-cell"),
            nbformat.v4.new_markdown_cell("## How many orders are there?"),
            _cell(code or 'answer("Three orders")'),
            _cell(TAIL, "summary"),
            _cell("report.record()", "colophon"),
        ]
        made = nbformat.v4.new_notebook(cells=cells)
        made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        made.metadata["crm"] = {"needs": needs or [], "uses": []}
        path = self.folder / "notebooks" / f"{stem}.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(made, path)
        return path

    def params(self, stem: str, **values) -> None:
        path = self.folder / "params" / f"{stem}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml.safe_dump(values))

    def command(self, *options: str) -> list[str]:
        places = f"notebooks=Path({str(self.folder / 'notebooks')!r}), "
        places += f"params=Path({str(self.folder / 'params')!r})"
        script = (
            "import sys; from pathlib import Path; from crm_helpers.runner.run import main; "
            f"sys.exit(main(sys.argv[1:], {places}))"
        )
        return [sys.executable, "-c", script, "--source", str(self.source), *options]

    def run(self, *options: str, **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            self.command("--jobs", "2", *options),
            env=self.environment(**environment),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def environment(self, **more: str) -> dict[str, str]:
        folders = {
            "CRM_REPORTS_DIR": str(self.folder / "reports"),
            "CRM_CACHE_DIR": str(self.folder / "cache"),
            "CRM_DATA_DIR": str(self.folder),
        }
        return dict(os.environ) | folders | {"OMP_NUM_THREADS": "1", "COLUMNS": "200"} | more

    def json(self, stem: str) -> dict:
        return json.loads((self.reports / f"{stem}.json").read_text())


def _cell(source: str, *tags: str) -> nbformat.NotebookNode:
    cell = nbformat.v4.new_code_cell(source.strip())
    cell.metadata["tags"] = list(tags)
    return cell


def make_suite(folder: Path) -> TinySuite:
    """Suite on a shop of three order lines, complete until the middle of 2026."""
    (folder / "sales.csv").write_text(
        "order,product,customer,day,pieces,price\n"
        "1,A,anna,2026-01-05,1,10.00\n"
        "2,B,bert,2026-03-07,2,4.50\n"
        "3,A,anna,2026-05-09,1,10.00\n"
    )
    source = folder / "shop.yaml"
    source.write_text(SOURCE)
    return TinySuite(folder, source)


@pytest.fixture
def tiny_suite(tmp_path: Path) -> TinySuite:
    """Suite for one test."""
    return make_suite(tmp_path)
