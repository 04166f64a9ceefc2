"""Stability of columns: two samples of the same columns -> a PSI for each."""

import numpy as np
import pandas as pd
from pandas.api import types

from crm_helpers.measures.statistics.psi import population_stability_index

BINS = 10
FEW_VALUES = 12


def column_psi(then: pd.DataFrame, now: pd.DataFrame, *, bins: int = BINS) -> pd.Series:
    """Population stability index of each column between an earlier and a later sample.

    Numbers of many values are cut at the tenths of the earlier sample, open at both ends; numbers
    of up to twelve values and words are taken as they are. Missing values are a bin of their own.

    Parameters
    ----------
    then, now : DataFrame, one row per subject
        The same columns; at least one row each.
    bins : int, default 10
        Parts that numbers of many values are cut into.

    Returns
    -------
    Series of float in [0, inf), indexed by column, the largest shift first

    References
    ----------
    .. [1] Siddiqi (2006), Credit Risk Scorecards, ch. 9 (characteristic analysis).

    Examples
    --------
    >>> same = pd.DataFrame({"housing": ["rents", "owns"]})
    >>> float(column_psi(same, same)["housing"])
    0.0
    """
    found = {name: _psi(then[name], now[name], bins) for name in then}
    return pd.Series(found, dtype=float).sort_values(ascending=False, kind="stable")


def _psi(then: pd.Series, now: pd.Series, bins: int) -> float:
    edges = _edges(then, bins)
    before, after = (_binned(values, edges).value_counts() for values in (then, now))
    names = before.index.union(after.index)
    return population_stability_index(
        before.reindex(names, fill_value=0), after.reindex(names, fill_value=0)
    )


def _edges(then: pd.Series, bins: int) -> np.ndarray | None:
    is_number = types.is_numeric_dtype(then) and not types.is_bool_dtype(then)
    if not is_number or then.nunique() <= FEW_VALUES:
        return None
    return np.unique(then.dropna().quantile(np.linspace(0, 1, bins + 1)[1:-1]))


def _binned(values: pd.Series, edges: np.ndarray | None) -> pd.Series:
    if edges is None:
        return values.astype(object).where(values.notna(), "(missing)").astype(str)
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    place = np.searchsorted(edges, numbers, side="left").astype(str)
    return pd.Series(np.where(np.isnan(numbers), "(missing)", place))
