"""Plain rule: predictors + outcomes -> the best single-feature rule, chosen before the test."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.isotonic import IsotonicRegression

from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.models.propensity.encoding import category_columns, numeric_columns

SMOOTHING_ROWS = 20


@dataclass(frozen=True)
class PlainRule:
    """One predictor, read in one direction, with the event rate seen at its values."""

    column: str
    direction: str
    rates: object

    @property
    def words(self) -> str:
        """The rule as a reader says it: 'recency_days, high first'."""
        return f"{self.column}, {self.direction} first"

    def probability(self, frame: pd.DataFrame) -> np.ndarray:
        """Event rate seen at the predictor's value, shape (n_subjects,); the score of the rule.

        Parameters
        ----------
        frame : DataFrame, one row per subject

        Returns
        -------
        ndarray of float in [0, 1]
        """
        return self.rates(frame[self.column])

    def score(self, frame: pd.DataFrame) -> np.ndarray:
        """Order of the rule: the number itself, turned so that high is likely.

        Parameters
        ----------
        frame : DataFrame, one row per subject

        Returns
        -------
        ndarray of float, shape (n_subjects,)
            Missing numbers rank where their event rate puts them.
        """
        if self.direction == "likeliest":
            return self.probability(frame)
        value = frame[self.column].to_numpy(dtype=float, na_value=np.nan)
        signed = value if self.direction == "high" else -value
        return np.where(np.isnan(signed), np.nanmedian(signed), signed)


def plain_rule(frame: pd.DataFrame, outcome: pd.Series) -> PlainRule:
    """Best rule of a single predictor on the rows before the test.

    Numbers are read as 'high first' or 'low first', categories as 'likeliest
    level first' with the levels' event rates pulled to the base rate.

    Parameters
    ----------
    frame : DataFrame, one row per subject
        Predictors of the rows that come before the test.
    outcome : Series of bool, shape (n_subjects,)

    Returns
    -------
    PlainRule
        The one with the highest AUC.

    Raises
    ------
    ValueError
        If there is no predictor.
    """
    if frame.shape[1] == 0:
        raise ValueError(
            "predictors: 0 columns are left; expected one or more. "
            "Exclude fewer columns or add attributes to the source."
        )
    happened = np.asarray(outcome).astype(bool)
    strengths = {c: _strength(frame[c], happened) for c in numeric_columns(frame)}
    for column in category_columns(frame):
        rates = _level_rates(frame[column], happened)
        strengths[column] = (auc(happened, rates(frame[column])), "likeliest")
    best = max(strengths, key=lambda column: strengths[column][0])
    return _rule(best, strengths[best][1], frame[best], happened)


def _strength(column: pd.Series, happened: np.ndarray) -> tuple[float, str]:
    value = column.to_numpy(dtype=float, na_value=np.nan)
    if np.isnan(value).all():
        return 0.5, "high"
    area = auc(happened, np.where(np.isnan(value), np.nanmedian(value), value))
    return (area, "high") if area >= 0.5 else (1 - area, "low")


def _rule(column: str, direction: str, values: pd.Series, happened: np.ndarray) -> PlainRule:
    if direction == "likeliest":
        return PlainRule(column, direction, _level_rates(values, happened))
    return PlainRule(column, direction, _number_rates(values, happened, direction == "high"))


def _level_rates(column: pd.Series, happened: np.ndarray) -> object:
    base = happened.mean()
    seen = pd.Series(happened, dtype=float).groupby(_words(column).to_numpy()).agg(["sum", "size"])
    rates = (seen["sum"] + SMOOTHING_ROWS * base) / (seen["size"] + SMOOTHING_ROWS)
    return lambda column: _words(column).map(rates).fillna(base).to_numpy(dtype=float)


def _words(column: pd.Series) -> pd.Series:
    return column.astype(object).where(column.notna(), "(missing)").astype(str)


def _number_rates(column: pd.Series, happened: np.ndarray, rises: bool) -> object:
    value = column.to_numpy(dtype=float, na_value=np.nan)
    known = ~np.isnan(value)
    missing = happened[~known].mean() if (~known).any() else happened.mean()
    steps = IsotonicRegression(increasing=rises, out_of_bounds="clip")
    steps.fit(value[known], happened[known].astype(float))

    def rates(column: pd.Series) -> np.ndarray:
        value = column.to_numpy(dtype=float, na_value=np.nan)
        given = steps.predict(np.nan_to_num(value))
        return np.where(np.isnan(value), missing, given)

    return rates
