"""The fraud report against the truth of the demo company, shuffled labels and public claims."""

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from crm_helpers.questions.fraud.learning import has_learned

ROOT = Path(__file__).resolve().parents[2]
CUSTOMERS = 6_000  # some 47,000 payments
PATTERNS = ("stolen card", "account takeover", "refund abuse", "collusion")


@dataclass
class Made:
    """A notebook's cells, run in this process."""

    names: dict
    home: Path

    def __getattr__(self, name: str) -> object:
        """What a cell named: rows, model, clusters, detected, listed."""
        return self.names[name]

    @property
    def findings(self) -> dict:
        return self.names["report"].findings

    def patterns(self, rows: pd.DataFrame) -> pd.Series:
        """True pattern of each payment, empty for the honest."""
        (folder,) = (self.home / "demo").glob(f"{CUSTOMERS}-*")
        truth = pd.read_parquet(folder / "truth_payments.parquet").set_index("payment_id")
        return rows["payment_id"].map(truth["pattern"]).fillna("")


def made(home: Path, run: str = "run", **changed: object) -> Made:
    settings = {
        "CRM_DEMO_DIR": str(home / "demo"),
        "CRM_CACHE_DIR": str(home / "cache"),
        "CRM_RUN_FOLDER": str(home / run),
        "CRM_REPORTS_DIR": str(home / "reports"),
        "CUSTOMERS": str(CUSTOMERS),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name in ("LAYERS", "DIRT", "DEMO_SEED"):
            patch.delenv(name, raising=False)
        for name, value in settings.items():
            patch.setenv(name, value)
        names = {}
        text = (ROOT / "notebooks" / "fraud.ipynb").read_text("utf-8")
        for cell in json.loads(text)["cells"]:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
            if "parameters" in cell["metadata"].get("tags", []):
                names |= changed
    return Made(names, home)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fraud")


@pytest.fixture(scope="module")
def fraud(home: Path) -> Made:
    return made(home)


def test_the_findings_that_stay_are_there(fraud):
    stay = {
        "average_precision",
        "rule_average_precision",
        "precision_at_capacity",
        "known_precision",
        "recall_at_capacity",
        "value_at_risk_found",
        "cases_a_year",
        "frauds_a_year",
        "ring_count",
    }
    assert stay <= set(fraud.findings)


def test_the_precision_holds_the_truth_within_its_interval(fraud):
    test, picked = fraud.detected.test, fraud.detected.opened("all together")
    share = (fraud.patterns(test[picked]) != "").mean()
    told = fraud.findings["precision_at_capacity"]
    assert told["low"] <= share <= told["high"]
    # What nobody examined is not honest: the share that is known is far from the truth.
    assert fraud.findings["known_precision"]["value"] < share - 0.1


def test_the_frauds_of_a_year_hold_the_truth_within_their_interval(fraud):
    age = fraud.rows["age_days"]
    year = fraud.rows[(age >= 45) & (age < 410)]
    told = fraud.findings["frauds_a_year"]
    assert told["low"] <= (fraud.patterns(year) != "").sum() <= told["high"]
    assert fraud.findings["cases_a_year"]["value"] == 5 * 365


def test_the_planted_ring_is_one_case_of_the_list_and_no_other_ring_is_seen(fraud):
    review = fraud.detected.review
    planted = review[fraud.patterns(review) == "account ring"]
    assert len(planted) == 24
    assert planted["case"].nunique() == 1
    whole = fraud.patterns(review[review["case"].isin(planted["case"])])
    assert (whole == "account ring").mean() > 0.8
    listed = fraud.listed[fraud.listed["customers"] == 6]
    assert listed["why"].str.contains("several customers who share cards or devices").any()
    assert fraud.ring.says.startswith("6 customers pay with the same 3 cards and 2 devices: 24")
    assert fraud.findings["ring_count"]["value"] == 1


def test_the_model_beats_the_largest_first_by_more_than_noise(fraud):
    found = fraud.findings
    assert found["average_precision"]["low"] > found["rule_average_precision"]["value"]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_planted_pattern_is_found_at_the_capacity(fraud, pattern):
    test, picked = fraud.detected.test, fraud.detected.opened("all together")
    planted = fraud.patterns(test) == pattern
    # Chance would find one in a hundred; the smallest pattern has some twenty payments here.
    assert planted.sum() >= 10
    assert picked[planted].mean() >= 0.3


def test_the_audit_holds_the_recall_of_all_frauds_within_its_interval(fraud):
    test, picked = fraud.detected.test, fraud.detected.opened("all together")
    planted = fraud.patterns(test) != ""
    told = fraud.findings["audit_recall_at_capacity"]
    assert told["low"] <= picked[planted].mean() <= told["high"]


def test_the_ring_is_found_without_labels(fraud):
    found = fraud.clusters
    assert found.shops[["shop_id", "limit"]].to_numpy().tolist() == [["S07", 200.0]]
    members = found.refunds.loc[found.members.index]
    assert (fraud.patterns(members) == "collusion").mean() > 0.95
    assert (fraud.patterns(found.refunds) == "collusion").sum() <= 1.1 * len(members)


def payments_of(listed: pd.DataFrame) -> pd.DataFrame:
    """One row per payment of the cases of a list."""
    ids = listed["payment_ids"].str.split("; ").explode()
    return ids.rename("payment_id").to_frame()


def test_the_list_names_cases_reasons_and_money_and_keeps_the_capacity(fraud):
    listed = pd.read_csv(fraud.home / "run" / "actions" / "fraud.csv")
    assert 0 < len(listed) <= 150
    payments = payments_of(listed)
    assert payments["payment_id"].is_unique
    assert len(payments) == listed["payments"].sum() > len(listed)
    assert (listed["expected_net_value"] > 0).all()
    assert listed["why"].str.len().min() > 10
    net = listed["probability"] * listed["value"] * 0.8 - listed["cost"]
    pd.testing.assert_series_equal(listed["expected_net_value"], net, check_names=False)
    assert (fraud.patterns(payments) != "").mean() > 0.4
    assert "customer_id" not in listed


def test_no_id_of_a_payment_or_person_stands_in_what_is_said(fraud):
    text = json.dumps(fraud.names["report"].as_json()) + fraud.best.html
    listed = pd.read_csv(fraud.home / "run" / "actions" / "fraud.csv")
    assert not any(one in text for one in payments_of(listed)["payment_id"])
    members = fraud.shared.payments
    secret = (*members["customer_id"], *members["card_id"], *members["device_id"])
    assert not any(one in text + fraud.ring.html for one in secret)


def test_who_refused_to_be_profiled_is_not_looked_at(fraud):
    assert fraud.refused > 0
    people = fraud.names["report"].tables["customers"].to_pandas()
    refused = people.loc[people["may_profile"].eq(False), "customer_id"]
    assert len(refused) > 100
    assert not fraud.rows["customer_id"].isin(refused).any()


def test_shuffled_labels_find_nothing_and_list_no_payment_for_what_they_taught(home):
    dealt = made(home, "run-shuffled", shuffle_outcomes=True, hit_rate=0.0)
    assert not has_learned(dealt.model)
    assert dealt.findings["fraud_test_auc"]["low"] < 0.5 < dealt.findings["fraud_test_auc"]["high"]
    in_clusters = dealt.rows.loc[dealt.clusters.members.index, "payment_id"]
    assert set(payments_of(dealt.listed)["payment_id"]) <= set(in_clusters)


def test_outcomes_written_down_are_learned_from_by_the_next_run(home, fraud):
    cases = pd.read_csv(home / "run" / "actions" / "fraud.csv")
    listed = payments_of(cases[cases["payments"] == 1].head(3))
    file = home / "reports" / "demo" / "feedback" / "fraud_outcomes.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    written = listed[["payment_id"]].assign(is_fraud="no", labelled_on="2026-09-30")
    unknown = pd.DataFrame([("nobody", "yes", "2026-09-30")], columns=written.columns)
    pd.concat([written, unknown]).to_csv(file, index=False)
    try:
        again = made(home, "run-feedback")
    finally:
        file.unlink()
    relisted = pd.read_csv(home / "run-feedback" / "actions" / "fraud.csv")
    assert not payments_of(relisted)["payment_id"].isin(listed["payment_id"]).any()
    assert "1 of 4 rows were not used" in again.labels.problem


def test_without_enough_labels_rules_and_clusters_still_make_a_list(home):
    bare = made(home, "run-bare", min_events=5_000)
    assert "Too few labels" in bare.model.reason
    assert "average_precision" not in bare.findings
    assert len(bare.listed) > 0


@pytest.mark.slow
def test_car_claims_are_told_apart_and_the_later_year_is_shown_beside(
    shared_data, home, monkeypatch
):
    monkeypatch.setenv("CRM_DATA_DIR", str(shared_data))
    settings = {"trusted_columns": ["fault"], "protected_columns": ["sex", "marital_status"]}
    claims = made(
        home,
        "run-claims",
        source="car_claims",
        later_column="year",
        cases_per_day=10,
        case_value=4000.0,
        check_cost=200.0,
        **settings,
    )
    found = claims.findings
    excluded = claims.model.propensity.excluded.set_index("column")["reason"]
    assert found["fraud_test_auc"]["value"] >= 0.83
    assert found["average_precision"]["value"] >= 0.22
    # Each claim was examined: what is opened is known, no audit is needed, and each is a case.
    assert found["precision_at_capacity"]["value"] == found["known_precision"]["value"]
    assert not claims.shared.can_be_seen
    assert excluded["policy_number"] == "key"
    assert "year" in claims.model.propensity.columns
    assert 0.70 < found["later_auc"]["value"] < found["fraud_test_auc"]["value"]
