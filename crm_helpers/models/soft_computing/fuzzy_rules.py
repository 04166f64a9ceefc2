"""Fuzzy rules: attributes in degrees + outcomes -> short rules in words, and a classifier."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_helpers.models.soft_computing.fuzzy_sets import FuzzySets, fuzzy_sets

LEARNING_ROWS = 20_000
CHUNK_ROWS = 20_000
SMALLEST_SUPPORT = 0.02


@dataclass(frozen=True)
class FuzzyRule:
    """If an attribute is so (and another so), then the outcome is likelier, or rarer, than usual.

    Attributes
    ----------
    conditions : tuple of (attribute, set)
    confidence : float
        Share of the outcome among the subjects, weighted by their degrees.
    support : float
        Average degree to which subjects meet the conditions.
    weight : float
        Confidence less base rate, over what it could be at most; below 0 against the outcome.
    """

    conditions: tuple[tuple[str, str], ...]
    confidence: float
    support: float
    weight: float


class FuzzyRules:
    """Classifier by the best fuzzy rules with one or two conditions.

    All rules with at least 2 % support are weighed; the `rules` with the most weight times
    root support stay, the same number for and against the outcome. A subject's score is the
    sum of weights times degrees (minimum of the conditions), then a logistic of it.

    Parameters
    ----------
    rules : int
        How many rules to keep on each side.
    seed : int
        For the sample of at most 20,000 rows that rules are learned on.

    References
    ----------
    .. [1] Ishibuchi & Yamamoto (2005), Rule Weight Specification in Fuzzy Rule-Based
       Classification Systems, IEEE Transactions on Fuzzy Systems 13 (additive voting).
    """

    def __init__(self, rules: int = 40, seed: int = 0):
        self.count, self.seed = rules, seed

    def fit(self, frame: pd.DataFrame, outcome: pd.Series) -> "FuzzyRules":
        """Learn sets and rules from a training part.

        Parameters
        ----------
        frame : DataFrame, one row per subject
        outcome : Series of bool, shape (n_subjects,)

        Returns
        -------
        FuzzyRules, itself

        Raises
        ------
        ValueError
            If no condition is met by 2 % of the subjects.
        """
        flags = np.asarray(outcome).astype(bool)
        rows = np.random.default_rng(self.seed).permutation(len(frame))[:LEARNING_ROWS]
        frame, flags = frame.iloc[np.sort(rows)], flags[np.sort(rows)]
        self.sets: list[FuzzySets] = [fuzzy_sets(frame[c]) for c in frame]
        self.names = [(s.name, word) for s in self.sets for word in s.words]
        self.pairs, self.weights = self._best(self._degrees(frame), flags)
        return self

    def probability(self, frame: pd.DataFrame) -> np.ndarray:
        """Logistic of the votes: 0.5 where they are even; not calibrated.

        Parameters
        ----------
        frame : DataFrame, one row per subject

        Returns
        -------
        ndarray of float in (0, 1), shape (n_subjects,)
        """
        parts = range(0, len(frame), CHUNK_ROWS)
        votes = [self._votes(frame.iloc[at : at + CHUNK_ROWS]) for at in parts]
        return 1.0 / (1.0 + np.exp(-np.concatenate(votes)))

    def _votes(self, frame: pd.DataFrame) -> np.ndarray:
        degrees = self._degrees(frame)
        first, second = self.pairs.T
        return np.minimum(degrees[:, first], degrees[:, second]) @ self.weights

    def _degrees(self, frame: pd.DataFrame) -> np.ndarray:
        return np.column_stack([s.degrees(frame[s.name]) for s in self.sets])

    def _best(self, degrees: np.ndarray, flags: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        pairs = self._candidates()
        met, confidence = _weighed(degrees, flags, pairs)
        base = flags.mean()
        room = np.where(confidence >= base, 1 - base, base)
        weight = np.where(met >= SMALLEST_SUPPORT, (confidence - base) / room, 0.0)
        if not weight.any():
            raise ValueError(
                f"fuzzy rules: none of {len(pairs):,} conditions tells anything on "
                f"{len(flags):,} subjects. Check the attributes and the label."
            )
        merit = weight * np.sqrt(met)
        order = np.argsort(merit, kind="stable")
        kept = np.unique(np.concatenate([order[: self.count], order[-self.count :]]))
        kept = kept[weight[kept] != 0]
        self.rules = [self._rule(pairs[k], confidence[k], met[k], weight[k]) for k in kept]
        return pairs[kept], weight[kept]

    def _candidates(self) -> np.ndarray:
        """Pairs of sets of different attributes; a set paired with itself is a rule of one."""
        owner = np.array([place for place, s in enumerate(self.sets) for _ in s.words])
        first, second = np.triu_indices(len(owner))
        apart = (owner[first] != owner[second]) | (first == second)
        return np.column_stack([first[apart], second[apart]])

    def _rule(self, pair: np.ndarray, confidence: float, met: float, weight: float) -> FuzzyRule:
        conditions = tuple(dict.fromkeys(self.names[place] for place in pair))
        return FuzzyRule(conditions, float(confidence), float(met), float(weight))


def _weighed(
    degrees: np.ndarray, flags: np.ndarray, pairs: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Average degree of each pair, and the outcome's share weighted by it."""
    met, confidence = np.zeros(len(pairs)), np.zeros(len(pairs))
    for place, column in enumerate(degrees.T):
        mine = np.flatnonzero(pairs[:, 0] == place)
        both = np.minimum(column[:, None], degrees[:, pairs[mine, 1]])
        met[mine] = both.mean(axis=0)
        with_outcome = both[flags].sum(axis=0)
        total = both.sum(axis=0)
        confidence[mine] = np.divide(
            with_outcome, total, out=np.full(len(mine), flags.mean()), where=total > 0
        )
    return met, confidence
