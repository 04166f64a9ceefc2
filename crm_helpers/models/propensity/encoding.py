"""Encoding of predictors: a frame of numbers and categories -> arrays a learner can take."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from pandas.api import types

MISSING, OTHER = "(missing)", "(other)"
RARE_ROWS = 20
MAX_LEVELS = 50
SKEWED = 2.0


def numeric_columns(frame: pd.DataFrame) -> list[str]:
    """Columns that hold numbers or flags.

    Parameters
    ----------
    frame : DataFrame, one row per subject
        Predictors.

    Returns
    -------
    list of str
    """
    return [c for c in frame if types.is_numeric_dtype(frame[c]) or types.is_bool_dtype(frame[c])]


def category_columns(frame: pd.DataFrame) -> list[str]:
    """Columns that hold words: everything but numbers, flags and dates.

    Parameters
    ----------
    frame : DataFrame, one row per subject
        Predictors.

    Returns
    -------
    list of str
    """
    numbers = set(numeric_columns(frame))
    return [c for c in frame if c not in numbers and not types.is_datetime64_any_dtype(frame[c])]


@dataclass
class Encoding:
    """Levels, centres and scales of the predictors, learned from the training part alone.

    A level seen on fewer than 20 training rows, or beyond the 50 commonest, is
    `(other)`, and so is one first seen later. A missing value is a level of its own for
    categories, and stays missing or becomes a flag for numbers.
    """

    numbers: list[str] = field(default_factory=list)
    levels: dict[str, list[str]] = field(default_factory=dict)
    skewed: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    centre: np.ndarray = field(default_factory=lambda: np.zeros(0))
    scale: np.ndarray = field(default_factory=lambda: np.ones(0))
    gaps: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))

    @classmethod
    def learned(cls, frame: pd.DataFrame) -> "Encoding":
        """Encoding of the columns of a training frame.

        Parameters
        ----------
        frame : DataFrame, one row per subject
            Predictors of the training part.

        Returns
        -------
        Encoding
        """
        numbers = numeric_columns(frame)
        encoding = cls(numbers, {c: _kept_levels(frame[c]) for c in category_columns(frame)})
        values = encoding.number_array(frame)
        encoding.gaps = np.isnan(values).any(axis=0)
        encoding.skewed = _is_skewed(values)
        values = encoding._unskewed(values)
        encoding.centre = np.nan_to_num(_quiet(np.nanmedian, values))
        spread = np.nan_to_num(_quiet(np.nanstd, values))
        encoding.scale = np.where(spread > 0, spread, 1.0)
        return encoding

    @property
    def names(self) -> list[str]:
        """Predictors in the order of `number_array` then `code_array`."""
        return [*self.numbers, *self.levels]

    def number_array(self, frame: pd.DataFrame) -> np.ndarray:
        """Numbers as they are, missing ones as NaN.

        Parameters
        ----------
        frame : DataFrame, one row per subject

        Returns
        -------
        ndarray of float, shape (n_subjects, n_numbers)
        """
        if not self.numbers:
            return np.zeros((len(frame), 0))
        return frame[self.numbers].to_numpy(dtype=float, na_value=np.nan)

    def code_array(self, frame: pd.DataFrame) -> np.ndarray:
        """Codes of the categories: 0 missing, 1 other, then the kept levels.

        Parameters
        ----------
        frame : DataFrame, one row per subject

        Returns
        -------
        ndarray of int, shape (n_subjects, n_categories)
        """
        codes = [_codes(frame[c], kept) for c, kept in self.levels.items()]
        return np.column_stack(codes) if codes else np.zeros((len(frame), 0), dtype=int)

    def linear_array(self, frame: pd.DataFrame) -> np.ndarray:
        """Scaled numbers, flags of missing ones, and one column per level.

        Skewed numbers enter by their signed logarithm, missing ones by the median.

        Parameters
        ----------
        frame : DataFrame, one row per subject

        Returns
        -------
        ndarray of float, shape (n_subjects, n_columns)
        """
        raw = self.number_array(frame)
        scaled = (self._unskewed(raw) - self.centre) / self.scale
        flags = np.isnan(raw[:, self.gaps]).astype(float)
        return np.hstack([np.nan_to_num(np.clip(scaled, -6, 6)), flags, self.level_array(frame)])

    def level_array(self, frame: pd.DataFrame) -> np.ndarray:
        """One column of 0 and 1 per category level, those for missing and other first.

        Parameters
        ----------
        frame : DataFrame, one row per subject

        Returns
        -------
        ndarray of float, shape (n_subjects, n_levels)
        """
        codes = self.code_array(frame)
        parts = [np.eye(len(kept) + 2)[codes[:, i]] for i, kept in enumerate(self.levels.values())]
        return np.hstack(parts) if parts else np.zeros((len(frame), 0))

    def level_names(self) -> list[tuple[str, str]]:
        """Column and level that each column of `level_array` stands for.

        Returns
        -------
        list of (column, level)
        """
        return [(c, level) for c, kept in self.levels.items() for level in (MISSING, OTHER, *kept)]

    def _unskewed(self, values: np.ndarray) -> np.ndarray:
        return np.where(self.skewed, np.sign(values) * np.log1p(np.abs(values)), values)


def with_categories(frame: pd.DataFrame) -> pd.DataFrame:
    """Frame whose columns of words are categoricals, so that each word is looked at once.

    Parameters
    ----------
    frame : DataFrame, one row per subject

    Returns
    -------
    DataFrame, one row per subject
    """
    columns = [c for c in category_columns(frame) if frame[c].dtype != "category"]
    return frame.assign(**{c: pd.Categorical(_words(frame[c])) for c in columns})


def _words(column: pd.Series) -> pd.Series:
    return column.astype(object).where(column.notna(), None).map(str, na_action="ignore")


def _categorical(column: pd.Series) -> pd.Categorical:
    if column.dtype == "category":
        return column.array
    return pd.Categorical(_words(column))


def _kept_levels(column: pd.Series) -> list[str]:
    words = _categorical(column)
    counts = pd.Series(np.bincount(words.codes[words.codes >= 0], minlength=len(words.categories)))
    enough = counts[counts >= min(RARE_ROWS, max(2, len(column) // 50))]
    kept = enough.sort_values(ascending=False, kind="stable").index[:MAX_LEVELS]
    return sorted(str(words.categories[i]) for i in kept)


def _codes(column: pd.Series, kept: list[str]) -> np.ndarray:
    words = _categorical(column)
    known = pd.Index(kept, dtype=object).get_indexer([str(word) for word in words.categories])
    by_level = np.append(np.maximum(known + 2, 1), 0)
    return by_level[words.codes]


def _is_skewed(values: np.ndarray) -> np.ndarray:
    centred = values - _quiet(np.nanmean, values)
    third, second = _quiet(np.nanmean, centred**3), _quiet(np.nanmean, centred**2)
    with np.errstate(all="ignore"):
        return np.nan_to_num(np.abs(third / second**1.5)) > SKEWED


def _quiet(function: Callable[..., np.ndarray], values: np.ndarray) -> np.ndarray:
    """Column-wise statistic; a column without any value gives NaN and no warning."""
    empty = np.isnan(values).all(axis=0)
    return np.where(empty, np.nan, function(np.where(empty, 0.0, values), axis=0))
