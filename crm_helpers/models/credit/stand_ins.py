"""Stand-ins: attributes + protected attributes -> those that give a protected one away."""

import numpy as np
import pandas as pd
from pandas.api import types

from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.models.credit.woe_bins import woe_bins

THIRDS = 3
MOST_ROWS = 10_000
FEWEST = 50


def protected_groups(values: pd.Series) -> pd.Series:
    """Groups of a protected attribute: words as they are, numbers in thirds.

    Parameters
    ----------
    values : Series, shape (n_subjects,)

    Returns
    -------
    Series of str, missing where the value is not known
    """
    if not types.is_numeric_dtype(values) or types.is_bool_dtype(values):
        return values.astype(object).where(values.notna(), None).map(str, na_action="ignore")
    edges = np.unique(values.dropna().quantile([1 / THIRDS, 2 / THIRDS]))
    names = np.array(_thirds(edges), dtype=object)
    place = np.searchsorted(edges, values.to_numpy(dtype=float, na_value=np.nan), side="left")
    said = pd.Series(names[np.minimum(place, len(names) - 1)], index=values.index)
    return said.where(values.notna(), None)


def stand_ins(
    attributes: pd.DataFrame, protected: pd.DataFrame, *, limit: float = 0.7, seed: int = 0
) -> pd.DataFrame:
    """How well each attribute alone tells the groups of each protected attribute.

    Bins are learned on one half of the subjects and judged on the other, both ways round, so
    that chance finds nothing. Of the groups of a protected attribute the one told best counts.
    Of more than 10,000 subjects so many are drawn at random.

    Parameters
    ----------
    attributes : DataFrame, one row per subject
    protected : DataFrame, one row per subject, in the same order
        Protected attributes; rows where one is missing are left out of its trial.
    limit : float in [0.5, 1], default 0.7
        Mean AUC from which an attribute is called a stand-in.
    seed : int, default 0

    Returns
    -------
    DataFrame, one row per attribute and protected attribute, the strongest first
        attribute, protected, group : str
        auc : float, chance that of two subjects the one of the group is told
        is_stand_in : bool
    """
    if len(attributes) > MOST_ROWS:
        drawn = np.sort(np.random.default_rng(seed).permutation(len(attributes))[:MOST_ROWS])
        attributes, protected = attributes.iloc[drawn], protected.iloc[drawn]
    half = np.random.default_rng(seed).permutation(len(attributes)) < len(attributes) / 2
    found = [
        (name, attribute, *_told(attributes[attribute], protected_groups(protected[name]), half))
        for name in protected
        for attribute in attributes
    ]
    table = pd.DataFrame(found, columns=["protected", "attribute", "group", "auc"])
    table = table.assign(is_stand_in=table["auc"] >= limit)
    return table.sort_values("auc", ascending=False, kind="stable").reset_index(drop=True)


def _told(values: pd.Series, groups: pd.Series, half: np.ndarray) -> tuple[str, float]:
    """Group told best and its AUC; 0.5 where no group is large enough to be tried."""
    known = groups.notna().to_numpy()
    best = ("", 0.5)
    for group in sorted(groups[known].unique()):
        belongs = (groups == group).to_numpy()
        if min(belongs.sum(), (known & ~belongs).sum()) < FEWEST:
            continue
        area = _both_ways(values, belongs, half, known)
        best = (group, area) if area > best[1] else best
    return best


def _both_ways(
    values: pd.Series, belongs: np.ndarray, half: np.ndarray, known: np.ndarray
) -> float:
    areas = []
    for learn, judge in ((half & known, ~half & known), (~half & known, half & known)):
        bins = woe_bins(values[learn], pd.Series(belongs[learn]))
        areas.append(auc(belongs[judge], -bins.encoded(values[judge])))
    return float(np.mean(areas))


def _thirds(edges: np.ndarray) -> list[str]:
    if not len(edges):
        return ["all"]
    shown = [f"{edge:.0f}" for edge in edges]
    middle = [f"over {low} to {high}" for low, high in zip(shown, shown[1:], strict=False)]
    return [f"up to {shown[0]}", *middle, f"over {shown[-1]}"]
