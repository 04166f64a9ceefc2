"""How the chances were tested, what was left out, and what a study says of its limits."""

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.features.consent import consent
from crm_helpers.features.contracts import first_contract_day
from crm_helpers.features.first_day import first_order_day
from crm_helpers.page.section import Section
from crm_helpers.questions.churn import trust

WINDOW = {"observation_days": 365, "outcome_days": 90}
FIRST = pd.DataFrame({"first_day": [dt.date(2024, 6, 1)]})


@pytest.fixture
def dated(report):
    """The report of a shop whose orders and contracts begin too late for a whole window."""
    report.features = {first_order_day: FIRST, first_contract_day: FIRST}.get
    return report


def kept(prefix):
    names = "test_auc rule_auc test_brier calibration_error test_lift_top10 base_rate"
    return [f"{prefix}_{name}" for name in names.split()]


def test_the_tests_of_lapses_are_found_in_their_order(dated, lapses):
    tests = trust.lapse_tests(dated, lapses(), **WINDOW, seed=1)
    assert list(tests.findings) == kept("lapse")
    auc = tests.findings["lapse_test_auc"]
    assert list(auc) == ["value", "unit", "low", "high", "level", "n", "baseline"]
    assert (auc["value"], auc["baseline"], auc["n"]) == (0.88, 0.7, 10)


def test_what_limits_the_lapse_model_is_told(dated, lapses):
    said = trust.lapse_tests(dated, lapses(), **WINDOW, seed=1).says
    assert "Left out: region: the same value everywhere." in said
    assert "does not know the season" in said
    assert "instead of the 365 asked for" in said
    assert "rank correlation –" in said


def test_the_tests_of_ends_tell_the_causes_apart(dated, ends):
    tests = trust.contract_tests(dated, ends(), **WINDOW)
    assert list(tests.findings) == kept("contract")
    assert "voluntary AUC 0.880 (5 in the test); involuntary AUC 0.880" in tests.says
    assert "instead of the 365 asked for" in tests.says


def test_a_snapshot_has_no_window_to_shorten(report, ends):
    tests = trust.contract_tests(report, ends(propensity={"tested_in_time": False}), **WINDOW)
    assert "cross-validated" in tests.says
    assert "delayed entry" not in tests.says


def test_calibration_puts_forecast_beside_what_happened(report, lapses, ends):
    for shown in (
        trust.lapse_calibration(report, lapses()),
        trust.contract_calibration(report, ends()),
    ):
        assert shown.data["probability_mean"].iloc[-1] == 0.95
        assert shown.data["event_rate"].iloc[-1] == 1.0


def test_base_rates_have_a_row_per_origin(lapses, ends):
    assert trust.base_rates(lapses()).data["event_rate"].tolist() == [0.5]
    assert trust.base_rates(ends()).data["customers"].tolist() == [10]


def test_without_a_study_all_are_silent(report, monkeypatch):
    monkeypatch.setenv("CRM_RUN_FOLDER", "somewhere")
    none = Section.absent("Not there.")
    for shown in (
        trust.lapse_calibration(report, none), trust.contract_calibration(report, none),
        trust.lapse_tests(report, none, **WINDOW, seed=1),
        trust.contract_tests(report, none, **WINDOW), trust.base_rates(none),
    ):  # fmt: skip
        assert shown._repr_html_() == ""


def test_a_forecast_without_the_same_season_a_year_ago_says_so():
    as_of = dt.date(2025, 9, 14)
    known = pd.DataFrame({"origin_on": pd.to_datetime(["2024-12-18", "2025-06-16"])})
    said = trust.season_unknown(SimpleNamespace(labelled=known), as_of)
    assert "does not know the season" in said
    older = pd.DataFrame({"origin_on": pd.to_datetime(["2024-09-20", "2025-06-16"])})
    assert trust.season_unknown(SimpleNamespace(labelled=older), as_of) == ""


def test_refusals_and_customers_without_a_row_are_counted_apart():
    agreed = pd.DataFrame({"customer_id": ["a", "b"], "may_profile": [True, False]})
    named = pd.DataFrame({"customer_id": ["a", "b", "y", "z"]})
    report = SimpleNamespace(
        tables={"customers": None}, features=lambda f: agreed if f is consent else named
    )
    says = trust.profiling_refused(report)
    assert says.startswith("1 customer who refused")
    assert "nor 2 customers without a usable row" in says
