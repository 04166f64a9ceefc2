"""Genetic algorithm: a merit of attribute sets -> the best set that evolution finds."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.models.credit.woe_bins import BinSettings, WoeBins, woe_bins

ELITE = 2
RIVALS = 3
# Sets of attributes are judged on so many rows at most; the regression learns from all.
SEARCH_ROWS = 3_000
RIDGE, NEWTON_STEPS = 0.5, 25


@dataclass(frozen=True)
class Evolution:
    """Size and length of the search, and how strongly sets are mixed and changed."""

    population: int = 24
    generations: int = 15
    crossover: float = 0.9
    seed: int = 0


def evolve(
    merit: Callable[[np.ndarray], float], genes: int, evolution: Evolution | None = None
) -> tuple[np.ndarray, pd.DataFrame]:
    """Best mask found by tournament selection, uniform crossover and mutation.

    The two best of a generation live on unchanged; a gene flips with chance 1 / genes; a mask
    already judged is not judged again. The first generation holds the full mask.

    Parameters
    ----------
    merit : callable
        Mask of bool, shape (genes,) -> float, higher is better.
    genes : int
    evolution : Evolution, optional

    Returns
    -------
    tuple of
        ndarray of bool, shape (genes,): the best mask
        DataFrame, one row per generation: generation, best, mean (of the merit)

    References
    ----------
    .. [1] Goldberg (1989), Genetic Algorithms in Search, Optimization and Machine
       Learning, ch. 3.
    """
    evolution = evolution or Evolution()
    draw = np.random.default_rng(evolution.seed)
    masks = draw.random((evolution.population, genes)) < 0.5
    masks[0] = True
    known: dict[bytes, float] = {}
    history = []
    for generation in range(evolution.generations + 1):
        merits = np.array([_judged(mask, merit, known) for mask in masks])
        order = np.argsort(-merits, kind="stable")
        masks, merits = masks[order], merits[order]
        history.append({"generation": generation, "best": merits[0], "mean": merits.mean()})
        if generation < evolution.generations:
            masks = np.vstack([masks[:ELITE], _children(masks, evolution, draw)])
    return masks[0], pd.DataFrame(history)


class GeneticLogistic:
    """Logistic regression on weight of evidence with attributes chosen by a genetic algorithm.

    Merit is the AUC in three-fold cross-validation inside the training part, less a small
    price per attribute, so that of two equals the shorter set wins. Bins are learned on the
    training part of each inner fold. The search looks at 3,000 rows at most, drawn at random.

    Parameters
    ----------
    evolution : Evolution
    price : float
        AUC an attribute must bring to be worth its place.
    """

    def __init__(self, evolution: Evolution | None = None, price: float = 0.0005):
        self.evolution, self.price = evolution or Evolution(), price

    def fit(self, frame: pd.DataFrame, outcome: pd.Series) -> "GeneticLogistic":
        """Choose attributes and learn the regression from a training part.

        Parameters
        ----------
        frame : DataFrame, one row per subject
        outcome : Series of bool, shape (n_subjects,)

        Returns
        -------
        GeneticLogistic, itself
        """
        flags = pd.Series(np.asarray(outcome).astype(bool), index=frame.index)
        drawn = np.random.default_rng(self.evolution.seed).permutation(len(frame))[:SEARCH_ROWS]
        drawn = np.sort(drawn)
        folds = self._folds(frame.iloc[drawn], flags.iloc[drawn])
        mask, self.history = evolve(
            lambda mask: self._merit(mask, folds), frame.shape[1], self.evolution
        )
        self.chosen = [name for name, kept in zip(frame, mask, strict=True) if kept]
        self.bins: list[WoeBins] = [woe_bins(frame[c], flags, BinSettings()) for c in self.chosen]
        self.model = _regression().fit(self._evidence(frame), flags.astype(int))
        return self

    def probability(self, frame: pd.DataFrame) -> np.ndarray:
        """Probability of the outcome, shape (n_subjects,)."""
        return self.model.predict_proba(self._evidence(frame))[:, 1]

    def _evidence(self, frame: pd.DataFrame) -> np.ndarray:
        return np.column_stack([bins.encoded(frame[bins.name]) for bins in self.bins])

    def _folds(self, frame: pd.DataFrame, flags: pd.Series) -> list[tuple[np.ndarray, ...]]:
        splitter = StratifiedKFold(3, shuffle=True, random_state=self.evolution.seed)
        folds = []
        for learn, judge in splitter.split(frame, flags):
            bins = [woe_bins(frame[c].iloc[learn], flags.iloc[learn]) for c in frame]
            both = [
                np.column_stack([b.encoded(frame[b.name].iloc[at]) for b in bins])
                for at in (learn, judge)
            ]
            folds.append((*both, flags.to_numpy()[learn], flags.to_numpy()[judge]))
        return folds

    def _merit(self, mask: np.ndarray, folds: list[tuple[np.ndarray, ...]]) -> float:
        if not mask.any():
            return 0.0
        found = []
        for learn, judge, known, hidden in folds:
            found.append(auc(hidden, _log_odds(learn[:, mask], known, judge[:, mask])))
        return float(np.mean(found)) - self.price * int(mask.sum())


def _regression() -> LogisticRegression:
    return LogisticRegression(C=RIDGE, solver="newton-cholesky")


def _log_odds(learn: np.ndarray, known: np.ndarray, judge: np.ndarray) -> np.ndarray:
    """What the same regression says of unseen rows, without the checks that a search repeats."""
    ones = np.ones((len(learn), 1))
    told, penalty = np.hstack([ones, learn]), np.append(0.0, np.full(learn.shape[1], 1 / RIDGE))
    weights = np.zeros(told.shape[1])
    for _ in range(NEWTON_STEPS):
        chance = expit(told @ weights)
        slope = told.T @ (chance - known) + penalty * weights
        bend = (told * (chance * (1 - chance))[:, None]).T @ told + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-6:
            break
    return weights[0] + judge @ weights[1:]


def _judged(mask: np.ndarray, merit: Callable[[np.ndarray], float], known: dict) -> float:
    if mask.tobytes() not in known:
        known[mask.tobytes()] = merit(mask)
    return known[mask.tobytes()]


def _children(masks: np.ndarray, evolution: Evolution, draw: np.random.Generator) -> np.ndarray:
    """Masks come in order of merit, so the lowest number of a tournament wins it."""
    count, genes = evolution.population - ELITE, masks.shape[1]
    parents = draw.integers(len(masks), size=(2, count, RIVALS)).min(axis=2)
    mixed = (draw.random((count, genes)) < 0.5) & (draw.random((count, 1)) < evolution.crossover)
    young = np.where(mixed, masks[parents[1]], masks[parents[0]])
    return young ^ (draw.random((count, genes)) < 1.0 / genes)
