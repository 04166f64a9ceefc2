"""Fuzzy sets: the values of an attribute -> degrees of being low, middling, high, or a word."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api import types

WORDS = {1: ("any",), 2: ("low", "high"), 3: ("low", "middling", "high")}
SMALLEST_SHARE = 0.02
OTHER = "another value"
MISSING = "missing"


@dataclass(frozen=True)
class FuzzySets:
    """Fuzzy sets of one attribute: triangles for numbers, crisp sets for words.

    Attributes
    ----------
    name : str
    words : tuple of str
        Names of the sets.
    peaks : ndarray of float
        Where each triangle is 1; empty for words.
    """

    name: str
    words: tuple[str, ...]
    peaks: np.ndarray

    def degrees(self, values: pd.Series) -> np.ndarray:
        """Degree to which each value belongs to each set.

        Degrees of one value add up to 1; a missing number belongs to no set.

        Parameters
        ----------
        values : Series, shape (n_subjects,)

        Returns
        -------
        ndarray of float in [0, 1], shape (n_subjects, n_sets)

        References
        ----------
        .. [1] Zadeh (1965), Fuzzy Sets, Information and Control 8.
        """
        if len(self.peaks) == 0:
            return self._crisp(values)
        numbers = pd.to_numeric(values).to_numpy(dtype=float, na_value=np.nan)
        places = np.interp(numbers, self.peaks, np.arange(len(self.peaks)))
        degrees = 1.0 - np.abs(places[:, None] - np.arange(len(self.peaks)))
        return np.nan_to_num(np.clip(degrees, 0.0, 1.0), nan=0.0)

    def _crisp(self, values: pd.Series) -> np.ndarray:
        said = values.astype(object).where(values.notna(), MISSING).astype(str).to_numpy()
        kept = np.isin(said, self.words)
        said = np.where(kept, said, OTHER)
        return (said[:, None] == np.array(self.words, dtype=object)).astype(float)


def fuzzy_sets(values: pd.Series) -> FuzzySets:
    """Fuzzy sets of an attribute, placed at the quantiles of its training values.

    Peaks stand at the 10 %, 50 % and 90 % points; where these coincide there are fewer
    sets. A word held by less than 2 % of the subjects is "another value".

    Parameters
    ----------
    values : Series, shape (n_subjects,)

    Returns
    -------
    FuzzySets
    """
    name = str(values.name)
    if types.is_numeric_dtype(values) or types.is_bool_dtype(values):
        numbers = pd.to_numeric(values).dropna().astype(float)
        peaks = np.unique(numbers.quantile([0.1, 0.5, 0.9])) if len(numbers) else np.zeros(1)
        return FuzzySets(name, WORDS[len(peaks)], peaks)
    said = values.astype(object).where(values.notna(), MISSING).astype(str)
    share = said.value_counts(normalize=True)
    common = sorted(share[share >= SMALLEST_SHARE].index)
    return FuzzySets(name, (*common, OTHER), np.zeros(0))
