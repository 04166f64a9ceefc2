"""Runs of all notebooks on small companies, made once and read by many tests."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
STEMS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
CUSTOMERS = 1500


@dataclass
class Run:
    """One finished run: its folder, what it printed and its exit code."""

    folder: Path
    printed: str
    code: int

    def json(self, stem: str) -> dict:
        return json.loads((self.folder / f"{stem}.json").read_text(encoding="utf-8"))

    def page(self, stem: str) -> str:
        """Page of a report, whatever became of it."""
        names = ["index.html"] if stem == "overview" else [f"{stem}.failed.html", f"{stem}.html"]
        found = [self.folder / name for name in names if (self.folder / name).exists()]
        return found[0].read_text(encoding="utf-8")

    def value(self, stem: str, finding: str) -> float:
        return self.json(stem)["findings"][finding]["value"]


@dataclass
class Company:
    """A small demo company in folders of its own."""

    home: Path

    def run(self, *options: str, into: str, customers: int = CUSTOMERS) -> Run:
        done = subprocess.run(
            [sys.executable, "-m", "crm_helpers.runner.run", "--jobs", "2", *options],
            env=dict(os.environ) | self.environment(into, customers),
            cwd=self.home,
            capture_output=True,
            text=True,
            timeout=900,
        )
        made = sorted((self.home / into).glob("*/*/run.json"))
        assert made, done.stdout + done.stderr
        return Run(made[-1].parent, done.stdout + done.stderr, done.returncode)

    def environment(self, into: str, customers: int) -> dict[str, str]:
        """Variables that lead a run into the folders of this company."""
        return {
            "CRM_DEMO_DIR": str(self.home / "demo"),
            "CRM_CACHE_DIR": str(self.home / "cache"),
            "CRM_REPORTS_DIR": str(self.home / into),
            "CUSTOMERS": str(customers),
            "COLUMNS": "200",
        }

    def table(self, name: str, customers: int = CUSTOMERS) -> pd.DataFrame:
        """Table as it was delivered, before any check."""
        (folder,) = (self.home / "demo").glob(f"{customers}-*")
        return pd.read_parquet(folder / f"{name}.parquet")


@pytest.fixture(scope="session")
def company(tmp_path_factory) -> Company:
    """Company of 1,500 customers."""
    return Company(tmp_path_factory.mktemp("company"))


@pytest.fixture(scope="session")
def run(company: Company) -> Run:
    """All notebooks as they run by default."""
    return company.run(into="reports")
