"""What the labels teach: payments -> a tested model of fraud, how much fraud stays hidden."""

from dataclasses import replace

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.evidence import Evidence
from crm_helpers.measures.fraud.audit_ratio import audit_ratio
from crm_helpers.models.fraud.model import (
    REVIEW,
    TRAIN,
    VALIDATION,
    FraudModel,
    fraud_in_time,
    fraud_undated,
    later_rows_test,
)
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.page.section import Section, is_absent, unless_absent
from crm_helpers.questions.fraud.payments import is_dated
from crm_helpers.tables.needs import Skip


def settings(
    rows: pd.DataFrame, *, method: str, min_events: int, trusted_columns: list[str], seed: int
) -> PropensitySettings:
    """How the model is learned; features of a payment's past obey the leakage law.

    Parameters
    ----------
    rows : DataFrame, one row per payment
    method : str
    min_events : int
    trusted_columns : list of str
    seed : int

    Returns
    -------
    PropensitySettings
    """
    return PropensitySettings(
        method=method,
        seed=seed,
        min_events=min_events,
        trusted_columns=tuple(trusted_columns),
        snapshot_columns=() if is_dated(rows) else None,
    )


@unless_absent
def model(
    rows: pd.DataFrame, settings: PropensitySettings, *, max_rows_train: int, bootstraps: int
) -> FraudModel:
    """Model learned from labels, tested on later payments, or by folds where nothing is dated.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        From `payments.rows`.
    settings : PropensitySettings
    max_rows_train : int
        Payments it learns from at most, the latest.
    bootstraps : int
        Resamples behind an interval.

    Returns
    -------
    FraudModel
        propensity, evidence, test : one row per test payment, columns payment_id, probability,
        rule_score, outcome; absent where labels are too few.
    """
    if not is_dated(rows):
        return fraud_undated(rows, settings=settings, draws=bootstraps)
    return fraud_in_time(rows, settings=settings, max_rows=max_rows_train, draws=bootstraps)


def has_learned(model: FraudModel | Section) -> bool:
    """True when there is a model and it orders payments better than chance."""
    return not is_absent(model) and model.finds_something


def hidden_ratio(rows: pd.DataFrame) -> float:
    """How much more fraud there is than known, by random audits before the test.

    Parameters
    ----------
    rows : DataFrame, one row per payment

    Returns
    -------
    float, at least 1
        1 where nobody audits, or nothing is dated.
    """
    if not is_dated(rows) or "sampled_at_random" not in rows:
        return 1.0
    early = rows[rows["role"].isin([TRAIN, VALIDATION])]
    return audit_ratio(early["is_fraud"], early["sampled_at_random"])


def chances(rows: pd.DataFrame, model: FraudModel | Section, ratio: float) -> pd.Series:
    """Probability by the model: the tested one for the test, the refitted one for review.

    Parameters
    ----------
    rows : DataFrame, one row per payment of test and review
    model : FraudModel, or absent
    ratio : float
        By which the odds are raised, from `hidden_ratio`.

    Returns
    -------
    Series of float, index of `rows`; missing where no model has learned anything
    """
    if not has_learned(model):
        return pd.Series(np.nan, index=rows.index)
    tested = model.test.set_index("payment_id")["probability"]
    chance = rows["payment_id"].map(tested).astype(float)
    review = (rows["role"] == REVIEW) & chance.isna()
    if review.any():
        given = model.propensity.probability(rows[review])
        chance = chance.mask(review, pd.Series(given, index=rows.index[review]))
    odds = ratio * chance / (1 - chance).clip(lower=1e-9)
    return odds / (1 + odds)


def left_out(model: FraudModel | Section) -> list[str]:
    """Columns that the model left out as leaks or keys; none without a model."""
    return [] if is_absent(model) else list(model.propensity.excluded["column"])


@unless_absent
def on_later_cases(
    rows: pd.DataFrame,
    settings: PropensitySettings,
    *,
    later_column: str,
    left_out: list[str],
    bootstraps: int,
) -> Evidence:
    """Evidence on the cases of the latest value of a column, where nothing has a date.

    Parameters
    ----------
    rows : DataFrame, one row per payment
    settings : PropensitySettings
    later_column : str
        Attribute, such as a year, whose highest value is the latest; empty: not tested.
    left_out : list of str
        Columns that the model left out, from `left_out`.
    bootstraps : int

    Returns
    -------
    Evidence
        auc, auc_interval, rule_auc, customers; absent where it cannot be tested so.
    """
    if is_dated(rows) or not later_column:
        raise Skip("The payments are tested in time, or no later_column is named.")
    known = rows.drop(columns=left_out)
    if later_column not in known:
        raise Skip(f"There is no attribute {later_column}, so no later part could be tested on.")
    later = replace(settings, snapshot_columns=())
    return later_rows_test(known, later_column, settings=later, draws=bootstraps)
