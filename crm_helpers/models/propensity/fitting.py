"""Fitting: a choice + rows -> a trained learner, its calibration, and how far its level was out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.loss_forecast import level_error
from crm_helpers.models.propensity.calibrators import Calibrator, calibrator, levelled
from crm_helpers.models.propensity.choice import (
    Choice,
    Split,
    inner_folds,
    raw_scores,
    subject_folds,
)
from crm_helpers.models.propensity.learners import Learner, new_learner
from crm_helpers.models.propensity.parts import PropensitySettings, fewest

LEVEL_FOLDS = 5
FEWEST_FOR_LEVEL = 100
FEWEST_TO_CHOOSE_BY = 10


@dataclass(frozen=True)
class Fitted:
    """A trained learner and the calibration of its scores."""

    learner: Learner
    calibrate: Calibrator

    def probability(self, predictors: pd.DataFrame) -> np.ndarray:
        """Calibrated probability of the outcome.

        Parameters
        ----------
        predictors : DataFrame, one row per subject

        Returns
        -------
        ndarray of float in [0, 1], shape (n_subjects,)
        """
        return self.calibrate(self.learner.probability(predictors))


@dataclass(frozen=True)
class Level:
    """Raw scores by learners that had not seen these rows, and what happened: the level's witness.

    Parameters
    ----------
    raw : ndarray of float in [0, 1], shape (n_rows,)
    outcome : ndarray of bool, shape (n_rows,)
    season : ndarray of bool, shape (n_rows,), optional
        Rows of the same season a year before.
    """

    raw: np.ndarray
    outcome: np.ndarray
    season: np.ndarray | None = None


def fitted(
    choice: Choice,
    predictors: pd.DataFrame,
    happened: np.ndarray,
    settings: PropensitySettings,
    *,
    level: Level,
) -> Fitted:
    """Chosen method trained on the given rows, calibrated in shape as chosen, in level by others.

    A learner's scores of the rows it learned from lie further apart than those of new rows, so
    the level is never taken from them.

    Parameters
    ----------
    choice : Choice
    predictors : DataFrame, one row per subject and origin
    happened : ndarray of bool, shape (n_rows,)
    settings : PropensitySettings
    level : Level
        From `unseen_scores`.

    Returns
    -------
    Fitted
    """
    monotone = {c: sign for c, sign in settings.monotone.items() if c in predictors}
    learner = new_learner(choice.method, seed=settings.seed, monotone=monotone)
    learner.fit(predictors, happened)
    shape = calibrator(choice.calibration, choice.raw, choice.outcome)
    return Fitted(learner, levelled(shape, level.raw, level.outcome, season=level.season))


def unseen_scores(
    method: str,
    predictors: pd.DataFrame,
    happened: np.ndarray,
    subject: np.ndarray,
    settings: PropensitySettings,
) -> np.ndarray:
    """Raw score of each row by a learner that had seen no row of its subject: five folds.

    Parameters
    ----------
    method : str
    predictors : DataFrame, one row per subject and origin
    happened : ndarray of bool, shape (n_rows,)
    subject : ndarray, shape (n_rows,)
    settings : PropensitySettings

    Returns
    -------
    ndarray of float in [0, 1], shape (n_rows,)
    """
    splits = subject_folds(happened, subject, count=LEVEL_FOLDS, seed=settings.seed)
    monotone = {c: sign for c, sign in settings.monotone.items() if c in predictors}
    found = raw_scores(method, predictors, happened, splits, monotone, settings.seed)
    raw = np.empty(len(happened))
    raw[np.concatenate([split.judge for split in splits])] = found
    return raw


def level_errors(rows: pd.DataFrame, happened: np.ndarray, chance: np.ndarray) -> tuple[float, ...]:
    """Errors of the level by origin, the test last; those learned from count by their scatter.

    The model knows no origin, so its level misses the origins it learned from almost as it
    misses a later one; only their common mean is fitted.

    Parameters
    ----------
    rows : DataFrame, one row per subject and origin
        With role and origin_on.
    happened : ndarray of bool, shape (n_rows,)
    chance : ndarray of float in [0, 1], shape (n_rows,)
        By learners that had not seen the row.

    Returns
    -------
    tuple of float, in log-odds
    """
    test = (rows["role"] == "test").to_numpy()
    origin = rows.loc[~test, "origin_on"]
    earlier = [
        level_error(happened[~test][part], chance[~test][part])
        for part in ((origin == day).to_numpy() for day in sorted(origin.unique()))
        if part.sum() >= FEWEST_FOR_LEVEL
    ]
    scatter = [error - float(np.mean(earlier)) for error in earlier]
    return (*scatter, level_error(happened[test], chance[test]))


def time_splits(
    role: np.ndarray, subject: np.ndarray, happened: np.ndarray, settings: PropensitySettings
) -> list[Split]:
    """Training rows to learn on and validation rows to choose by; folds where one is missing.

    Parameters
    ----------
    role : ndarray of str, shape (n_rows,)
        train, validation or test.
    subject : ndarray, shape (n_rows,)
    happened : ndarray of bool, shape (n_rows,)
    settings : PropensitySettings

    Returns
    -------
    list of Split
    """
    train, validation = np.flatnonzero(role == "train"), np.flatnonzero(role == "validation")
    if min(fewest(happened[train]), fewest(happened[validation])) >= FEWEST_TO_CHOOSE_BY:
        return [Split(train, validation)]
    before = np.flatnonzero(role != "test")
    inner = inner_folds(happened[before], subject[before], seed=settings.seed)
    return [Split(before[split.learn], before[split.judge]) for split in inner]
