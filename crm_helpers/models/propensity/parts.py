"""Parts of fitting a propensity: settings, checks, columns, test rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_helpers.models.propensity.learners import METHODS
from crm_helpers.models.propensity.plain_rule import PlainRule
from crm_helpers.tables.needs import Skip

SEASON_DAYS = 45


@dataclass(frozen=True)
class PropensitySettings:
    """What a notebook may set.

    Parameters
    ----------
    method : str, default auto
        logistic, tree, naive_bayes, mlp, lightgbm, or auto: chosen before the test.
    seed : int, default 0
    min_events : int, default 50
        Fewest subjects with, and without, the outcome, in training and in test.
    exclude_columns : sequence of str
        Predictors left out by a parameter: known only afterwards.
    snapshot_columns : tuple of str, or None
        Attributes without a date, watched by the leakage alarm. None: all, if undated.
    trusted_columns : sequence of str
        Attributes without a date that are known to have been written before the outcome.
    folds : int, default 5
        Of the cross-validation of undated rows.
    candidates : tuple of str
        Methods that auto chooses from; fewer where outcomes are few.
    modelled_columns : tuple of str
        Predictors that come from a model of their own: too good to be a plain rule.
    protected_columns : sequence of str
        Attributes that decide about nobody; left out as well.
    rising_columns, falling_columns : sequence of str
        Predictors the score may only rise, or only fall, with.
    """

    method: str = "auto"
    seed: int = 0
    min_events: int = 50
    exclude_columns: Sequence[str] = ()
    snapshot_columns: tuple[str, ...] | None = None
    trusted_columns: Sequence[str] = ()
    folds: int = 5
    candidates: tuple[str, ...] = METHODS
    modelled_columns: tuple[str, ...] = ()
    protected_columns: Sequence[str] = ()
    rising_columns: Sequence[str] = ()
    falling_columns: Sequence[str] = ()

    @property
    def left_out(self) -> tuple[str, ...]:
        """Predictors that no model may use, for whichever of both reasons."""
        return (*self.exclude_columns, *self.protected_columns)

    @property
    def monotone(self) -> dict[str, int]:
        """Predictors the score must rise (1) or fall (-1) with."""
        return dict.fromkeys(self.rising_columns, 1) | dict.fromkeys(self.falling_columns, -1)

    def plain(self, predictors: pd.DataFrame) -> pd.DataFrame:
        """Predictors of which one alone may be the plain rule; all of them where none is left."""
        plain = predictors.drop(columns=[c for c in self.modelled_columns if c in predictors])
        return plain if plain.shape[1] else predictors


DEFAULTS = PropensitySettings()


def check_events(happened: np.ndarray, part: str, least: int) -> None:
    """Stop a report that has too few outcomes to learn from.

    Parameters
    ----------
    happened : ndarray of bool, shape (n_rows,)
    part : str
        training, test or all; for the message.
    least : int
        Fewest rows of either kind.

    Raises
    ------
    Skip
        If there are fewer.
    """
    if fewest(happened) < least:
        raise Skip(
            f"Too few outcomes to learn from: {int(happened.sum()):,} of {len(happened):,} rows "
            f"({part}) have the outcome; at least {least:,} of each kind are needed. "
            "Use a longer outcome window, more history, or more customers."
        )


def fewest(happened: np.ndarray) -> int:
    """Count of the rarer kind of outcome.

    Parameters
    ----------
    happened : ndarray of bool, shape (n_rows,)

    Returns
    -------
    int
    """
    return int(min(happened.sum(), len(happened) - happened.sum()))


def year_before(origin: pd.Series, target: object) -> np.ndarray | None:
    """Rows of the origin that lies a year before another, give or take 45 days.

    Parameters
    ----------
    origin : Series, shape (n_rows,)
        Origin of each row.
    target : date
        The origin looked at.

    Returns
    -------
    ndarray of bool, shape (n_rows,), or None
        None where origins are no dates or none lies there.
    """
    if not pd.api.types.is_datetime64_any_dtype(origin):
        return None
    distance = (pd.to_datetime(origin) - (pd.Timestamp(target) - pd.Timedelta(days=365))).abs()
    near = distance <= pd.Timedelta(days=SEASON_DAYS)
    return (near & (distance == distance.min())).to_numpy() if near.any() else None


def held_out_rows(
    rows: pd.DataFrame, key: str, happened: np.ndarray, chance: np.ndarray, rule: PlainRule
) -> pd.DataFrame:
    """What a model and a rule said of the test rows, beside what happened.

    Parameters
    ----------
    rows : DataFrame, one row per subject
        Test rows with key, origin_on and predictors.
    key : str
    happened : ndarray of bool, shape (n_rows,)
    chance : ndarray of float, shape (n_rows,)
        Calibrated probabilities of the model.
    rule : PlainRule

    Returns
    -------
    DataFrame, one row per test row
        <key>, origin_on, outcome, probability, rule_score, rule_probability
    """
    return pd.DataFrame(
        {
            key: rows[key],
            "origin_on": rows["origin_on"],
            "outcome": happened,
            "probability": chance,
            "rule_score": rule.score(rows),
            "rule_probability": rule.probability(rows),
        }
    )


def base_rates(rows: pd.DataFrame, happened: np.ndarray) -> pd.DataFrame:
    """Event rate at each origin.

    Parameters
    ----------
    rows : DataFrame, one row per subject and origin
        With origin_on and role.
    happened : ndarray of bool, shape (n_rows,)

    Returns
    -------
    DataFrame, one row per origin
        origin_on, role, customers : int, events : int, event_rate : float in [0, 1]
    """
    counts = rows.assign(event=happened).groupby(["origin_on", "role"])["event"]
    rates = counts.agg(["size", "sum", "mean"]).reset_index()
    return rates.set_axis(["origin_on", "role", "customers", "events", "event_rate"], axis=1)
