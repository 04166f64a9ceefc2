"""The parts of the churn report together: on orders, on contracts, on both, and on chance."""

import importlib.util
import re
from pathlib import Path

import pytest

from crm_helpers.page.parts import Absent, need_one, part
from crm_helpers.page.report import open_report
from crm_helpers.questions.churn import contract_reasons, lapse_decision
from crm_helpers.questions.churn import contracts as contract_words
from crm_helpers.questions.churn import lapse as lapse_words
from crm_helpers.questions.churn import page as summary
from crm_helpers.questions.churn.contract_study import contract_study
from crm_helpers.questions.churn.lapse_study import lapse_study
from crm_helpers.tables.needs import Skip

pytestmark = pytest.mark.whole

_SPEC = importlib.util.spec_from_file_location(
    "churn_shops", Path(__file__).with_name("churn_shops.py")
)
shops = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(shops)


class World:
    """A report opened on a small company, with its two parts."""

    def __init__(self, folder, monkeypatch, tables, **more):
        monkeypatch.setenv("CRM_DATA_DIR", str(folder))
        monkeypatch.setenv("CRM_RUN_FOLDER", str(folder / "run"))
        given = shops.PARAMETERS | {"source": shops.source(folder, **tables)} | more
        self.report = open_report("churn", given)
        self.lapse = part(lapse_study, self.report)
        self.contracts = part(contract_study, self.report)
        self.parts = self.report, self.lapse, self.contracts

    def finish(self):
        candidates = summary.all_candidates(*self.parts)
        self.report.act(candidates)
        summary.promise_all(*self.parts)
        summary.record_lapses(self.report, self.lapse)
        summary.record_contracts(self.report, self.contracts)
        return candidates


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """One world per set of tables and parameters, made once."""
    made = {}
    with pytest.MonkeyPatch.context() as monkeypatch:

        def make(kind, **more):
            key = (kind, tuple(sorted(more.items())))
            if key not in made:
                tables = {}
                if kind in ("orders", "both"):
                    tables["transactions"] = shops.orders()
                if kind in ("contracts", "both"):
                    tables["subscriptions"] = shops.contracts()
                folder = tmp_path_factory.mktemp(kind)
                made[key] = World(folder, monkeypatch, tables, **more)
            return made[key]

        yield make


def html(*shown):
    return " ".join(one._repr_html_() for one in shown)


def test_orders_alone_make_a_list_and_leave_the_contracts_out(world):
    own = world("orders")
    candidates = own.finish()
    assert isinstance(own.contracts, Absent)
    assert own.lapse.finds_something
    assert own.report.decision["to_contact"] > 0
    assert candidates["customer_id"].is_unique
    assert own.report.findings["customers_scored"]["value"] == len(own.lapse.scored)
    assert "contract_test_auc" not in own.report.findings


def test_reasons_on_the_list_are_told_in_the_customers_own_numbers(world):
    own = world("orders")
    listed = summary.all_candidates(*own.parts).nlargest(20, "expected_net_value")
    assert listed["why"].str.contains(r"last order \d+ days ago, usually every \d+").any()
    assert not listed["why"].str.contains(r"[{}]|^$|nan").any()


def test_a_value_is_a_year_of_margin_at_the_pace_of_the_past(world):
    own = world("orders")
    rows = own.lapse.scored
    candidates = summary.all_candidates(*own.parts).set_index("customer_id")
    days = min(365, rows["first_order_age_days"].max() + 1)
    margin = rows["revenue_sum"] * (1 - rows["returns_share"]) * 0.3 * 365.25 / days
    assert candidates.loc[rows["customer_id"], "value"].tolist() == pytest.approx(margin.tolist())


def test_contracts_alone_tell_the_causes_apart(world):
    own = world("contracts")
    own.finish()
    assert isinstance(own.lapse, Absent)
    assert set(own.contracts.study.causes) == {"voluntary", "involuntary"}
    found = own.report.findings
    planted = 1 / 300 / (1 / 300 + 1 / 2500)  # of the basic plan, where most ends are
    assert 0.6 < found["voluntary_share"]["value"] < planted + 0.05
    assert found["expected_loss"]["low"] < found["expected_loss"]["value"]
    assert "lapse_test_auc" not in found


def test_the_plan_that_ends_four_times_as_often_is_found(world):
    own = world("contracts")
    effects = contract_reasons.effects(own.report, own.contracts)
    plan = effects[effects["factor"] == "plan"].iloc[0]
    low, high = sorted((plan["low"], plan["high"]))
    planted = 4.0 if plan["level"] == "basic" else 0.25
    assert low < planted < high
    title = contract_words.who_stays(own.report, own.contracts).title
    assert title.startswith("plus: ")


def test_three_sentences_name_both_parts_where_both_are_there(world):
    own = world("both")
    own.finish()
    first, second, third = summary.three_sentences(*own.parts)
    assert "active customers will probably place no order" in first
    assert "of 100 contracts will probably end" in second
    assert third.startswith("Contact the ")


def test_a_customer_of_both_parts_stands_once_on_the_list(world):
    candidates = summary.all_candidates(*world("both").parts)
    assert candidates["customer_id"].is_unique


def test_shuffled_outcomes_claim_nothing_and_list_nobody(world):
    own = world("orders", shuffle_outcomes=True)
    candidates = own.finish()
    low, high = own.lapse.evidence.auc_interval
    assert low <= 0.5 <= high
    assert candidates.empty
    assert own.report.decision["to_contact"] == 0
    assert own.report.promises == []
    first, _, third = summary.three_sentences(*own.parts)
    assert "the data do not tell which of them" in first
    assert third.startswith("Contact nobody")
    assert "nobody is named" in html(lapse_words.lapse_size(own.report, own.lapse))


def test_every_section_of_the_lapse_part_speaks(world):
    own = world("orders")
    shown = [
        say(own.report, own.lapse)
        for say in (
            lapse_words.lapse_size, lapse_words.lapse_loss, lapse_words.lapse_gain,
            lapse_words.lapse_why, lapse_words.lapse_paths,
            lapse_words.lapse_window, lapse_decision.lapse_profit,
            lapse_decision.lapse_calibration, lapse_decision.lapse_trust,
            lapse_decision.lapse_base_rates, lapse_decision.lapse_assumptions,
        )
    ]  # fmt: skip
    page = html(*shown)
    assert "will probably not order in the next 90 days" in page
    assert "Main paths (a small tree, to be read)" in page
    assert "Assumption, not a finding" in page
    assert "Tested once, on " in page
    assert not re.search(r"\bnan\b", re.sub(r'src="data:[^"]*"', "", page))


def test_every_section_of_the_contract_part_speaks(world):
    own = world("contracts")
    shown = [
        say(own.report, own.contracts)
        for say in (
            contract_words.contract_size, contract_words.contract_loss,
            contract_words.when_contracts_end, contract_words.hazard_by_tenure,
            contract_words.who_stays, contract_reasons.contract_effects,
            contract_reasons.signs_before, contract_reasons.what_to_repair,
            contract_reasons.contract_calibration, contract_reasons.contract_trust,
            contract_reasons.contract_base_rates,
        )
    ]  # fmt: skip
    page = html(*shown)
    assert "end by choice" in page
    assert "Modelled apart, their chances added up" in page


def test_sections_of_an_absent_part_are_silent_but_the_first_says_why(world):
    own = world("orders")
    said = html(contract_words.contract_size(own.report, own.contracts))
    assert "No contracts with start and end" in said
    assert html(contract_words.who_stays(own.report, own.contracts)) == ""


def test_nothing_to_look_at_skips_the_report():
    with pytest.raises(Skip, match=r"No orders\. No contracts\."):
        need_one(lapse=Absent("No orders."), contracts=Absent("No contracts."))
