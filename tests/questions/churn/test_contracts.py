"""How many contracts will end, and which fees go with them."""

from dataclasses import replace

import pytest

from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.churn import contracts

CHANCE_ALONE = {"auc_interval": Interval(0.4, 0.7)}
WINDOW = {"outcome_days": 90, "min_group": 2}


def size_of(report, study, terms):
    return contracts.size(report, study, contracts.forecast(study, terms, seed=1), terms, **WINDOW)


def test_the_size_is_found_with_its_intervals(report, ends, terms):
    found = size_of(report, ends(), terms).findings
    names = ["contract_customers_scored", "expected_loss", "contract_ends_expected"]
    assert list(found) == names
    assert found["contract_customers_scored"]["value"] == 10
    assert found["expected_loss"]["value"] == pytest.approx(5 * 120)
    assert found["contract_ends_expected"]["value"] == pytest.approx(5.0)


def test_plans_stand_by_the_fees_that_are_lost(report, ends, terms):
    rows = size_of(report, ends(), terms).data
    assert rows["plan"].tolist() == ["basic", "plus"]
    assert rows["contracts"].tolist() == [5, 5]
    assert rows["ends"].tolist() == pytest.approx([3.75, 1.25])
    assert rows["fees"].tolist() == pytest.approx([450, 150])
    assert contracts.by_plan(ends(), terms, min_group=6).empty


def test_contracts_without_a_plan_are_one_group(ends, terms):
    study = replace(ends(), scored=ends().scored.drop(columns="plan"))
    assert contracts.by_plan(study, terms, min_group=2)["plan"].tolist() == ["all"]


def test_a_snapshot_names_no_window(report, ends, terms):
    dated, snapshot = ends(), ends(propensity={"tested_in_time": False})
    assert "in the next 90 days" in size_of(report, dated, terms).says
    assert "90" not in size_of(report, snapshot, terms).says


def test_where_nothing_is_found_no_end_is_expected(report, ends, terms):
    study = ends(**CHANCE_ALONE)
    assert list(size_of(report, study, terms).findings) == ["contract_customers_scored"]
    forecast = contracts.forecast(study, terms, seed=1)
    assert is_absent(contracts.loss(report, study, forecast, terms, **WINDOW))


def test_without_a_study_the_first_section_says_why_and_the_other_is_silent(
    report, terms, monkeypatch
):
    monkeypatch.setenv("CRM_RUN_FOLDER", "somewhere")
    none = Section.absent("No contracts.")
    size = size_of(report, none, terms)
    assert (size.says, size.findings, is_absent(size)) == ("No contracts.", {}, False)
    loss = contracts.loss(report, none, none, terms, **WINDOW)
    assert loss._repr_html_() == ""


def test_renewals_due_are_told_where_both_groups_are_large_enough(report, ends, terms):
    forecast = contracts.forecast(ends(), terms, seed=1)
    told = contracts.loss(report, ends(), forecast, terms, **WINDOW)
    assert "Renewals due: 5, of which 75 of 100" in told.says
    few = contracts.loss(report, ends(), forecast, terms, outcome_days=90, min_group=6)
    assert "Renewals" not in few.says


def test_without_fees_no_money_is_put_beside_the_ends(report, ends, terms):
    study = ends(scored={"monthly_fee": 0.0})
    forecast = contracts.forecast(study, terms, seed=1)
    assert "fees" not in contracts.loss(report, study, forecast, terms, **WINDOW).says


def test_a_fee_that_is_not_known_is_never_shown_as_zero(report, ends, terms):
    study = replace(ends(), scored=ends().scored.drop(columns="monthly_fee"))
    forecast = contracts.forecast(study, terms, seed=1)
    size = contracts.size(report, study, forecast, terms, **WINDOW)
    assert "expected_loss" not in size.findings
    assert "fees" not in size.data
    told = contracts.loss(report, study, forecast, terms, **WINDOW).says
    assert "what they are worth is not known" in told


def test_some_unknown_fees_are_counted_at_the_usual_one_and_said(report, ends, terms):
    study = ends(scored={"monthly_fee": [None, *[10.0] * 9]})
    forecast = contracts.forecast(study, terms, seed=1)
    assert forecast.value == pytest.approx(5 * 120)
    told = contracts.loss(report, study, forecast, terms, **WINDOW).says
    assert "Of 1 contract the fee is not known" in told


def test_a_snapshot_promises_no_period(report, ends, terms):
    snapshot = ends(propensity={"tested_in_time": False})
    told = {"outcome_days": 90, "min_group": 2}
    forecast = contracts.forecast(snapshot, terms, seed=1)
    size = contracts.size(report, snapshot, forecast, terms, **told)
    loss = contracts.loss(report, snapshot, forecast, terms, **told)
    said = f"{size.html} {loss.html}"
    assert "running contracts are like those that had ended" in size.says
    assert "nobody can say by when they would end" in said
    assert not any(word in said for word in ("quarter", "window", "will probably", "next"))
