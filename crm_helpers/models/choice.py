"""Choice of method and calibration on rows kept apart for it: learners -> the best one."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

from crm_helpers.measures.auc import auc
from crm_helpers.models.calibrators import calibration_losses
from crm_helpers.models.learners import HOLD_MONOTONE, METHODS, new_learner

CHOICE_ROWS = 20_000
SMALL_ROWS = 20_000


@dataclass(frozen=True)
class Split:
    """Row numbers to learn on and to choose by."""

    learn: np.ndarray
    judge: np.ndarray


@dataclass(frozen=True)
class Choice:
    """Method and calibration chosen, all that were tried, and the raw scores to calibrate on."""

    method: str
    calibration: str
    tried: pd.DataFrame
    raw: np.ndarray
    outcome: np.ndarray


def folds(outcome: np.ndarray, subject: np.ndarray, *, count: int, seed: int) -> list[Split]:
    """Stratified folds; all rows of a subject are in one fold.

    Parameters
    ----------
    outcome : ndarray of bool, shape (n_rows,)
    subject : ndarray, shape (n_rows,)
        Whose row it is.
    count : int
        Number of folds.
    seed : int
        For the shuffle.

    Returns
    -------
    list of Split
    """
    repeated = len(pd.unique(subject)) < len(subject)
    kind = StratifiedGroupKFold if repeated else StratifiedKFold
    splitter = kind(n_splits=count, shuffle=True, random_state=seed)
    parts = splitter.split(np.zeros(len(outcome)), outcome, groups=subject if repeated else None)
    return [Split(learn, judge) for learn, judge in parts]


def inner_folds(outcome: np.ndarray, subject: np.ndarray, *, seed: int) -> list[Split]:
    """Folds to choose by where no time split is to be had: three, or one when rows abound.

    Parameters
    ----------
    outcome : ndarray of bool, shape (n_rows,)
    subject : ndarray, shape (n_rows,)
        Whose row it is.
    seed : int
        For the shuffle.

    Returns
    -------
    list of Split
    """
    if len(outcome) <= SMALL_ROWS:
        return folds(outcome, subject, count=3, seed=seed)
    return folds(outcome, subject, count=4, seed=seed)[:1]


def chosen(
    predictors: pd.DataFrame,
    outcome: np.ndarray,
    splits: list[Split],
    *,
    method: str = "auto",
    monotone: dict[str, int] | None = None,
    seed: int = 0,
) -> Choice:
    """Method and calibration with the lowest log loss on rows not learned from.

    Parameters
    ----------
    predictors : DataFrame, one row per subject and origin
    outcome : ndarray of bool, shape (n_rows,)
    splits : list of Split
        Rows to learn on (at most 20,000 of them are used) and rows to judge by.
    method : str, default auto
        One method, whose calibration alone is chosen, or auto: all five.
    monotone : dict of str to int, optional
        Predictors the score must rise (1) or fall (-1) with.
    seed : int, default 0

    Returns
    -------
    Choice
    """
    rows = np.concatenate([split.judge for split in splits])
    happened = outcome[rows].astype(bool)
    raws, tried = {}, []
    for name in _candidates(method, monotone):
        raws[name] = _raw(name, predictors, outcome, splits, monotone, seed)
        losses = calibration_losses(raws[name], happened, seed=seed)
        area = auc(happened, raws[name])
        tried += [(name, kind, area, loss) for kind, loss in losses.items()]
    table = pd.DataFrame(tried, columns=["method", "calibration", "auc", "log_loss"])
    best = table.loc[table["log_loss"].idxmin()]
    return Choice(best["method"], best["calibration"], table, raws[best["method"]], happened)


def _candidates(method: str, monotone: dict[str, int] | None) -> tuple[str, ...]:
    if method != "auto":
        return (method,)
    return HOLD_MONOTONE if monotone else METHODS


def _raw(
    method: str,
    predictors: pd.DataFrame,
    outcome: np.ndarray,
    splits: list[Split],
    monotone: dict[str, int] | None,
    seed: int,
) -> np.ndarray:
    parts = []
    for split in splits:
        learn = split.learn
        if len(learn) > CHOICE_ROWS:
            learn = np.random.default_rng(seed).choice(learn, CHOICE_ROWS, replace=False)
        learner = new_learner(method, seed=seed, monotone=monotone)
        learner.fit(predictors.iloc[learn], outcome[learn])
        parts.append(learner.probability(predictors.iloc[split.judge]))
    return np.concatenate(parts)
