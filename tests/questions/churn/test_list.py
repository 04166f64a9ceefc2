"""Whom to contact: candidates of both studies, with reasons for those who can reach the list."""

from dataclasses import replace

import pandas as pd
import pytest

from crm_helpers.features.consent import consent
from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.models.propensity.contributions import Contributions
from crm_helpers.page.section import Section
from crm_helpers.questions.churn import list as churn_list

CHANCE_ALONE = {"auc_interval": Interval(0.4, 0.7)}
NONE = Section.absent("Not there.")


@pytest.fixture(autouse=True)
def explained(monkeypatch):
    """Contributions in which the days since the last order are the reason; counts the rows."""
    asked = []

    def contributions(propensity, rows, *, seed):
        asked.append(len(rows))
        values = {"recency_days": [1.0] * len(rows), "frequency_orders": [-1.0] * len(rows)}
        return Contributions(pd.DataFrame(values, index=rows.index), 1.0)

    monkeypatch.setattr(churn_list, "contributions", contributions)
    return asked


def test_a_candidate_is_worth_the_chance_times_what_is_saved_less_the_cost(lapses, terms):
    rows = churn_list.lapse_candidates(lapses(), terms)
    worth = 0.5 * 365.25
    assert rows["value"].tolist() == pytest.approx([worth] * 10)
    assert rows["expected_net_value"].iloc[-1] == pytest.approx(0.95 * 0.1 * worth - 4)


def test_a_contract_of_unknown_fee_is_no_candidate_of_value_zero(ends, terms):
    study = ends()
    without = replace(study, scored=study.scored.drop(columns="monthly_fee"))
    assert churn_list.contract_candidates(without, terms).empty


def test_what_fails_by_payment_is_repaired_not_persuaded(ends, terms):
    rows = churn_list.contract_candidates(ends(), terms)
    assert rows["value"].tolist() == [60.0] * 10
    assert rows.loc[rows["what"] == churn_list.REPAIR, "customer_id"].tolist() == ["c4"]
    assert set(rows["what"]) == {churn_list.REPAIR, churn_list.STAY}


def test_without_evidence_nobody_is_a_candidate(report, lapses, ends, terms):
    nothing = lapses(**CHANCE_ALONE), ends(**CHANCE_ALONE)
    assert churn_list.candidates(report, *nothing, terms, capacity=5, seed=1).empty


def test_a_customer_of_both_studies_stands_once_with_the_better_action(report, lapses, ends, terms):
    rows = churn_list.candidates(report, lapses(), ends(), terms, capacity=5, seed=1)
    assert sorted(rows["customer_id"]) == [f"c{n}" for n in range(10)]
    assert set(rows["what"]) == {churn_list.WRITE}


def test_one_study_alone_makes_the_list(report, lapses, ends, terms):
    of_lapses = churn_list.candidates(report, lapses(), NONE, terms, capacity=5, seed=1)
    of_ends = churn_list.candidates(report, NONE, ends(), terms, capacity=5, seed=1)
    assert set(of_lapses["what"]) == {churn_list.WRITE}
    assert set(of_ends["what"]) == {churn_list.REPAIR, churn_list.STAY}


def test_reasons_are_worked_out_for_twice_the_capacity_at_most(report, lapses, terms, explained):
    rows = churn_list.candidates(report, lapses(), NONE, terms, capacity=2, seed=1)
    assert explained == [4]
    told = rows.nlargest(4, "expected_net_value")["why"]
    assert told.tolist()[0].startswith("only one order, 90 days ago")
    assert (rows["why"] == "").sum() == 6


def test_no_reason_is_worked_out_for_those_who_may_not_be_contacted(
    report, lapses, terms, explained
):
    agreed = pd.DataFrame({"customer_id": ["c8"], "may_contact": [True]})
    report.tables = {"customers": None}
    report.features = {consent: agreed}.get
    rows = churn_list.candidates(report, lapses(), NONE, terms, capacity=5, seed=1)
    assert explained == [1]
    assert rows.set_index("customer_id")["may_contact"].sum() == 1
    assert rows.loc[rows["why"] != "", "customer_id"].tolist() == ["c8"]


def test_those_let_go_would_likelier_leave_than_stay_and_cost_more_than_they_bring():
    rows = pd.DataFrame(
        {"probability": [0.5, 0.9, 0.4, 0.9], "expected_net_value": [0.0, -1.0, -1.0, 1.0]}
    )
    assert churn_list.abandoned(rows).index.tolist() == [0, 1]
