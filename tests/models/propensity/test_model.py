import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.forecasts.evidence import evidence
from crm_helpers.models.propensity.model import fit_in_time, fit_undated
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.tables.needs import Skip

FAST = PropensitySettings(candidates=("logistic", "tree"))


@pytest.fixture(scope="module")
def fitted(origin_rows):
    return fit_in_time(origin_rows.drop(columns="truth"), outcome="lapsed", settings=FAST)


def test_probabilities_are_close_to_the_planted_ones(fitted, origin_rows):
    asked = origin_rows[origin_rows["role"] == "score"]
    scored = fitted.score(asked)
    assert np.abs(scored["probability"].to_numpy() - asked["truth"]).mean() < 0.03


def test_the_test_holds_the_rows_of_the_test_origin_alone(fitted, origin_rows):
    held = origin_rows[origin_rows["role"] == "test"]
    assert fitted.test["customer_id"].tolist() == held["customer_id"].tolist()
    assert fitted.test["origin_on"].nunique() == 1
    assert fitted.tested_in_time


def test_outcomes_of_the_test_change_nothing_that_was_chosen_before_it(origin_rows):
    rows = origin_rows.drop(columns="truth")
    turned = rows.assign(
        lapsed=rows["lapsed"].where(
            rows["role"] != "test", ~rows["lapsed"].fillna(False).astype(bool)
        )
    )
    first, second = (fit_in_time(r, outcome="lapsed", settings=FAST) for r in (rows, turned))
    assert first.test["probability"].tolist() == second.test["probability"].tolist()
    assert first.rule.words == second.rule.words


def test_base_rates_are_counted_per_origin(fitted):
    assert fitted.base_rates["role"].tolist() == ["train", "train", "validation", "test"]
    assert (fitted.base_rates["customers"] == 500).all()


def test_the_rule_can_take_the_place_of_the_model(fitted, origin_rows):
    asked = origin_rows[origin_rows["role"] == "score"]
    by_rule = fitted.by_rule().score(asked)
    assert by_rule["order"].tolist() == asked["days"].tolist()
    assert by_rule["probability"].between(0, 1).all()


def test_a_key_an_excluded_column_and_a_leak_are_left_out(origin_rows):
    rows = origin_rows.drop(columns="truth").assign(
        account=[f"a{i}" for i in range(len(origin_rows))],
        leak=origin_rows["lapsed"].fillna(False).astype(float),
    )
    settings = PropensitySettings(
        candidates=("logistic",), exclude_columns=("noise",), snapshot_columns=("leak", "plan")
    )
    found = fit_in_time(rows, outcome="lapsed", settings=settings)
    assert found.columns == ["days", "plan"]
    assert set(found.excluded["column"]) == {"noise", "account", "leak"}


def test_shuffled_outcomes_are_not_found(origin_rows):
    from crm_helpers.models.propensity.study import shuffled

    rows = shuffled(origin_rows.drop(columns="truth"), "lapsed", seed=4)
    found = evidence(fit_in_time(rows, outcome="lapsed", settings=FAST).test, draws=100)
    assert found.auc_interval.low <= 0.5 <= found.auc_interval.high
    assert not found.finds_something


def test_without_dates_every_row_is_scored_by_a_fold_that_had_not_seen_it(customers):
    rows = customers(600).drop(columns="truth")
    settings = PropensitySettings(candidates=("logistic", "tree"), trusted_columns=("days",))
    found = fit_undated(rows, outcome="lapsed", settings=settings)
    assert not found.tested_in_time
    assert found.test["customer_id"].tolist() == rows["customer_id"].tolist()
    assert found.base_rates["role"].tolist() == ["cross-validation"]
    assert evidence(found.test, draws=50).finds_something


def test_too_few_outcomes_skip_with_the_count(customers):
    rows = customers(80).drop(columns="truth").assign(lapsed=[True] * 7 + [False] * 73)
    with pytest.raises(Skip, match=r"7 of 80 rows \(all\) have the outcome; at least 50 of each"):
        fit_undated(rows, outcome="lapsed")


def test_input_is_left_unchanged(customers):
    rows = customers(300).drop(columns="truth")
    before = rows.copy()
    fit_undated(rows, outcome="lapsed", settings=PropensitySettings(method="tree"))
    pd.testing.assert_frame_equal(rows, before)


def test_telco_is_at_least_as_good_as_logistic_regression_and_boosting_less_five_thousandths(
    shared_data,
):
    # DATASETS A4: logistic regression 0.845, gradient boosting 0.842, five folds.
    name = "telco_churn/WA_Fn-UseC_-Telco-Customer-Churn.csv"
    rows = pd.read_csv(shared_data / name)
    rows["TotalCharges"] = pd.to_numeric(rows["TotalCharges"], errors="coerce")
    rows["churned"] = rows.pop("Churn") == "Yes"
    settings = PropensitySettings(candidates=("logistic", "lightgbm"))
    found = fit_undated(rows, outcome="churned", key="customerID", settings=settings)
    assert evidence(found.test, draws=20).auc >= 0.840
    assert found.excluded.empty


def test_without_a_validation_window_the_method_is_chosen_by_folds_and_tested_in_time(origin_rows):
    rows = origin_rows[origin_rows["role"] != "validation"].drop(columns="truth")
    found = fit_in_time(rows, outcome="lapsed", settings=FAST)
    assert found.tested_in_time
    assert evidence(found.test, draws=50).finds_something
