"""Retention and acquisition against the truth of the demo company, and with shuffled outcomes."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
CUSTOMERS = 10_000  # some 7,500 retention contacts


@dataclass
class Made:
    """A notebook's cells, run in this process, and the truth of the company it read."""

    names: dict
    truth: Path

    @property
    def findings(self) -> dict:
        return self.names["report"].findings

    @property
    def decision(self) -> dict | None:
        return self.names["report"].decision

    def interval_of(self, name: str) -> tuple[float, float]:
        return self.findings[name]["low"], self.findings[name]["high"]

    def contacts(self, purpose: str) -> pd.DataFrame:
        """True effects of the contacts of a purpose that were drawn at random."""
        rows = pd.read_parquet(self.truth / "truth_contacts.parquet")
        rows = rows[rows["campaign"].str.startswith(purpose.upper())]
        return rows.assign(effect=rows["p_treated"] - rows["p_control"])


def made(stem: str, home: Path, customers: int = CUSTOMERS, **changed: object) -> Made:
    settings = {
        "CRM_DEMO_DIR": str(home / "demo"),
        "CRM_CACHE_DIR": str(home / "cache"),
        "CRM_RUN_FOLDER": str(home / f"run-{stem}-{len(changed)}"),
        "CRM_REPORTS_DIR": str(home / "reports"),
        "CUSTOMERS": str(customers),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name in ("LAYERS", "DIRT", "DEMO_SEED"):
            patch.delenv(name, raising=False)
        for name, value in settings.items():
            patch.setenv(name, value)
        names = {"display": lambda *_: None}
        text = (ROOT / "notebooks" / f"{stem}.ipynb").read_text("utf-8")
        for cell in json.loads(text)["cells"]:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
            if "parameters" in cell["metadata"].get("tags", []):
                names |= changed
        (folder,) = Path(os.environ["CRM_DEMO_DIR"]).iterdir()
    return Made(names, folder)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("response")


@pytest.fixture(scope="module")
def retention(home: Path) -> Made:
    return made("retention", home)


@pytest.fixture(scope="module")
def acquisition(home: Path) -> Made:
    return made("acquisition", home)


@pytest.fixture(scope="module")
def shuffled(home: Path) -> Made:
    return made("retention", home, shuffle_outcomes=True)


@pytest.fixture(scope="module")
def worthwhile(home: Path) -> Made:
    """Contacts that pay beyond chance: at the usual worth 7,500 contacts do not show it."""
    return made("retention", home, outcome_value=150.0)


def test_planted_average_effect_lies_inside_its_interval(retention):
    low, high = retention.interval_of("average_effect")
    assert low < retention.contacts("retention")["effect"].mean() < high
    assert low > 0


def test_predicted_uplift_goes_with_the_true_effect(retention):
    test = retention.names["study"].test.rename(columns={"person": "person_id"})
    both = test.merge(retention.contacts("retention"), on=["person_id", "campaign"])
    assert np.corrcoef(both["uplift"], both["effect"])[0, 1] > 0.4
    assert both["uplift"].mean() == pytest.approx(both["effect"].mean(), abs=0.02)


def test_group_looked_at_for_harm_has_its_true_effect_inside_the_interval(retention):
    harm, profiles = retention.names["harm"], retention.names["profiles"]
    known = retention.contacts("retention").merge(profiles, on=["person_id", "campaign"])
    effect = known[harm.group.holds(known)]["effect"].mean()
    assert harm.inside.low < effect < harm.inside.high
    assert effect < known["effect"].mean() / 2


def test_kinds_cover_all_persons_held_out(retention):
    kinds = retention.names["predicted"]
    assert len(kinds) == len(retention.names["study"].test)
    assert "persuadable" in set(kinds)


def test_list_holds_consenting_customers_with_a_control_group_and_a_gain(worthwhile):
    told = worthwhile.decision
    listed = pd.read_csv(worthwhile.names["report"].folder / told["file"])
    assert (listed["expected_net_value"] > 0).all()
    assert listed["customer_id"].is_unique
    assert listed["is_control"].mean() == pytest.approx(0.2, abs=0.05)
    found = worthwhile.findings["list_net_value"]["value"]
    assert told["expected_net_value"] == pytest.approx(found)
    customers = pd.read_parquet(worthwhile.truth / "customers.parquet")
    refused = set(customers.loc[~customers["may_contact"], "customer_id"])
    assert not refused & set(listed["customer_id"])


def test_findings_that_stay_are_there(retention, acquisition):
    keep = {"average_effect", "qini", "policy_gain", "winback_test_auc", "list_net_value"}
    win = {"test_auc", "rule_auc", "test_lift_top10", "cost_per_customer", "list_net_value"}
    assert keep <= set(retention.findings)
    assert win <= set(acquisition.findings)


def test_shuffled_outcomes_show_no_effect_no_order_and_no_list(shuffled):
    low, high = shuffled.interval_of("average_effect")
    assert low < 0 < high
    low, high = shuffled.interval_of("qini")
    assert low <= 0 <= high  # 0 exactly where the model gives everybody the same change
    low, high = shuffled.interval_of("winback_test_auc")
    assert low < 0.5 < high
    assert shuffled.findings["list_net_value"]["value"] == 0
    assert not shuffled.decision


def test_cheap_poor_channel_is_exposed(acquisition):
    assert acquisition.findings["poorest_channel"]["value"] == "coupon_portal"
    costs = acquisition.names["costs"]["cost_each"]
    assert costs.idxmin() == "coupon_portal"


def test_cost_per_customer_is_that_of_the_leads_table(acquisition):
    leads = pd.read_parquet(acquisition.truth / "leads.parquet")
    came = pd.to_datetime(leads["created_on"])
    last = pd.Timestamp(acquisition.names["report"].as_of)
    leads = leads[(last - came).dt.days >= 90]  # younger ones may still convert
    won = pd.to_datetime(leads["converted_on"]) >= pd.to_datetime(leads["created_on"])
    found = acquisition.findings["cost_per_customer"]["value"]
    # a few dirty rows are set aside
    assert found == pytest.approx(leads["cost"].sum() / won.sum(), rel=0.01)


def test_lead_scores_come_near_the_true_chances(acquisition):
    study = acquisition.names["lead_study"]
    truth = pd.read_parquet(acquisition.truth / "truth_leads.parquet")
    both = study.propensity.test.merge(truth, on="lead_id")
    assert np.abs(both["probability"] - both["p_convert"]).mean() < 0.06
    assert (
        acquisition.interval_of("lead_test_auc")[0] > acquisition.findings["lead_rule_auc"]["value"]
    )


def test_planted_acquisition_effect_lies_inside_its_interval(acquisition):
    low, high = acquisition.interval_of("acquisition_effect")
    assert low < acquisition.contacts("acquisition")["effect"].mean() < high


def test_voucher_seekers_are_among_the_rules(acquisition):
    rules = acquisition.names["rules"]
    assert rules["rule"].str.contains("asked for voucher").any()
    best = rules[rules["rule"].str.contains("asked for voucher")].iloc[0]
    assert best["later_lift"] > 1


@pytest.fixture(scope="module")
def default_company(tmp_path_factory) -> Made:
    return made("retention", tmp_path_factory.mktemp("default"), customers=20_000)


@pytest.mark.slow
def test_group_better_left_alone_is_found_and_shown_in_the_default_company(default_company):
    harm = default_company.names["harm"]
    assert harm.is_shown
    held = {(one.column, one.kind): one.value for one in harm.group.conditions}
    assert held["won_by", "is"] == "store"
    assert ("age_years", "from") in held


@pytest.mark.slow
def test_win_back_finds_the_good_and_recent_in_the_default_company(default_company):
    test = default_company.names["lost_study"].test.rename(columns={"person": "person_id"})
    both = test.merge(default_company.contacts("win_back"), on=["person_id", "campaign"])
    by_group = both.groupby("group_y")["uplift"].mean()
    assert by_group["good and recent"] > 1.5 * by_group["others"]


@pytest.fixture(scope="module")
def acquisition_shuffled(home: Path) -> Made:
    return made("acquisition", home, shuffle_outcomes=True)


def test_shuffled_outcomes_show_nothing_about_winning_customers(acquisition_shuffled):
    for name in ("test_auc", "lead_test_auc", "golden_auc"):
        low, high = acquisition_shuffled.interval_of(name)
        assert low <= 0.5 <= high, name  # 0.5 exactly where all get the same chance
    low, high = acquisition_shuffled.interval_of("acquisition_effect")
    assert low < 0 < high
    assert "poorest_channel" not in acquisition_shuffled.findings
    assert acquisition_shuffled.findings["list_net_value"]["value"] == 0
    assert not acquisition_shuffled.decision
