"""Reasons per subject: contributions of predictors -> the themes that speak for the outcome."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

Themes = Mapping[str, Sequence[str]]


def strongest(values: pd.DataFrame, themes: Themes, *, count: int = 2) -> pd.Series:
    """Themes that speak for each subject's outcome most, the strongest first.

    Contributions of predictors that tell one story are added up first, so that a story is
    told once. Only what speaks for the outcome is a reason for it.

    Parameters
    ----------
    values : DataFrame, one row per subject, one column per predictor
        As given by `contributions(...).values`.
    themes : mapping of name to columns
        Predictors that tell one story; a predictor of no theme is one of its own.
    count : int, default 2
        Themes per subject at most.

    Returns
    -------
    Series of tuple of str, shape (n_subjects,), index of `values`
        Names of themes, and of predictors without a theme; empty where nothing stands out.

    Examples
    --------
    >>> values = pd.DataFrame({"age_days": [0.5, -1.0], "gap_days": [0.4, 0.0], "plan": [0.6, 0.1]})
    >>> strongest(values, {"silence": ["age_days", "gap_days"]}).tolist()
    [('silence', 'plan'), ('plan',)]
    """
    groups = grouped(values, themes)
    order = np.argsort(-groups.to_numpy(), axis=1, kind="stable")[:, :count]
    strengths = np.take_along_axis(groups.to_numpy(), order, axis=1)
    names = groups.columns.to_numpy()[order]
    found = [
        tuple(name for name, strength in zip(own, strong, strict=True) if strength > 0)
        for own, strong in zip(names, strengths, strict=True)
    ]
    return pd.Series(found, index=values.index, dtype=object)


def grouped(values: pd.DataFrame, themes: Themes) -> pd.DataFrame:
    """Contributions of predictors that tell one story, added up.

    Parameters
    ----------
    values : DataFrame, one row per subject, one column per predictor
    themes : mapping of name to columns

    Returns
    -------
    DataFrame, one row per subject, one column per theme
    """
    parts = {name: values[columns].sum(axis=1) for name, columns in used(values, themes).items()}
    return pd.DataFrame(parts, index=values.index)


def used(values: pd.DataFrame, themes: Themes) -> dict[str, list[str]]:
    """Themes of which a predictor is there, and each predictor without a theme by itself.

    Parameters
    ----------
    values : DataFrame, one column per predictor
    themes : mapping of name to columns

    Returns
    -------
    dict of name to the columns that are there
    """
    there = {name: [c for c in columns if c in values] for name, columns in themes.items()}
    found = {name: columns for name, columns in there.items() if columns}
    told = {column for columns in found.values() for column in columns}
    return found | {column: [column] for column in values.columns if column not in told}
