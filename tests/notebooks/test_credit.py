"""The credit report against the truth of the demo company, and with shuffled outcomes."""

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from crm_helpers.page.section import Section
from crm_helpers.questions.credit.list import DECLINE, candidates
from tests.notebooks.naming import unnamed
from tests.notebooks.test_response import Made, made

CUSTOMERS = 7_000  # some 300 tested credits
FEW = {"challengers": ["logistic", "lightgbm"], "bootstraps": 60}
STAY = {
    "test_auc",
    "test_gini",
    "test_ks",
    "scorecard_gini",
    "best_method",
    "psi_score",
    "classes",
    "approval_rate",
    "expected_loss",
    "disparate_impact",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("credit")


@pytest.fixture(scope="module")
def credit(home: Path) -> Made:
    return made("credit", home, CUSTOMERS, **FEW)


def truth_of(run: Made) -> pd.DataFrame:
    truth = pd.read_parquet(run.truth / "truth_applications.parquet")
    return run.names["scored"].merge(truth, on="application_id")


def test_helpers_of_the_cells_name_the_columns_they_give(credit):
    assert len(credit.names["asked"]) > 300
    found = unnamed("credit", credit.names)
    assert not found, found


def test_findings_that_stay_are_there(credit):
    assert set(credit.findings) >= STAY


def test_protected_attributes_are_in_no_method_and_the_stand_in_is_found(credit):
    used = set(credit.names["study"].columns)
    assert not used & {"gender", "birth_year", "card_design"}
    found = credit.names["told"].set_index(["attribute", "protected"])
    assert found.loc[("card_design", "gender"), "is_stand_in"]
    assert not found.loc[("housing", "gender"), "is_stand_in"]


def test_attribute_whose_meaning_changed_is_flagged_and_no_other(credit):
    psi = credit.names["psi"]
    assert psi.index[0] == "years_at_address"
    assert psi.iloc[0] > 0.25 > psi.iloc[1]
    assert "years at address" in credit.names["report"].sentences[2]


def test_default_chances_come_near_the_true_ones(credit):
    both = truth_of(credit)
    known = both[both["state"] == "known"]
    assert (known["chance"] - known["p_default"]).abs().mean() < 0.08
    assert np.corrcoef(known["chance"], known["p_default"])[0, 1] > 0.5
    assert known["chance"].mean() == pytest.approx(known["p_default"].mean(), abs=0.03)


def test_chances_of_the_declined_are_too_low_as_the_page_says(credit):
    """Selection bias, measured: outcomes of the declined are in the truth alone."""
    both = truth_of(credit)
    declined = both[both["state"] == "declined"]
    assert declined["chance"].mean() < declined["would_default"].mean()
    assert "selection bias" in credit.names["declined"]._repr_html_()


def test_expected_loss_is_chance_by_amount_by_loss_share(credit):
    rows = credit.names["scored"]
    running = rows[rows["state"] == "running"]
    by_hand = (running["chance"] * running["amount"]).sum() * 0.75
    assert credit.findings["expected_loss"]["value"] == pytest.approx(by_hand, rel=1e-9)


def test_customers_who_refused_to_be_profiled_are_left_out_and_counted(credit):
    asked = credit.names["asked"]
    customers = pd.read_parquet(credit.truth / "customers.parquet")
    refused = set(customers.loc[~customers["may_profile"].fillna(True), "customer_id"])
    assert not refused & set(asked["customer_id"])
    assert len(asked) < len(credit.names["made"])


def test_card_files_give_the_points_of_the_list(credit):
    report, study = credit.names["report"], credit.names["study"]
    query = (report.folder / "files/credit_card.sql").read_text("utf-8")
    with duckdb.connect() as con:
        con.register("applications", credit.names["asked"])
        found = con.sql(query).df().set_index("application_id")["score"]
    expected = credit.names["scored"].set_index("application_id")["points"]
    assert found.loc[expected.index].tolist() == expected.tolist()
    card = pd.read_csv(report.folder / "files/credit_card.csv")
    assert set(card["attribute"]) == {bins.name for bins in study.card.bins}


def test_list_holds_every_open_application_with_class_terms_and_reasons(credit):
    scored, report = credit.names["scored"], credit.names["report"]
    listed = pd.read_csv(report.folder / "actions/credit.csv", dtype={"application_id": str})
    still_open = scored.loc[scored["state"] == "open", "application_id"]
    assert set(listed["application_id"]) == set(still_open)
    declined = listed["what"] == DECLINE
    assert (listed.loc[declined, "points"] < credit.names["cut_off"].points).all()
    assert (listed.loc[declined, "granted"] == 0).all()
    limits = credit.names["per_class"]["limit"]
    assert (listed["granted"] <= listed["credit_class"].map(limits)).all()
    assert listed["why"].str.contains("class . points|cost most points").all()


def test_no_id_stands_on_a_section_of_the_page(credit):
    shown = [one for one in credit.names.values() if isinstance(one, Section)]
    said = "".join(one._repr_html_() for one in shown)
    assert len(shown) > 15
    assert not any(one in said for one in credit.names["scored"]["application_id"].head(200))


def test_overrides_are_counted_apart_from_the_policy(credit):
    table = credit.names["decisions"].set_index(["who", "decision"])
    rows = credit.names["scored"]
    clerk = (rows["decided_by"] == "clerk") & (rows["decision"] == "declined")
    assert table.loc[("clerk", "declined"), "n"] == clerk.sum()
    assert table.index[0][0] == "policy"


def test_every_application_could_be_decided_whatever_its_class(credit):
    everything = credit.names["scored"].assign(state="open")
    needed = ("known", "study", "per_class", "cut_off", "money")
    listed = candidates(everything, *(credit.names[name] for name in needed))
    assert len(listed) == len(everything)
    assert (listed["expected_net_value"] > 0).all()
    approved = listed["what"].str.startswith("approve")
    highest = listed.loc[approved, "probability"].max()
    assert highest <= credit.names["cut_off"].break_even + 0.05


def test_shuffled_outcomes_make_no_card_better_than_chance(home):
    shuffled = made(
        "credit", home, CUSTOMERS, shuffle_outcomes=True, **FEW | {"challengers": ["logistic"]}
    )
    low, high = shuffled.interval_of("scorecard_gini")
    assert low < 0 < high
    assert not shuffled.decision
    assert "beyond chance" in shuffled.names["report"].sentences[0]


@pytest.mark.slow
def test_default_company_recovers_chances_and_ranks_classes(tmp_path_factory):
    run = made("credit", tmp_path_factory.mktemp("default"), 20_000)
    known = truth_of(run).query("state == 'known'")
    assert (known["chance"] - known["p_default"]).abs().mean() < 0.06
    assert run.findings["scorecard_gini"]["low"] > 0
    assert run.findings["classes"]["value"] == 5
