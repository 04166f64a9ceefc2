import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.propensity.model_columns import judged_columns, model_columns
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.tables.needs import Skip

NAMES = ["customer_id", "churned"]


def contracts(rows=3000, seed=1):
    """Contracts that end the likelier the shorter they are, and the rarer they call."""
    rng = np.random.default_rng(seed)
    months, calls = rng.integers(0, 60, rows), rng.normal(size=rows)
    churned = rng.random(rows) < 1 / (1 + np.exp(0.04 * months + 0.5 - 0.6 * calls))
    frame = pd.DataFrame({"customer_id": [f"c{i}" for i in range(rows)], "churned": churned})
    return frame.assign(months=months, calls=calls)


def judged(rows, **settings):
    watched = tuple(rows.columns.drop(NAMES))
    known = rows["churned"].to_numpy()
    return model_columns(rows, known, NAMES, PropensitySettings(**settings), watched=watched)


def test_no_predictor_left_skips():
    rows = pd.DataFrame({"customer_id": ["a", "b"], "lapsed": [True, False], "x": [1, 2]})
    settings = PropensitySettings(exclude_columns=("x",))
    with pytest.raises(Skip, match="None of 1 predictors may be used"):
        model_columns(
            rows, np.array([True, False]), ["customer_id", "lapsed"], settings, watched=()
        )


def test_columns_left_out_for_either_reason_are_used_by_no_model():
    settings = PropensitySettings(exclude_columns=["balance"], protected_columns=["gender"])
    assert settings.left_out == ("balance", "gender")
    rows = pd.DataFrame(
        {
            "customer_id": range(4),
            "lapsed": [0, 1, 0, 1],
            "gender": list("fmfm"),
            "x": [1.0, 2, 3, 5],
        },
    )
    found = model_columns(
        rows, rows["lapsed"].to_numpy(bool), ["customer_id", "lapsed"], settings, watched=()
    )
    assert found.used == ["x"]
    assert found.left_out["column"].tolist() == ["gender"]


def test_a_leak_is_told_with_what_the_model_would_be_with_it_and_without():
    rows = contracts()
    found = judged(rows.assign(final_bill=np.where(rows["churned"], 80.0, np.nan)))
    alarm = found.alarms.set_index("column").loc["final_bill"]
    assert alarm["reason"] == "presence"
    assert alarm["with_auc"] > 0.99
    assert 0.65 < alarm["without_auc"] < 0.75  # of the planted chances themselves: 0.71
    assert found.used == ["months", "calls"]


def test_a_column_that_helps_most_of_all_stays_and_is_named():
    rows = contracts()
    helps = rows["churned"] + np.random.default_rng(2).normal(0, 1.1, len(rows))
    found = judged(rows.assign(age=helps))  # alone 0.74, half of all that is known
    assert "age" in found.used
    assert found.strong["column"].tolist() == ["age"]
    assert found.alarms.empty


def test_a_trusted_column_raises_no_alarm():
    rows = contracts().assign(final_bill=lambda rows: np.where(rows["churned"], 80.0, np.nan))
    found = judged(rows, trusted_columns=("final_bill",))
    assert "final_bill" in found.used
    assert found.alarms.empty


def test_an_excluded_column_is_settled():
    rows = contracts().assign(final_bill=lambda rows: np.where(rows["churned"], 80.0, np.nan))
    found = judged(rows, exclude_columns=("final_bill",))
    assert found.left_out["reason"].tolist() == ["unwanted"]
    assert found.alarms.empty


def test_a_key_is_an_alarm_only_where_the_order_of_the_rows_tells_the_outcome():
    rows = contracts()
    by_outcome = rows.sort_values("churned", kind="stable", ignore_index=True)
    numbered = by_outcome.assign(number=np.arange(len(rows)) * 7)
    assert judged(numbered).alarms["column"].tolist() == ["number"]
    found = judged(rows.assign(number=np.arange(len(rows)) * 7))
    assert found.left_out["reason"].tolist() == ["key"]
    assert found.alarms.empty


def test_where_all_are_leaks_they_are_still_named():
    rows = contracts()[NAMES].assign(echo=lambda rows: rows["churned"] * 1.0)
    known = rows["churned"].to_numpy()
    found = judged_columns(rows, known, NAMES, PropensitySettings(), watched=("echo",))
    assert found.used == []
    assert found.alarms[["with_auc", "without_auc"]].to_numpy().tolist() == [[1.0, 0.5]]
