"""Choice of method and calibration on rows kept apart for it: learners -> the best one."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.models.propensity.calibrators import calibrated_losses
from crm_helpers.models.propensity.learners import HOLD_MONOTONE, METHODS, new_learner

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

    def with_scores(self, raw: np.ndarray, outcome: np.ndarray) -> "Choice":
        """Return the choice with more scores to calibrate on, and their outcomes."""
        more = {"raw": np.append(self.raw, raw), "outcome": np.append(self.outcome, outcome)}
        return replace(self, **more)


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


def subject_folds(
    outcome: np.ndarray, subject: np.ndarray, *, count: int, seed: int
) -> list[Split]:
    """Folds of subjects, stratified by whether they ever had the outcome; quick for many.

    Parameters
    ----------
    outcome : ndarray of bool, shape (n_rows,)
    subject : ndarray, shape (n_rows,)
        Whose row it is; may come several times.
    count : int
        Number of folds.
    seed : int
        For the shuffle.

    Returns
    -------
    list of Split
    """
    codes, names = pd.factorize(subject)
    ever = np.bincount(codes, weights=outcome, minlength=len(names)) > 0
    fold = np.empty(len(names), dtype=int)
    rng = np.random.default_rng(seed)
    for kind in (ever, ~ever):
        fold[kind] = rng.permutation(kind.sum()) % count
    of_row = fold[codes]
    return [Split(np.flatnonzero(of_row != k), np.flatnonzero(of_row == k)) for k in range(count)]


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
    methods: tuple[str, ...] = METHODS,
    monotone: dict[str, int] | None = None,
    seed: int = 0,
) -> Choice:
    """Method and calibration with the lowest log loss on rows not learned from.

    A difference within its own standard error is noise: among those so close to the best
    the plainest is taken, in the order in which methods and calibrations are listed.

    Parameters
    ----------
    predictors : DataFrame, one row per subject and origin
    outcome : ndarray of bool, shape (n_rows,)
    splits : list of Split
        Rows to learn on (at most 20,000 of them are used) and rows to judge by.
    methods : tuple of str, default all five
        Those tried; of a single one the calibration alone is chosen.
    monotone : dict of str to int, optional
        Predictors the score must rise (1) or fall (-1) with.
    seed : int, default 0

    Returns
    -------
    Choice
    """
    rows = np.concatenate([split.judge for split in splits])
    happened = outcome[rows].astype(bool)
    raws, losses = {}, {}
    for name in _able(methods, monotone):
        raws[name] = raw_scores(name, predictors, outcome, splits, monotone, seed)
        own = calibrated_losses(raws[name], happened, seed=seed)
        losses |= {(name, kind): loss for kind, loss in own.items()}
    areas = {name: auc(happened, raw) for name, raw in raws.items()}
    tried = [(name, kind, areas[name], loss.mean()) for (name, kind), loss in losses.items()]
    table = pd.DataFrame(tried, columns=["method", "calibration", "auc", "log_loss"])
    method, calibration = _plainest(losses)
    return Choice(method, calibration, table, raws[method], happened)


def _plainest(losses: dict[tuple[str, str], np.ndarray]) -> tuple[str, str]:
    best = min(losses.values(), key=np.mean)
    for candidate, loss in losses.items():
        more = loss - best
        if more.mean() <= more.std() / np.sqrt(len(more)):
            return candidate
    return next(iter(losses))


def _able(methods: tuple[str, ...], monotone: dict[str, int] | None) -> tuple[str, ...]:
    """Methods that can hold the constraints; a single one is left to say that it cannot."""
    if not monotone or len(methods) == 1:
        return methods
    return tuple(method for method in methods if method in HOLD_MONOTONE)


def raw_scores(
    method: str,
    predictors: pd.DataFrame,
    outcome: np.ndarray,
    splits: list[Split],
    monotone: dict[str, int] | None,
    seed: int,
) -> np.ndarray:
    """Raw probabilities of the rows judged, split after split, by learners that had not seen them.

    Parameters
    ----------
    method : str
    predictors : DataFrame, one row per subject and origin
    outcome : ndarray of bool, shape (n_rows,)
    splits : list of Split
        At most 20,000 rows of each are learned from.
    monotone : dict of str to int, or None
    seed : int

    Returns
    -------
    ndarray of float in [0, 1], shape (rows judged,)
    """
    parts = []
    for split in splits:
        learn = split.learn
        if len(learn) > CHOICE_ROWS:
            learn = np.random.default_rng(seed).choice(learn, CHOICE_ROWS, replace=False)
        learner = new_learner(method, seed=seed, monotone=monotone)
        learner.fit(predictors.iloc[learn], outcome[learn])
        parts.append(learner.probability(predictors.iloc[split.judge]))
    return np.concatenate(parts)
