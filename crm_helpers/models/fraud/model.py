"""Fraud model: payments with the labels known in time -> a tested propensity, every test scored."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.evidence import Evidence, evidence
from crm_helpers.models.propensity.model import Propensity, fit_in_time, fit_undated
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.propensity.plain_rule import PlainRule
from crm_helpers.tables.needs import Skip

KEY, OUTCOME = "payment_id", "is_fraud"
# Who pays and where is not how he pays: ids would be learned by heart.
NOT_PREDICTORS = (
    "payment_id customer_id paid_at shop_id device_id card_id is_fraud labelled_on "
    "sampled_at_random age_days label_age_days role owner"
).split()
TRAIN, VALIDATION, TEST, REVIEW, LATE = "train", "validation", "test", "review", "late"


@dataclass(frozen=True)
class Periods:
    """Days before as_of that are reviewed, left out because labels are late, and tested.

    Parameters
    ----------
    review_days : int
        The latest payments, those that can be opened now.
    label_days : int
        Days within which most labels arrive; younger payments judge no model.
    test_days : int
        Length of the test, and of the validation before it.
    asked : tuple of int, optional
        label_days and test_days that were asked for, where the data are too short for them.
    in_time : bool, default True
        False where they are too short for any test in time.
    """

    review_days: int
    label_days: int
    test_days: int
    asked: tuple[int, int] | None = None
    in_time: bool = True

    @property
    def test_begin(self) -> int:
        """Age of the first payments of the test; nothing known later is learned from."""
        return self.label_days + self.test_days


@dataclass(frozen=True)
class FraudModel:
    """A propensity of fraud, what its test says of examined payments, and all test payments.

    Parameters
    ----------
    propensity : Propensity
    evidence : Evidence
        Of the payments that were examined: nobody knows of the others.
    test : DataFrame, one row per test payment
        The payments' columns beside probability; those not examined have no label.
    """

    propensity: Propensity
    evidence: Evidence
    test: pd.DataFrame

    @property
    def finds_something(self) -> bool:
        """True when examined payments are ordered better than by chance."""
        return self.evidence.finds_something


def payment_roles(rows: pd.DataFrame, periods: Periods) -> pd.Series:
    """What each payment is used for: train, validation, test, review or nothing (late).

    A label counts from the day it was known: a payment before the test whose label came during
    it is left out, as nobody could have learned from it then.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        age_days : int; label_age_days : int, missing where there is no label
    periods : Periods

    Returns
    -------
    Series of str, index of `rows`
    """
    age = rows["age_days"].to_numpy(dtype=float)
    known = rows["label_age_days"].to_numpy(dtype=float, na_value=np.nan)
    # Who was not examined stands where the payment stands, taken for honest.
    seen = np.where(np.isnan(known), age, known)
    begin, middle = periods.test_begin, periods.test_begin + periods.test_days
    conditions = [
        (age < periods.review_days) & np.isnan(known),
        age < periods.label_days,
        age < begin,
        seen < begin,
        seen < middle,
    ]
    role = np.select(conditions, [REVIEW, LATE, TEST, LATE, VALIDATION], TRAIN)
    return pd.Series(role, index=rows.index)


def fraud_in_time(
    rows: pd.DataFrame, *, settings: PropensitySettings, max_rows: int, draws: int
) -> FraudModel:
    """Model of known fraud among all payments, tested on payments later than all it learned from.

    Payments that nobody examined are learned from as honest: nearly all are. What the test
    claims rests on the examined ones alone.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        With is_fraud (missing: not examined) and role, as given by `payment_roles`.
    settings : PropensitySettings
    max_rows : int
        Payments learned from at most; the latest count.
    draws : int
        Resamples behind the intervals.

    Returns
    -------
    FraudModel

    Raises
    ------
    Skip
        If too few labels of either kind were known in training or in test.
    """
    used = rows[rows["role"].isin([TRAIN, VALIDATION, TEST])].sort_values("age_days")
    used = used.head(max_rows).reset_index(drop=True)
    _check_examined(used[used["role"] == TEST], settings.min_events)
    predictors = predictor_columns(used)
    frame = used[[KEY, "role", *predictors]].assign(
        **{OUTCOME: used[OUTCOME].eq(True).fillna(False).astype(bool)},
        origin_on=used["role"].map({TRAIN: 1, VALIDATION: 2, TEST: 3}),
    )
    propensity = fit_in_time(frame, outcome=OUTCOME, key=KEY, settings=settings)
    return _judged(_with_rule(propensity, frame), used, settings, draws)


def fraud_undated(rows: pd.DataFrame, *, settings: PropensitySettings, draws: int) -> FraudModel:
    """Model of fraud among the examined cases, cross-validated: there are no dates.

    Parameters
    ----------
    rows : DataFrame, one row per case
        With is_fraud, missing where not examined.
    settings : PropensitySettings
    draws : int

    Returns
    -------
    FraudModel

    Raises
    ------
    Skip
        If too few cases of either kind were examined.
    """
    used = rows[rows[OUTCOME].notna()].reset_index(drop=True)
    frame = used[[KEY, *predictor_columns(used)]].assign(**{OUTCOME: used[OUTCOME].astype(bool)})
    propensity = fit_undated(frame, outcome=OUTCOME, key=KEY, settings=settings)
    return _judged(propensity, used, settings, draws)


def later_rows_test(
    rows: pd.DataFrame, column: str, *, settings: PropensitySettings, draws: int
) -> Evidence:
    """Evidence of a model learned from earlier cases, on those of the latest value of a column.

    Parameters
    ----------
    rows : DataFrame, one row per case
        With is_fraud; unexamined cases are left out.
    column : str
        An attribute that tells the time, such as a year.
    settings : PropensitySettings
    draws : int

    Returns
    -------
    Evidence

    Raises
    ------
    Skip
        If the column has no two values, or a part has too few cases.
    """
    used = rows[rows[OUTCOME].notna()].reset_index(drop=True)
    times = sorted(used[column].dropna().unique())
    if len(times) < 2:
        raise Skip(f"{column} has fewer than two values, so there is no later part to test on.")
    role = np.where(used[column] == times[-1], TEST, TRAIN)
    names = [c for c in predictor_columns(used) if c != column]
    frame = used[[KEY, *names]].assign(
        role=role, origin_on=used[column], **{OUTCOME: used[OUTCOME].astype(bool)}
    )
    found = fit_in_time(frame, outcome=OUTCOME, key=KEY, settings=settings)
    return evidence(found.test, customer=KEY, draws=draws, seed=settings.seed)


def predictor_columns(rows: pd.DataFrame) -> list[str]:
    """Columns of payments that may be predictors: no ids, dates, labels.

    Parameters
    ----------
    rows : DataFrame, one row per payment

    Returns
    -------
    list of str
    """
    return [column for column in rows if column not in NOT_PREDICTORS]


def _check_examined(test: pd.DataFrame, least: int) -> None:
    frauds = int(test[OUTCOME].eq(True).sum())
    honest = int(test[OUTCOME].eq(False).sum())
    if min(frauds, honest) < least:
        raise Skip(
            f"Too few labels to test a model: {frauds:,} known fraud and {honest:,} known honest "
            f"payments in the test; at least {least:,} of each are needed. Examine more payments, "
            "or lengthen test_days."
        )


def _with_rule(propensity: Propensity, frame: pd.DataFrame) -> Propensity:
    """The rule beside the model is the investigators' own, largest first, where amounts are."""
    if "amount" not in frame:
        return propensity
    amounts = frame.set_index(KEY)["amount"]
    score = propensity.test[KEY].map(amounts).to_numpy(dtype=float)
    rule = PlainRule("amount", "high", propensity.rule.rates)
    return replace(propensity, rule=rule, test=propensity.test.assign(rule_score=score))


def _judged(
    propensity: Propensity, used: pd.DataFrame, settings: PropensitySettings, draws: int
) -> FraudModel:
    scored = propensity.test[[KEY, "probability", "rule_score", "outcome"]]
    test = scored.merge(used, on=KEY, how="left")
    examined = test[test[OUTCOME].notna()]
    found = evidence(examined, customer="owner", draws=draws, seed=settings.seed)
    return FraudModel(propensity, found, test)
