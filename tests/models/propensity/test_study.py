import pandas as pd
import pytest

from crm_helpers.models.propensity.model import fit_in_time
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.propensity.study import shuffled, study_in_time, study_of, study_undated

FAST = PropensitySettings(candidates=("logistic", "tree"))
TRUSTING = PropensitySettings(candidates=("logistic", "tree"), trusted_columns=("days", "plan"))


def test_customers_of_the_last_origin_are_scored(origin_rows):
    study = study_in_time(
        origin_rows.drop(columns="truth"), outcome="lapsed", settings=FAST, draws=30
    )
    assert len(study.scored) == 500
    assert study.finds_something
    assert study.scored["probability"].between(0, 1).all()
    assert study.labelled["lapsed"].notna().all()


def test_test_rows_carry_their_predictors_in_the_same_order(origin_rows):
    rows = origin_rows.drop(columns="truth")
    study = study_in_time(rows, outcome="lapsed", settings=FAST, draws=10)
    beside = study.test_rows()
    held = rows[rows["role"] == "test"]
    assert beside["days"].tolist() == held["days"].tolist()
    assert beside["outcome"].tolist() == held["lapsed"].astype(bool).tolist()


def test_a_model_that_lost_to_its_rule_is_replaced_by_it(origin_rows):
    rows = origin_rows[["customer_id", "origin_on", "role", "lapsed", "days"]]
    # The tree can only coarsen the one predictor that the rule orders by.
    study = study_in_time(
        rows, outcome="lapsed", settings=PropensitySettings(method="tree"), draws=10
    )
    assert study.evidence.loses_to_rule
    assert study.propensity.uses_rule


def test_customers_of_a_snapshot_get_the_score_of_their_own_fold(customers):
    rows = customers(400).drop(columns="truth")
    study = study_undated(
        rows, outcome="lapsed", scored=rows[~rows["lapsed"]], settings=TRUSTING, draws=10
    )
    own = study.propensity.test.set_index("customer_id")["probability"]
    assert study.scored["probability"].tolist() == pytest.approx(
        own[study.scored["customer_id"]].tolist()
    )


def test_shuffling_keeps_the_rate_of_each_origin_and_leaves_the_input(origin_rows):
    dealt = shuffled(origin_rows, "lapsed", seed=1)
    known = origin_rows["role"] != "score"
    rates = [f[known].groupby("origin_on")["lapsed"].sum().tolist() for f in (dealt, origin_rows)]
    assert rates[0] == rates[1]
    assert (dealt["lapsed"][known] != origin_rows["lapsed"][known]).any()
    assert dealt["lapsed"][~known].isna().all()


def test_a_study_is_told_in_one_line(origin_rows):
    rows = origin_rows.drop(columns="truth")
    study = study_in_time(
        rows, outcome="lapsed", settings=PropensitySettings(method="logistic"), draws=10
    )
    size = f"AUC {study.evidence.auc:.2f}"
    assert repr(study) == f"Study of lapsed: logistic, 2,000 rows, 500 scored, {size}"
    lapsed = int(study.propensity.test["outcome"].sum())
    assert repr(study.propensity) == (
        f"Propensity: logistic, 3 predictors, tested in time on 500 rows, {lapsed} with the outcome"
    )


def test_a_study_of_a_learned_model_is_the_study_of_its_rows(origin_rows):
    rows, settings = origin_rows.drop(columns="truth"), PropensitySettings(method="logistic")
    whole = study_in_time(rows, outcome="lapsed", settings=settings, draws=10)
    learned = fit_in_time(rows, outcome="lapsed", settings=settings)
    made = study_of(learned, rows, outcome="lapsed", seed=settings.seed, draws=10)
    assert made.evidence == whole.evidence
    pd.testing.assert_frame_equal(made.scored, whole.scored)
