"""Rows of lapses at all origins, what the whole record says, and the study of them."""

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pandas as pd

from crm_helpers.features.consent import consent
from crm_helpers.features.customer_attributes import customer_attributes
from crm_helpers.features.first_day import first_order_day
from crm_helpers.features.order_history import order_history
from crm_helpers.features.outcomes import lapse_labels
from crm_helpers.features.predictors import customer_predictors
from crm_helpers.features.windows import Origin, Origins
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.churn import lapse_study
from crm_helpers.questions.churn.lapse_study import with_silence


def histories(count: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    tenure = rng.integers(100, 600, count)
    return pd.DataFrame(
        {
            "customer_id": [f"c{n}" for n in range(count)],
            "repeat_orders": rng.poisson(tenure / 60),
            "last_order_age_days": (tenure * rng.uniform(0.1, 1, count)).astype(int),
            "tenure_days": tenure,
        }
    )


def test_the_law_of_ordering_is_learned_from_nothing_later_than_training():
    days = [dt.date(2024, 1, 1), dt.date(2024, 4, 1), dt.date(2024, 7, 1), dt.date(2024, 10, 1)]
    roles = ("train", "validation", "test", "score")
    span = Origins(tuple(map(Origin, days, roles)), 365, 90, "")
    records = dict(zip(days, (histories(200, n) for n in range(4)), strict=True))
    rows = pd.concat(
        [records[day][["customer_id"]].assign(origin_on=pd.Timestamp(day)) for day in days]
    )
    report = SimpleNamespace(features=lambda f, as_of: records[as_of])
    first = with_silence(report, span, rows, seed=1)
    assert first["silence_log_odds"].notna().all()
    records[days[2]] = histories(200, 99)
    second = with_silence(report, span, rows, seed=1)
    same = first["origin_on"] != pd.Timestamp(days[2])
    pd.testing.assert_frame_equal(first[same], second[same])
    assert not first[~same].equals(second[~same])


def test_too_few_repeat_orders_leave_the_rows_as_they_are():
    day = dt.date(2024, 1, 1)
    span = Origins((Origin(day, "train"),), 365, 90, "")
    few = histories(10, 1)
    rows = few[["customer_id"]].assign(origin_on=pd.Timestamp(day))
    report = SimpleNamespace(features=lambda f, as_of: few)
    assert with_silence(report, span, rows, seed=1).equals(rows)


WINDOW = {"observation_days": 365, "outcome_days": 90}
ORDERS = SimpleNamespace(columns=["customer_id", "ordered_at"])


def ten(origin):
    """Ten customers at an origin: days since their last order, and who orders no more."""
    days = np.arange(10.0) + (origin - dt.date(2025, 1, 1)).days
    return pd.DataFrame({"customer_id": [f"c{n}" for n in range(10)], "recency_days": days})


def small_report(**more):
    """Report of a shop whose features are ten rows each; what was asked is kept beside it."""
    asked = []

    def features(function, *, as_of=None, **parameters):
        asked.append((function, parameters))
        known = {
            first_order_day: lambda: pd.DataFrame({"first_day": [dt.date(2023, 1, 1)]}),
            customer_predictors: lambda: ten(as_of),
            lapse_labels: lambda: ten(as_of)[["customer_id"]].assign(
                lapsed=[False] * 5 + [True] * 5
            ),
            customer_attributes: lambda: ten(dt.date(2025, 1, 1)).assign(
                account_age_days=1, region="N"
            ),
            order_history: lambda: histories(10, 1),
            consent: lambda: pd.DataFrame(
                {"customer_id": [f"c{n}" for n in range(9)], "may_profile": [True] * 8 + [False]}
            ),
        }
        return known[function]()

    tables = {"transactions": ORDERS} | more
    return SimpleNamespace(
        tables=tables, as_of=dt.date(2025, 12, 31), features=features, asked=asked
    )


def test_rows_stand_once_per_customer_and_origin_and_know_no_outcome_at_the_end():
    rows = lapse_study.rows(small_report(), **WINDOW, seed=1)
    assert not rows.duplicated(["customer_id", "origin_on"]).any()
    assert set(rows["role"]) == {"train", "validation", "test", "score"}
    assert rows.loc[rows["role"] == "score", "lapsed"].isna().all()
    assert rows.loc[rows["role"] == "test", "lapsed"].sum() == 5


def test_who_refused_and_who_is_not_known_is_in_no_row():
    rows = lapse_study.rows(small_report(customers=None), **WINDOW, seed=1)
    assert sorted(rows["customer_id"].unique()) == [f"c{n}" for n in range(8)]


def test_the_windows_are_passed_on_by_name():
    report = small_report()
    lapse_study.rows(report, observation_days=200, outcome_days=60, seed=1)
    asked = dict(report.asked)[customer_predictors]
    assert asked == {"observation_days": 200, "outcome_days": 60, "coming_days": 60}


def test_no_orders_and_too_short_a_history_give_no_rows():
    report = small_report()
    report.tables = {}
    none = lapse_study.rows(report, **WINDOW, seed=1)
    assert none.reason == "No dated orders of known customers, so nobody can be seen to lapse."
    short = lapse_study.rows(small_report(), observation_days=365, outcome_days=600, seed=1)
    assert "Earliest usable as_of" in short.reason


def test_only_attributes_without_a_date_are_watched_by_the_alarm():
    assert lapse_study.undated_columns(small_report(customers=None)) == ("recency_days", "region")
    assert lapse_study.undated_columns(small_report()) == ()


def test_the_study_learns_lapses_from_the_rows(origin_rows):
    settings = PropensitySettings(method="logistic", min_events=5, seed=1)
    rows = origin_rows.drop(columns="truth")
    study = lapse_study.study(small_report(), rows, settings, bootstraps=20)
    assert repr(study).startswith("Study of lapsed: logistic, 800 rows, 200 scored, AUC 0.")
    assert study.finds_something
    dealt = lapse_study.study(small_report(), rows, settings, bootstraps=20, shuffle_outcomes=True)
    assert not dealt.finds_something


def test_too_few_lapses_and_no_rows_give_no_study(origin_rows):
    settings = PropensitySettings(method="logistic", min_events=5_000)
    few = lapse_study.study(small_report(), origin_rows, settings, bootstraps=20)
    assert "at least 5,000 of each kind" in few.reason
    none = lapse_study.study(small_report(), Section.absent("No orders."), settings, bootstraps=20)
    assert is_absent(none)
    assert none.reason == "No orders."
