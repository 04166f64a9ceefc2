"""The parts of the churn report together: on orders, on contracts, on both, and on chance."""

import re
from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.page.needs import need_one
from crm_helpers.page.report import open_report
from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.churn import (
    contract_reasons,
    contract_study,
    contracts,
    lapse,
    lapse_reasons,
    lapse_study,
    lapse_worth,
    page,
    plans,
    repairs,
    tenures,
    trust,
)
from crm_helpers.questions.churn.list import candidates
from crm_helpers.questions.churn.terms import Terms
from crm_helpers.tables.needs import Skip

pytestmark = pytest.mark.whole

SHARED = ("method", "seed", "min_events", "exclude_columns", "protected_columns")
MONEY = ("save_rate", "contact_cost", "margin_share", "horizon_months", "observation_days")


class World:
    """A report opened on a small company, with its two studies, as the notebook makes them."""

    def __init__(self, folder, monkeypatch, shops, tables, **more):
        monkeypatch.setenv("CRM_DATA_DIR", str(folder))
        monkeypatch.setenv("CRM_RUN_FOLDER", str(folder / "run"))
        given = shops.PARAMETERS | {"source": shops.source(folder, **tables)} | more
        self.p = SimpleNamespace(**given)
        self.report = open_report("churn", given)
        self.settings = PropensitySettings(**{name: given[name] for name in SHARED})
        self.terms = Terms(**{name: given[name] for name in MONEY})
        self.window = {name: given[name] for name in ("observation_days", "outcome_days")}
        ahead = {"outcome_days": given["outcome_days"]}
        self.terms = lapse_worth.with_lapses_valued(self.report, self.terms, **ahead)
        options = {name: given[name] for name in ("bootstraps", "shuffle_outcomes")}
        rows = lapse_study.rows(self.report, **self.window, seed=self.p.seed)
        self.lapses = lapse_study.study(self.report, rows, self.settings, **options)
        self.forecast = lapse.forecast(self.lapses, self.terms, seed=self.p.seed)
        rows = contract_study.rows(self.report, **self.window)
        self.ends = contract_study.study(self.report, rows, self.settings, **options)
        self.fees = contracts.forecast(self.ends, self.terms, seed=self.p.seed)
        watched = self.window["observation_days"]
        self.spells = contract_study.spells(self.report, observation_days=watched)

    def candidates(self):
        limits = {"capacity": self.p.capacity, "seed": self.p.seed}
        return candidates(self.report, self.lapses, self.ends, self.terms, **limits)

    def lapse_sections(self):
        report, lapses, days = self.report, self.lapses, self.p.outcome_days
        few = {"min_group": self.p.min_group}
        return {
            "size": lapse.size(report, lapses, self.forecast, self.terms, outcome_days=days, **few),
            "loss": lapse.loss(report, lapses, self.forecast, self.terms),
            "gain": lapse.gain(report, lapses),
            "why": lapse_reasons.why(report, lapses, seed=self.p.seed),
            "paths": lapse_reasons.paths(lapses, **few),
            "window": lapse.window(report, lapses, **self.window),
            "profit": lapse.profit(report, lapses, self.terms, seed=self.p.seed),
            "calibration": trust.lapse_calibration(report, lapses),
            "tests": trust.lapse_tests(report, lapses, **self.window, seed=self.p.seed),
            "rates": trust.base_rates(lapses),
            "assumptions": page.assumptions(lapses, self.ends, self.terms),
            "cost": lapse_worth.cost_of_a_lapse(
                report, lapses, self.terms, Section(), outcome_days=days
            ),
        }

    def contract_sections(self):
        report, ends, spells, few = self.report, self.ends, self.spells, self.p.min_group
        ahead = {"outcome_days": self.p.outcome_days, "min_group": few}
        back = {"observation_days": self.p.observation_days, "min_group": few}
        return {
            "size": contracts.size(report, ends, self.fees, self.terms, **ahead),
            "loss": contracts.loss(report, ends, self.fees, self.terms, **ahead),
            "gone": tenures.gone(report, ends, spells, **back),
            "danger": tenures.danger(report, ends, spells, **back),
            "stays": plans.stays(report, ends, spells, **back),
            "why": contract_reasons.why(report, ends, spells, self.settings),
            "signs": contract_reasons.signs_before(ends, **ahead),
            "repairs": repairs.involuntary(ends, spells, self.settings, min_group=few),
            "calibration": trust.contract_calibration(report, ends),
            "tests": trust.contract_tests(report, ends, **self.window),
            "rates": trust.base_rates(ends),
        }

    def finish(self):
        listed = self.candidates()
        limits = {name: getattr(self.p, name) for name in ("capacity", "budget", "control_share")}
        self.report.act(listed, **limits)
        page.promise(self.report, self.lapses, self.ends, outcome_days=self.p.outcome_days)
        self.report.keep(*self.lapse_sections().values(), *self.contract_sections().values())
        return listed

    def sentences(self):
        days, report = {"outcome_days": self.p.outcome_days}, self.report
        of_lapses = page.lapse_sentences(report, self.lapses, self.forecast, **days)
        of_contracts = page.contract_sentences(report, self.ends, self.fees, **days)
        rate = self.p.save_rate
        return page.three_sentences(report, of_lapses, of_contracts, save_rate=rate)


@pytest.fixture(scope="module")
def world(tmp_path_factory, shops):
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
                made[key] = World(folder, monkeypatch, shops, tables, **more)
            return made[key]

        yield make


def html(*shown):
    return " ".join(one._repr_html_() for one in shown)


def test_orders_alone_make_a_list_and_leave_the_contracts_out(world):
    own = world("orders")
    listed = own.finish()
    assert is_absent(own.ends)
    assert own.lapses.finds_something
    assert own.report.decision["to_contact"] > 0
    assert listed["customer_id"].is_unique
    assert own.report.findings["customers_scored"]["value"] == len(own.lapses.scored)
    assert "contract_test_auc" not in own.report.findings


def test_reasons_on_the_list_are_told_in_the_customers_own_numbers(world):
    own = world("orders")
    listed = own.candidates().nlargest(20, "expected_net_value")
    assert listed["why"].str.contains(r"last order \d+ days ago, usually every \d+").any()
    assert not listed["why"].str.contains(r"[{}]|^$|nan").any()


def test_a_value_is_what_a_lapse_was_seen_to_cost(world, shops):
    own = world("orders")
    rows = own.lapses.scored
    listed = own.candidates().set_index("customer_id")
    days = min(365, rows["first_order_age_days"].max() + 1)
    pace = rows["revenue_sum"] * (1 - rows["returns_share"]) * 0.3 * 365.25 / days
    share = own.terms.seen.loss.share(pace, rows["recency_days"])
    assert listed.loc[rows["customer_id"], "value"].tolist() == pytest.approx(
        (pace * share).tolist()
    )


def test_what_a_lapse_cost_is_worked_out_again_from_the_orders(world, shops):
    own, orders = world("orders"), shops.orders()
    assert own.terms.seen.days == 365
    day = orders["ordered_at"].dt.normalize()
    origin = shops.UNTIL.normalize() - pd.Timedelta(days=365 + 90)
    back = (origin - day).dt.days
    before = orders[(back >= 0) & (back < 365)]
    active = before["customer_id"].unique()
    stays = set(orders.loc[(back < 0) & (back >= -90), "customer_id"])
    later = orders[back < -90].groupby("customer_id")["unit_price"].sum().reindex(active).fillna(0)
    is_kept = pd.Series(active).isin(stays).to_numpy()
    pace = before["unit_price"].sum() / len(active) * 365.25 / 365
    lost = (later[is_kept].mean() - later[~is_kept].mean()) / pace
    assert own.terms.seen.loss.lost_share == pytest.approx(lost, rel=1e-3)
    assert own.report.tables is not None


def test_contracts_alone_tell_the_causes_apart(world):
    own = world("contracts")
    own.finish()
    assert is_absent(own.lapses)
    assert set(own.ends.causes) == {"voluntary", "involuntary"}
    found = own.report.findings
    planted = 1 / 300 / (1 / 300 + 1 / 2500)  # of the basic plan, where most ends are
    assert 0.6 < found["voluntary_share"]["value"] < planted + 0.05
    assert found["expected_loss"]["low"] < found["expected_loss"]["value"]
    assert "lapse_test_auc" not in found


def test_the_plan_that_ends_four_times_as_often_is_found(world):
    own = world("contracts")
    effects = contract_reasons.effects(own.ends, own.spells, left_out=())
    plan = effects[effects["factor"] == "plan"].iloc[0]
    low, high = sorted((plan["low"], plan["high"]))
    planted = 4.0 if plan["level"] == "basic" else 0.25
    assert low < planted < high
    assert own.contract_sections()["stays"].says.startswith("plus: ")


def test_three_sentences_name_both_parts_where_both_are_there(world):
    own = world("both")
    own.finish()
    first, second, third = own.sentences()
    assert "active customers will probably place no order" in first
    assert "of 100 contracts will probably end" in second
    assert third.startswith("Contact the ")


def test_a_customer_of_both_parts_stands_once_on_the_list(world):
    assert world("both").candidates()["customer_id"].is_unique


def test_shuffled_outcomes_claim_nothing_and_list_nobody(world):
    own = world("orders", shuffle_outcomes=True)
    listed = own.finish()
    low, high = own.lapses.evidence.auc_interval
    assert low <= 0.5 <= high
    assert listed.empty
    assert own.report.decision["to_contact"] == 0
    assert own.report.promises == []
    first, _, third = own.sentences()
    assert "the data do not tell which of them" in first
    assert third.startswith("Contact nobody")
    assert "nobody is named" in html(own.lapse_sections()["size"])


def test_every_section_of_the_lapse_part_speaks(world):
    said = html(*world("orders").lapse_sections().values())
    assert "will probably not order in the next 90 days" in said
    assert "Main paths (a small tree, to be read)" in said
    assert "Assumption, not a finding" in said
    assert "Tested once, on " in said
    assert not re.search(r"\bnan\b", re.sub(r'src="data:[^"]*"', "", said))


def test_every_section_of_the_contract_part_speaks(world):
    said = html(*world("contracts").contract_sections().values())
    assert "end by choice" in said
    assert "Modelled apart, their chances added up" in said


def test_sections_of_an_absent_part_are_silent_but_the_first_says_why(world):
    own = world("orders")
    first, *others = own.contract_sections().values()
    assert "No contracts with start and end" in html(first)
    assert html(*others).strip() == ""


def test_nothing_to_look_at_skips_the_report():
    with pytest.raises(Skip, match=r"No orders\. No contracts\."):
        need_one(Section.absent("No orders."), Section.absent("No contracts."))
