"""Rough-set rules: a decision table -> shortest rules that cover it, and a classifier by them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_helpers.models.credit.woe_bins import WoeBins, woe_bins
from crm_helpers.models.soft_computing.rough_sets import quick_reduct

LEARNING_ROWS = 3_000
CHUNK_ROWS = 50_000
PRIOR_OBJECTS = 20


@dataclass(frozen=True)
class RoughRule:
    """If all conditions hold, then the decision; how often that was so in training."""

    conditions: tuple[tuple[str, object], ...]
    decision: object
    covered: int
    right: int


def lem2(table: pd.DataFrame, decision: pd.Series, *, enough: float = 1.0) -> list[RoughRule]:
    """Small set of short rules that together cover every object that can be decided.

    Each rule takes, one at a time, the condition met by most objects still uncovered
    (ties: the one met by fewest objects in all), until it is precise enough; conditions not
    needed are then dropped. With `enough` 1 the rules are certain and cover the lower
    approximation of each decision; below 1 they must come that share of the way from the
    decision's base rate to certainty, which noisy data want.

    Parameters
    ----------
    table : DataFrame, one row per object
        Attributes of few values.
    decision : Series, shape (n_objects,)
    enough : float in (0, 1], default 1

    Returns
    -------
    list of RoughRule, decision by decision

    References
    ----------
    .. [1] Grzymala-Busse (1997), A New Version of the Rule Induction System LERS,
       Fundamenta Informaticae 31 (LEM2).
    """
    names, met = _selectors(table)
    counted = met.astype(np.float32)  # whole numbers up to 16 million stay exact
    rules: list[RoughRule] = []
    for value in sorted(pd.unique(np.asarray(decision)), key=str):
        concept = np.asarray(decision) == value
        precise = concept.mean() + enough * (1 - concept.mean()) - 1e-12
        left = concept.copy()
        while left.any():
            chosen = _grown(names, (met, counted), concept, left, precise)
            covered = met[chosen].all(axis=0)
            right = int((covered & concept).sum())
            if right >= precise * covered.sum():
                conditions = tuple(names[place] for place in chosen)
                rules.append(RoughRule(conditions, value, int(covered.sum()), right))
            left &= ~covered
    return rules


class RoughSetRules:
    """Classifier by rules on a reduct of the binned attributes.

    Each matching rule votes with its log-odds over the base rate, pulled towards it as if
    twenty more objects had come at that rate; who matches no rule stays at the base rate.

    Parameters
    ----------
    enough : float
        Share of the way from base rate to certainty at which a rule stops growing.
    gamma_kept : float
        Share of the dependency that the reduct has to keep.
    seed : int
        For the sample of at most 3,000 rows that bins, reduct and rules are learned on.

    References
    ----------
    .. [1] Grzymala-Busse (1997), Fundamenta Informaticae 31 (LERS); its votes by strength
       and specificity are replaced by log-odds, which rank better where base rates differ.
    """

    def __init__(self, enough: float = 0.5, gamma_kept: float = 0.8, seed: int = 0):
        self.enough, self.gamma_kept, self.seed = enough, gamma_kept, seed

    def fit(self, frame: pd.DataFrame, outcome: pd.Series) -> "RoughSetRules":
        """Learn bins, reduct and rules from a training part.

        Parameters
        ----------
        frame : DataFrame, one row per subject
        outcome : Series of bool, shape (n_subjects,)

        Returns
        -------
        RoughSetRules, itself
        """
        flags = pd.Series(np.asarray(outcome).astype(bool))
        rows = np.random.default_rng(self.seed).permutation(len(frame))[:LEARNING_ROWS]
        if len(rows) < len(frame):
            frame, flags = frame.iloc[np.sort(rows)], flags[np.sort(rows)].reset_index(drop=True)
        self.bins: dict[str, WoeBins] = {c: woe_bins(frame[c], flags) for c in frame}
        table = self._binned(frame)
        self.reduct = quick_reduct(table, flags, enough=self.gamma_kept)
        self.rules = lem2(table[self.reduct], flags, enough=self.enough)
        self.base_odds = float(np.log(flags.mean() / (1 - flags.mean())))
        self.votes = np.array([_vote(rule, float(flags.mean())) for rule in self.rules])
        return self

    def probability(self, frame: pd.DataFrame) -> np.ndarray:
        """Logistic of the votes added to the base rate; not calibrated.

        Parameters
        ----------
        frame : DataFrame, one row per subject

        Returns
        -------
        ndarray of float in (0, 1), shape (n_subjects,)
        """
        table = self._binned(frame)[self.reduct]
        steps = range(0, len(table), CHUNK_ROWS)
        votes = [self._added(table.iloc[at : at + CHUNK_ROWS]) for at in steps]
        return 1 / (1 + np.exp(-np.concatenate(votes)))

    def _added(self, table: pd.DataFrame) -> np.ndarray:
        added = np.full(len(table), self.base_odds)
        for rule, vote in zip(self.rules, self.votes, strict=True):
            hits = [(table[name] == value).to_numpy() for name, value in rule.conditions]
            added += vote * np.logical_and.reduce(hits)
        return added

    def _binned(self, frame: pd.DataFrame) -> pd.DataFrame:
        codes = {name: bins.codes(frame[name]) for name, bins in self.bins.items()}
        return pd.DataFrame(codes, index=frame.index)


def _selectors(table: pd.DataFrame) -> tuple[list[tuple[str, object]], np.ndarray]:
    names = [(c, value) for c in table for value in sorted(table[c].unique(), key=str)]
    met = np.array([(table[c] == value).to_numpy() for c, value in names], dtype=bool)
    return names, met.reshape(len(names), len(table))


def _grown(
    names: list[tuple[str, object]],
    conditions: tuple[np.ndarray, np.ndarray],
    concept: np.ndarray,
    left: np.ndarray,
    precise: float,
) -> list[int]:
    """Conditions of the next rule: grown until precise enough, then thinned."""
    met, counted = conditions
    chosen: list[int] = []
    covered, goal = np.ones(len(concept), bool), left.copy()
    free = np.ones(len(names), bool)
    columns, size = np.array([name for name, _ in names]), met.sum(axis=1)
    while not chosen or (covered & concept).sum() < precise * covered.sum():
        if not free.any():
            break
        hits = np.where(free, counted @ goal.astype(np.float32), -1)
        best = np.flatnonzero(hits == hits.max())
        chosen.append(int(best[np.argmin(size[best])]))
        covered &= met[chosen[-1]]
        goal &= met[chosen[-1]]
        free &= columns != columns[chosen[-1]]
    return _thinned(chosen, met, concept, precise)


def _thinned(chosen: list[int], met: np.ndarray, concept: np.ndarray, precise: float) -> list[int]:
    for place in list(chosen):
        fewer = [other for other in chosen if other != place]
        if fewer:
            covered = met[fewer].all(axis=0)
            if (covered & concept).sum() >= precise * covered.sum():
                chosen = fewer
    return chosen


def _vote(rule: RoughRule, base: float) -> float:
    happened = rule.right if rule.decision else rule.covered - rule.right
    pulled = (happened + PRIOR_OBJECTS * base) / (rule.covered + PRIOR_OBJECTS)
    return float(np.log(pulled / (1 - pulled)) - np.log(base / (1 - base)))
