"""Weight-of-evidence bins: one attribute + outcomes -> few bins that stay in order."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api import types
from sklearn.tree import DecisionTreeClassifier

from crm_helpers.measures.credit.woe import information_value, woe_of_codes
from crm_helpers.models.propensity.conditions import cut_at, scale_of

NEVER_SEEN = -1
# Edges are looked for on so many rows at most, drawn at random; every row counts in the bins.
EDGE_ROWS = 10_000


@dataclass(frozen=True)
class BinSettings:
    """How coarse bins are, and whether the event rate must go one way."""

    most: int = 5
    smallest_share: float = 0.05
    monotone: bool = True


@dataclass(frozen=True)
class WoeBins:
    """Bins of one attribute with their weight of evidence.

    Attributes
    ----------
    name : str
    woe : ndarray of float, shape (n_bins,)
        The last bin is that of missing values; 0 for a bin that training never saw.
    table : DataFrame, one row per bin seen in training
        As `woe_table` gives it; bin : int, its number.
    edges : ndarray of float
        Inner edges of a number's bins; a value on an edge belongs below it.
    levels : dict of str to int
        Bin of each level of a category; empty for numbers.
    """

    name: str
    woe: np.ndarray
    table: pd.DataFrame
    edges: np.ndarray
    levels: dict[str, int]

    @property
    def missing(self) -> int:
        """Number of the bin of missing values."""
        return len(self.woe) - 1

    @property
    def information_value(self) -> float:
        """Information value of the attribute in its bins."""
        return information_value(self.table)

    def codes(self, values: pd.Series) -> np.ndarray:
        """Number of the bin of each value; -1 for a level that training never saw.

        Parameters
        ----------
        values : Series, shape (n_subjects,)

        Returns
        -------
        ndarray of int, shape (n_subjects,)
        """
        if self.levels:
            place, seen = pd.factorize(values)
            known = [self.levels.get(str(level), NEVER_SEEN) for level in seen]
            return np.array([*known, self.missing], dtype=int)[place]
        numbers = pd.to_numeric(values).to_numpy(dtype=float, na_value=np.nan)
        found = np.searchsorted(self.edges, numbers, side="left")
        return np.where(np.isnan(numbers), self.missing, found)

    def encoded(self, values: pd.Series) -> np.ndarray:
        """Weight of evidence of each value; 0 where training never saw its like."""
        codes = self.codes(values)
        return np.where(codes < 0, 0.0, self.woe[codes])


def woe_bins(values: pd.Series, outcome: pd.Series, settings: BinSettings | None = None) -> WoeBins:
    """Few bins of an attribute, found by a small decision tree.

    Numbers are cut so that the event rate goes one way (the better of both ways) where
    `monotone` asks for it; levels of a category are put in order of their event rate and
    neighbours share a bin. Missing values have a bin of their own. Learn on training rows alone.

    Parameters
    ----------
    values : Series, shape (n_subjects,)
        Numbers, flags or words; may be missing.
    outcome : Series of bool, shape (n_subjects,)
    settings : BinSettings, optional
        Most bins, smallest share of the subjects in a bin, one-way event rate or not.

    Returns
    -------
    WoeBins

    Raises
    ------
    ValueError
        If no subject, or every subject, has the event.

    References
    ----------
    .. [1] Siddiqi (2006), Credit Risk Scorecards, ch. 6.
    """
    settings = settings or BinSettings()
    flags = np.asarray(outcome).astype(bool)
    is_number = types.is_numeric_dtype(values) or types.is_bool_dtype(values)
    build = _of_numbers if is_number else _of_levels
    edges, levels = build(values, flags, settings)
    known = max(levels.values(), default=len(edges)) + 1
    empty = WoeBins(str(values.name), np.zeros(known + 1), pd.DataFrame(), edges, levels)
    return _with_woe(empty, values, flags)


def _with_woe(bins: WoeBins, values: pd.Series, flags: np.ndarray) -> WoeBins:
    table = woe_of_codes(bins.codes(values), flags)
    woe = np.zeros(len(bins.woe))
    woe[table["bin"]] = table["woe"]
    return WoeBins(bins.name, woe, table, bins.edges, bins.levels)


Found = tuple[np.ndarray, dict[str, int]]


def _of_numbers(values: pd.Series, flags: np.ndarray, settings: BinSettings) -> Found:
    numbers = pd.to_numeric(values).to_numpy(dtype=float, na_value=np.nan)
    known = ~np.isnan(numbers)
    edges = _edges(numbers[known], flags[known], settings)
    # Whole numbers are cut at whole numbers: "over 38", not "over 38.5".
    scale = scale_of(values)
    return np.array([cut_at(edge, scale) for edge in edges], dtype=float), {}


def _of_levels(values: pd.Series, flags: np.ndarray, settings: BinSettings) -> Found:
    known = values.notna().to_numpy()
    word, words = pd.factorize(values[known].astype(str).to_numpy(), sort=True)
    rates = pd.Series(flags[known]).groupby(word).agg(["mean", "size"]).set_axis(words)
    # A rare level's rate is pulled to the overall one, or chance would decide its place.
    prior = flags.mean() if len(flags) else 0.0
    pulled = (rates["mean"] * rates["size"] + 10 * prior) / (rates["size"] + 10)
    ranked = pulled.sort_values(kind="stable")
    place = pd.Series(np.arange(len(ranked), dtype=float), index=ranked.index)
    free = BinSettings(settings.most, settings.smallest_share, monotone=False)
    edges = _edges(place.loc[words].to_numpy()[word], flags[known], free)
    found = np.searchsorted(edges, place.to_numpy(), side="left")
    levels = {str(level): int(code) for level, code in zip(place.index, found, strict=True)}
    return np.zeros(0), levels


def _edges(numbers: np.ndarray, flags: np.ndarray, settings: BinSettings) -> np.ndarray:
    """Inner edges from the tree that tells most, over both directions where one is asked."""
    if len(numbers) == 0 or flags.all() or not flags.any():
        return np.zeros(0)
    if len(numbers) > EDGE_ROWS:
        drawn = np.sort(np.random.default_rng(0).permutation(len(numbers))[:EDGE_ROWS])
        return _edges(numbers[drawn], flags[drawn], settings)
    signs = (1, -1) if settings.monotone else (0,)
    trees = [_tree(numbers, flags, sign, settings) for sign in signs]
    best = max(trees, key=lambda edges: _told(numbers, flags, edges))
    return best


def _tree(numbers: np.ndarray, flags: np.ndarray, sign: int, settings: BinSettings) -> np.ndarray:
    tree = DecisionTreeClassifier(
        criterion="entropy",
        max_leaf_nodes=max(2, settings.most),
        min_samples_leaf=max(1, int(np.ceil(settings.smallest_share * len(numbers)))),
        monotonic_cst=[sign],
        random_state=0,
    ).fit(numbers[:, None], flags)
    inner = tree.tree_.feature >= 0
    return np.unique(tree.tree_.threshold[inner])


def _told(numbers: np.ndarray, flags: np.ndarray, edges: np.ndarray) -> float:
    return information_value(woe_of_codes(np.searchsorted(edges, numbers, side="left"), flags))
