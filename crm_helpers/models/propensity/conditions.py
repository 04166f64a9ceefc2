"""Conditions on predictors: a fitted tree and its encoding -> what holds in each leaf, as codes."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types

from crm_helpers.models.propensity.encoding import Encoding, numeric_columns

FLAG, WHOLE, NUMBER = "flag", "whole", "number"
Limits = dict[int, tuple[float | None, float | None]]


@dataclass(frozen=True)
class Condition:
    """What holds of one predictor in a group.

    Parameters
    ----------
    column : str
    low, high : float, optional
        A number lies above low and is no higher than high.
    level : str, optional
        Level of a category, as `encoding` names it; None for a number.
    is_met : bool, default True
        False where the category has any level but this.
    scale : str, default "number"
        flag (0 and 1 alone), whole (whole numbers, whose limits are whole) or number.
    """

    column: str
    low: float | None = None
    high: float | None = None
    level: str | None = None
    is_met: bool = True
    scale: str = NUMBER


def scale_of(values: pd.Series) -> str:
    """Whether a column of numbers holds flags, whole numbers or any.

    Parameters
    ----------
    values : Series of numbers or flags

    Returns
    -------
    str : flag, whole or number

    Examples
    --------
    >>> [scale_of(pd.Series(v)) for v in ([0, 1, None], [38, 40], [38.5, 40])]
    ['flag', 'whole', 'number']
    """
    if types.is_bool_dtype(values):
        return FLAG
    known = values.dropna().to_numpy(dtype=float)
    if not len(known) or not np.equal(known, np.floor(known)).all():
        return NUMBER
    return FLAG if np.isin(known, (0.0, 1.0)).all() else WHOLE


def scales(frame: pd.DataFrame) -> dict[str, str]:
    """Scale of each column of numbers, see `scale_of`.

    Parameters
    ----------
    frame : DataFrame, one row per subject

    Returns
    -------
    dict of column to scale
    """
    return {column: scale_of(frame[column]) for column in numeric_columns(frame)}


def cut_at(limit: float, scale: str) -> float:
    """Limit as it is said: of whole numbers the largest one that is no higher.

    Examples
    --------
    >>> cut_at(38.5, WHOLE), cut_at(38.5, NUMBER)
    (38.0, 38.5)
    """
    return float(math.floor(limit)) if scale == WHOLE else limit


def leaf_conditions(
    tree: Any, encoding: Encoding, scale: dict[str, str]
) -> dict[int, tuple[Condition, ...]]:
    """Conditions of each leaf, from the root down; each predictor once, with its narrowest limits.

    Parameters
    ----------
    tree : fitted decision tree of scikit-learn
        On the columns of ``number_array`` then ``level_array``.
    encoding : Encoding
    scale : dict of column to scale
        From `scales`.

    Returns
    -------
    dict of leaf to tuple of Condition
    """
    nodes, found = tree.tree_, {}
    pending: list[tuple[int, Limits]] = [(0, {})]
    while pending:
        place, limits = pending.pop()
        if nodes.children_left[place] < 0:
            ends = limits.items()
            found[place] = tuple(_condition(encoding, scale, f, *end) for f, end in ends)
            continue
        feature, limit = int(nodes.feature[place]), float(nodes.threshold[place])
        low, high = limits.get(feature, (None, None))
        pending.append((int(nodes.children_left[place]), {**limits, feature: (low, limit)}))
        pending.append((int(nodes.children_right[place]), {**limits, feature: (limit, high)}))
    return found


def _condition(
    encoding: Encoding,
    scale: dict[str, str],
    feature: int,
    low: float | None,
    high: float | None,
) -> Condition:
    if feature >= len(encoding.numbers):
        column, level = encoding.level_names()[feature - len(encoding.numbers)]
        return Condition(column, level=level, is_met=low is not None)
    column = encoding.numbers[feature]
    kind = scale.get(column, NUMBER)
    ends = [None if end is None else cut_at(end, kind) for end in (low, high)]
    return Condition(column, *ends, scale=kind)
