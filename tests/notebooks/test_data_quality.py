"""The data quality report against the truth of the demo company: every kind of dirt, and none."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
CUSTOMERS = 6000  # enough applications a quarter for their shift to be judged


@dataclass
class Notebook:
    """The notebook's cells, run in this process, and the truth of the company it read."""

    names: dict
    folder: Path
    found: dict = field(init=False)

    def __post_init__(self) -> None:
        self.found = {name: f["value"] for name, f in self.names["report"].findings.items()}

    def planted(self, *kinds: str) -> int:
        truth = json.loads((self.folder / "truth.json").read_text(encoding="utf-8"))
        rows = {defect["kind"]: defect["rows"] for defect in truth["defects"]}
        return sum(rows[kind] for kind in kinds)

    def listed(self, kind: str) -> pd.DataFrame:
        dirt = pd.read_parquet(self.folder / "truth_dirt.parquet")
        return dirt[dirt["kind"] == kind]


def run_notebook(home: Path, *, dirt: bool) -> Notebook:
    settings = {
        "CRM_DEMO_DIR": str(home / "demo"),
        "CRM_CACHE_DIR": str(home / "cache"),
        "CRM_RUN_FOLDER": str(home / "run"),
        "CRM_REPORTS_DIR": str(home / "reports"),
        "CUSTOMERS": str(CUSTOMERS),
        "DIRT": "1" if dirt else "0",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("LAYERS", raising=False)
        for name, value in settings.items():
            patch.setenv(name, value)
        names = {"display": lambda *_: None}
        cells = json.loads((ROOT / "notebooks" / "data_quality.ipynb").read_text("utf-8"))["cells"]
        for cell in cells:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
        (folder,) = (Path(os.environ["CRM_DEMO_DIR"])).iterdir()
    return Notebook(names, folder)


@pytest.fixture(scope="module")
def dirty(tmp_path_factory) -> Notebook:
    return run_notebook(tmp_path_factory.mktemp("dirty"), dirt=True)


@pytest.fixture(scope="module")
def clean(tmp_path_factory) -> Notebook:
    return run_notebook(tmp_path_factory.mktemp("clean"), dirt=False)


# Counted by rules that admit no doubt, so the counts are exact.
EXACT = {
    "empty_id_rows": ("missing product id", "missing order id"),
    "orphan_rows": ("orphan product", "orphan customer"),
    "future_date_rows": ("future date",),
    "out_of_range_rows": ("wrong sign", "impossible age", "negative amount"),
    "repeated_lines": ("duplicate line",),
    "late_rows": ("late row",),
    "trial_account_rows": ("test account", "test line"),
    "missing_together_rows": ("missing together",),
    "dates_out_of_order_rows": ("end before start", "converted before created"),
    "repeated_key_rows": ("duplicate contact",),
    "off_scale_rows": ("score off the scale",),
    "another_meaning_rows": ("changed meaning",),
    "leak_alarms": ("leak",),
}


@pytest.mark.parametrize("finding", EXACT)
def test_each_planted_kind_is_found_with_its_exact_count(dirty, finding):
    assert dirty.planted(*EXACT[finding]) > 0
    assert dirty.found[finding] == dirty.planted(*EXACT[finding])


def test_every_planted_kind_has_a_check(dirty):
    truth = json.loads((dirty.folder / "truth.json").read_text(encoding="utf-8"))
    checked = {kind for kinds in EXACT.values() for kind in kinds}
    others = {"missing day", "duplicate customer"}
    assert {defect["kind"] for defect in truth["defects"]} == checked | others


def test_the_missing_day_is_the_planted_one(dirty):
    assert dirty.names["missing"][["table", "rows"]].to_numpy().tolist() == [["transactions", 0]]
    assert dirty.names["missing"]["day"].item() == pd.Timestamp("2026-05-13")


def test_likely_duplicates_are_the_planted_pairs(dirty):
    """Precision and recall of at least 95 %: spelling alone cannot tell every namesake."""
    pairs = dirty.names["twice"].pairs
    found = {frozenset(pair) for pair in zip(pairs["first"], pairs["second"], strict=True)}
    listed = dirty.listed("duplicate customer")
    planted = {frozenset(pair) for pair in zip(listed["key"], listed["detail"], strict=True)}
    assert len(found & planted) >= 0.95 * len(planted)
    assert len(found & planted) >= 0.95 * len(found)


def test_the_leaking_attribute_is_the_planted_one(dirty):
    assert dirty.names["alarms"]["column"].tolist() == dirty.listed("leak")["key"].tolist()


def test_credit_cannot_be_trusted_when_a_column_of_applications_changed_its_meaning(dirty):
    defects = dirty.names["listed"]
    changed = defects[defects["kind"] == "another meaning"]
    assert changed[["table", "column"]].to_numpy().tolist() == [
        ["applications", "years_at_address"]
    ]
    trust = dirty.names["report_trust"](defects, {"credit": {"applications": "needs"}})
    assert trust["verdict"].tolist() == ["not trusted"]


def test_on_the_clean_twin_no_defect_is_alarmed(clean):
    assert clean.names["listed"].empty
    assert clean.found["serious_defects"] == clean.found["minor_defects"] == 0


@pytest.mark.parametrize("twin", ["dirty", "clean"])
def test_the_new_channel_and_the_new_prices_are_changes_of_the_business(twin, request):
    changes = request.getfixturevalue(twin).names["business"]
    told = set(zip(changes["table"], changes["column"], changes["kind"], strict=True))
    assert ("customers", "channel", "new value") in told
    assert ("leads", "channel", "new value") in told
    assert ("transactions", "unit_price", "new price") in told
    prices = changes[changes["kind"] == "new price"]["about"]
    assert {about["group"] for about in prices} == {"coffee and tea", "household"}
