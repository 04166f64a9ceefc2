import hashlib
import json
import subprocess
import sys

import pandas as pd
import pyarrow.parquet as pq
import pytest

from crm_helpers.demo import company as module
from crm_helpers.demo.company import generate, known_layers
from crm_helpers.demo.version import is_current

pytestmark = pytest.mark.whole

TABLES = ("customers", "products", "transactions", "subscriptions", "contacts", "leads",
          "feedback", "applications", "payments", "visits")  # fmt: skip


def content(folder) -> dict[str, str]:
    """Hash of each table's values and of truth.json."""
    found = {"truth": hashlib.sha256((folder / "truth.json").read_bytes()).hexdigest()}
    for path in sorted(folder.glob("*.parquet")):
        rows = pd.util.hash_pandas_object(pd.read_parquet(path), index=False)
        found[path.stem] = hashlib.sha256(rows.to_numpy().tobytes()).hexdigest()
    return found


def test_the_same_seed_gives_the_same_content_and_another_seed_another(tmp_path):
    for name, seed in (("one", 5), ("again", 5), ("other", 6)):
        generate(tmp_path / name, customers=400, seed=seed)
    one, again, other = (content(tmp_path / name) for name in ("one", "again", "other"))
    assert one == again
    assert [name for name in one if one[name] == other[name]] == []


def test_all_tables_are_written_and_nothing_else(tmp_path):
    generate(tmp_path / "demo", customers=100)
    names = {path.name for path in (tmp_path / "demo").iterdir()}
    truths = {"customers", "subscriptions", "contacts", "leads", "applications", "payments",
              "feedback", "dirt"}  # fmt: skip
    expected = {f"{t}.parquet" for t in TABLES} | {f"truth_{t}.parquet" for t in truths}
    assert names == expected | {"truth.json"}
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_pieces_join_into_one_company_with_unique_keys(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "PIECE", 150)
    generate(tmp_path / "demo", customers=400)
    for table, key in (("customers", "customer_id"), ("leads", "lead_id"),
                       ("payments", "payment_id"), ("feedback", "feedback_id")):  # fmt: skip
        keys = pq.read_table(tmp_path / "demo" / f"{table}.parquet")[key].to_pandas()
        assert keys.is_unique
    rows = json.loads((tmp_path / "demo" / "truth.json").read_text())["company"]["rows"]
    assert rows["truth_customers"] == 400
    assert rows["leads"] == 600


def test_a_broken_generation_leaves_the_old_company(tmp_path, monkeypatch):
    generate(tmp_path / "demo", customers=100)
    before = content(tmp_path / "demo")
    monkeypatch.setattr(module, "truth_tables", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        generate(tmp_path / "demo", customers=200)
    assert content(tmp_path / "demo") == before
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_an_older_version_is_not_current(tmp_path):
    assert not is_current(tmp_path)
    (tmp_path / "truth.json").write_text('{"company": {"version": 0}}')
    assert not is_current(tmp_path)
    generate(tmp_path / "demo", customers=100)
    assert is_current(tmp_path / "demo")


def test_an_unknown_layer_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"layers: 'seasons' is not a layer; expected .*season"):
        known_layers(["seasons"])


def test_too_few_customers_are_refused(tmp_path):
    with pytest.raises(ValueError, match="customers: 10 are too few .*Set CUSTOMERS=50"):
        generate(tmp_path / "demo", customers=10)


def test_layers_off_leave_the_draws_of_the_others(twin):
    plain, priced = twin()["transactions"], twin("price_change")["transactions"]
    same = ["order_id", "customer_id", "ordered_at", "product_id", "quantity", "shop_id"]
    assert (plain[same].fillna("") == priced[same].fillna("")).all().all()
    assert (plain["unit_price"] != priced["unit_price"]).any()


def test_the_entry_point_honours_the_environment(tmp_path):
    environment = {"CUSTOMERS": "100", "DEMO_SEED": "7", "LAYERS": "season", "DIRT": "0",
                   "CRM_DEMO_DIR": str(tmp_path), "PATH": ""}  # fmt: skip
    command = [sys.executable, "-m", "crm_helpers.demo.company"]
    subprocess.run(command, env=environment, check=True, timeout=120)
    truth = json.loads((tmp_path / "100-7-season-clean" / "truth.json").read_text())["company"]
    assert (truth["customers"], truth["seed"], truth["layers"], truth["dirt"]) == (
        100, 7, ["season"], False,
    )  # fmt: skip
