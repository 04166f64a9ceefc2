"""Leakage alarm: undated attributes + outcomes -> those that were written after the outcome.

Three signs count, each by itself: alone it orders the subjects too well, its presence gives the
outcome away, or its name says it. What a model loses without an attribute is no sign: it is what a
good and honest attribute is good for.
"""

import numpy as np
import pandas as pd
from scipy.stats import binom

from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.models.propensity.ending_names import names_the_end
from crm_helpers.models.propensity.learners import Tree
from crm_helpers.models.propensity.plain_rule import plain_rule

ALONE_LIMIT = 0.80
STRONG_LIMIT = 0.70
MAX_ROWS = 12_000
LEAST_EVENTS = 100
# Presence gives the outcome away where nearly all of one side have it, and chance would not do so.
SURE_SHARE, SURE_FACTOR, BY_CHANCE = 0.995, 20, 1e-6
# Signs of having been written afterwards.
PRESENCE, ALONE, NAME = "presence", "alone", "name"


def attribute_signs(
    predictors: pd.DataFrame,
    outcome: pd.Series,
    *,
    outcome_name: str = "",
    undated: list[str] | None = None,
    origins: pd.Series | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """How well each undated attribute alone orders the subjects, and what speaks against it.

    A value written today knows the outcomes of some origins better than those of others, so an
    attribute is tried alone at each origin that holds enough outcomes, and the best one counts.

    Parameters
    ----------
    predictors : DataFrame, one row per subject
        All predictors, dated ones included.
    outcome : Series of bool, shape (n_subjects,)
    outcome_name : str, optional
        Its column, such as churned: says which names tell of it.
    undated : list of str, optional
        Attributes without a date; without it every column is one.
    origins : Series, shape (n_subjects,), optional
        Origin of each row, where one subject comes at several.
    seed : int, default 0
        For the split into halves.

    Returns
    -------
    DataFrame, one row per undated attribute, strongest first
        column : str
        alone_auc : float in [0.5, 1], learned on one half and measured on the other, both ways
        reason : str, the sign: presence, alone or name; empty where none speaks against it
    """
    names = [c for c in (predictors.columns if undated is None else undated) if c in predictors]
    happened = np.asarray(outcome).astype(bool)
    rows = np.random.default_rng(seed).permutation(len(predictors))[:MAX_ROWS]
    parts = [rows, *_parts(origins, happened, rows)]
    alone = [_best_alone(predictors[[c]], happened, parts) for c in names]
    found = pd.DataFrame({"column": names, "alone_auc": np.array(alone, dtype=float)})
    found["reason"] = [
        _sign(predictors[column], happened, area, outcome_name)
        for column, area in zip(names, alone, strict=True)
    ]
    return found.sort_values("alone_auc", ascending=False, kind="stable", ignore_index=True)


def leakage_alarms(predictors: pd.DataFrame, outcome: pd.Series, **about: object) -> pd.DataFrame:
    """Attributes that a sign speaks against.

    Parameters
    ----------
    predictors : DataFrame, one row per subject
    outcome : Series of bool, shape (n_subjects,)
    **about
        outcome_name, undated, origins, seed, as for `attribute_signs`.

    Returns
    -------
    DataFrame, one row per alarm, strongest first
        column, alone_auc, reason, as given by `attribute_signs`
    """
    found = attribute_signs(predictors, outcome, **about)
    return found[found["reason"] != ""].reset_index(drop=True)


def _sign(column: pd.Series, happened: np.ndarray, area: float, outcome_name: str) -> str:
    if _gives_away(column.isna().to_numpy(), happened):
        return PRESENCE
    if area >= ALONE_LIMIT:
        return ALONE
    return NAME if names_the_end(str(column.name), outcome_name) else ""


def _gives_away(missing: np.ndarray, happened: np.ndarray) -> bool:
    """Whether nearly all of those with a value, or of those without, have the outcome."""
    base = happened.mean() if len(happened) else 0.0
    return any(_is_sure(happened[side], base) for side in (missing, ~missing) if side.any())


def _is_sure(side: np.ndarray, base: float) -> bool:
    share, by_chance = side.mean(), binom.sf(side.sum() - 1, len(side), base)
    is_clear = share >= SURE_SHARE and (1 - base) >= SURE_FACTOR * (1 - share)
    return bool(is_clear and by_chance < BY_CHANCE)


def _parts(origins: pd.Series | None, happened: np.ndarray, rows: np.ndarray) -> list[np.ndarray]:
    """Rows of each origin that holds enough of both kinds for an AUC that is not chance."""
    if origins is None:
        return []
    of_row = np.asarray(origins)[rows]
    parts = [rows[of_row == origin] for origin in pd.unique(of_row)]
    return [p for p in parts if min(happened[p].sum(), (~happened[p]).sum()) >= LEAST_EVENTS]


def _best_alone(column: pd.DataFrame, happened: np.ndarray, parts: list[np.ndarray]) -> float:
    return max(_alone_auc(column, happened, part) for part in parts)


def _alone_auc(column: pd.DataFrame, happened: np.ndarray, part: np.ndarray) -> float:
    """Best of a rule and a tree, each learned on one half and measured on the other."""
    first, second = part[: len(part) // 2], part[len(part) // 2 :]
    if not _both(happened[first]) or not _both(happened[second]):
        return 0.5
    there = _areas(column, happened, first, second)
    back = _areas(column, happened, second, first)
    return float(max(0.5, *(there + back) / 2))


def _areas(
    column: pd.DataFrame, happened: np.ndarray, learn: np.ndarray, judge: np.ndarray
) -> np.ndarray:
    rule = plain_rule(column.iloc[learn], happened[learn])
    tree = Tree().fit(column.iloc[learn], happened[learn])
    asked = column.iloc[judge]
    scores = rule.score(asked), tree.probability(asked)
    return np.array([auc(happened[judge], score) for score in scores])


def _both(happened: np.ndarray) -> bool:
    return bool(happened.any() and not happened.all())
