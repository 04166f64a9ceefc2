"""Rows of contracts at all origins or of a snapshot, the study of their ends, tenures watched."""

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from crm_helpers.features.contracts import (
    contract_labels,
    contract_predictors,
    contract_snapshot,
    contract_spells,
    first_contract_day,
)
from crm_helpers.features.first_day import first_order_day
from crm_helpers.features.predictors import customer_predictors
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.page.section import Section
from crm_helpers.questions.churn import contract_study

WINDOW = {"observation_days": 365, "outcome_days": 90}
DATED = SimpleNamespace(columns=["customer_id", "started_on", "ended_on"])
SNAPSHOT = SimpleNamespace(columns=["customer_id", "tenure_months", "churned"])
ORDERS = SimpleNamespace(columns=["customer_id", "ordered_at"])
IDS = pd.DataFrame({"customer_id": [f"c{n}" for n in range(10)]})
SETTINGS = PropensitySettings(method="logistic", min_events=5, seed=1)


def small_report(**tables):
    """Report of a company whose features are ten rows each."""
    known = {
        first_contract_day: pd.DataFrame({"first_day": [dt.date(2023, 1, 1)]}),
        first_order_day: pd.DataFrame({"first_day": [dt.date(2024, 6, 1)]}),
        contract_predictors: IDS.assign(contract_days=1, plan="basic"),
        customer_predictors: IDS.assign(recency_days=5, frequency_orders=2),
        contract_labels: IDS.assign(ended=True, ended_voluntary=True),
        contract_snapshot: IDS.assign(tenure_months=3, churned=False),
        contract_spells: IDS.assign(entry_days=0, exit_days=9, ended=True),
    }
    return SimpleNamespace(
        tables=tables, as_of=dt.date(2025, 12, 31), features=lambda f, **named: known[f]
    )


def test_dated_contracts_stand_once_per_origin_with_the_habits_that_tell():
    report = small_report(subscriptions=DATED, transactions=ORDERS)
    rows = contract_study.rows(report, **WINDOW)
    assert not rows.duplicated(["customer_id", "origin_on"]).any()
    assert "recency_days" in rows
    assert "frequency_orders" not in rows
    assert rows.loc[rows["role"] == "score", "ended"].isna().all()


def test_no_origin_lies_before_both_contracts_and_orders_begin():
    both = contract_study.origins(small_report(subscriptions=DATED, transactions=ORDERS), **WINDOW)
    alone = contract_study.origins(small_report(subscriptions=DATED), **WINDOW)
    assert (both.note != "", alone.note) == (True, "")
    assert len(both) < len(alone)


def test_a_snapshot_has_one_row_per_contract_and_no_spells():
    report = small_report(subscriptions=SNAPSHOT)
    assert len(contract_study.rows(report, **WINDOW)) == 10
    assert contract_study.spells(report, observation_days=365).empty
    assert len(contract_study.spells(small_report(subscriptions=DATED), observation_days=365)) == 10


@pytest.mark.parametrize("tables", [{}, {"subscriptions": ORDERS}], ids=["none", "undated"])
def test_without_contracts_there_are_neither_rows_nor_spells(tables):
    report = small_report(**tables)
    for made in (
        contract_study.rows(report, **WINDOW),
        contract_study.spells(report, observation_days=365),
    ):
        assert made.reason == "No contracts with start and end, so nobody can be seen to end one."


def test_only_attributes_without_a_date_are_watched_by_the_alarm():
    assert contract_study.undated_columns(small_report(subscriptions=DATED)) == ("plan",)


@pytest.fixture
def ending(origin_rows):
    """Rows whose outcome is an end, two thirds of them by choice."""
    rows = origin_rows.drop(columns="truth").rename(columns={"lapsed": "ended"})
    chosen = np.random.default_rng(1).random(len(rows)) < 2 / 3
    known, ended = rows["ended"].notna(), rows["ended"].fillna(False).astype(bool)
    return rows.assign(
        ended_voluntary=(ended & chosen).where(known),
        ended_involuntary=(ended & ~chosen).where(known),
    )


def test_each_cause_has_a_model_and_their_chances_add_up(ending):
    report = small_report(subscriptions=DATED)
    ends = contract_study.study(report, ending, SETTINGS, bootstraps=20)
    assert list(ends.causes) == ["voluntary", "involuntary"]
    total = ends.scored["p_voluntary"] + ends.scored["p_involuntary"]
    assert ends.scored["probability"].tolist() == pytest.approx(total.clip(upper=1).tolist())
    assert ends.is_dated
    said = "Study of ends, voluntary and involuntary: logistic, 800 rows, 200 scored, AUC 0."
    assert repr(ends).startswith(said)


def test_outcomes_dealt_anew_tell_nothing(ending):
    report = small_report(subscriptions=DATED)
    ends = contract_study.study(report, ending, SETTINGS, bootstraps=20, shuffle_outcomes=True)
    assert not ends.finds_something


def test_of_a_snapshot_those_still_there_are_scored(origin_rows):
    rows = origin_rows[origin_rows["role"] == "test"].drop(columns=["truth", "role", "origin_on"])
    rows = rows.rename(columns={"lapsed": "churned"}).reset_index(drop=True)
    settings = PropensitySettings(method="logistic", min_events=5, trusted_columns=["days"])
    report = small_report(subscriptions=SNAPSHOT)
    ends = contract_study.study(report, rows, settings, bootstraps=20)
    assert len(ends.scored) == (~rows["churned"].astype(bool)).sum()
    assert not ends.is_dated


def test_too_few_ends_and_no_rows_give_no_study(ending):
    report = small_report(subscriptions=DATED)
    strict = PropensitySettings(method="logistic", min_events=5_000)
    few = contract_study.study(report, ending, strict, bootstraps=20)
    assert "at least 5,000 of each kind" in few.reason
    none = contract_study.study(report, Section.absent("None."), SETTINGS, bootstraps=20)
    assert none.reason == "None."
