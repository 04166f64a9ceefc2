"""Leakage alarm: undated attributes + outcomes -> those that seem to know the outcome."""

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.models.propensity.learners import Boosting, Tree
from crm_helpers.models.propensity.plain_rule import plain_rule

ALONE_LIMIT = 0.80
COST_LIMIT = 0.05
TOO_GOOD = 0.70
CHECKED_BY_LEAVING_OUT = 5
MAX_ROWS = 12_000
LEAST_EVENTS = 100


def leakage_alarms(
    predictors: pd.DataFrame,
    outcome: pd.Series,
    *,
    undated: list[str] | None = None,
    origins: pd.Series | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Undated attributes that alone reach an AUC of 0.80, or whose absence costs 0.05.

    An attribute without a date may have been written after the outcome. The
    cost of leaving out is measured on the half the model has not seen, both ways round, for the
    five attributes it leans on most: no other can cost as much. A model below an AUC of 0.70
    knows too little for any of its attributes to have seen the outcome.

    A value written today knows the outcomes of some origins better than those of others, so an
    attribute is tried alone at each origin that holds enough outcomes, and the best one counts.

    Parameters
    ----------
    predictors : DataFrame, one row per subject
        All predictors, dated ones included.
    outcome : Series of bool, shape (n_subjects,)
    undated : list of str, optional
        Attributes without a date; without it every column is one.
    origins : Series, shape (n_subjects,), optional
        Origin of each row, where one subject comes at several.
    seed : int, default 0
        For the split into halves.

    Returns
    -------
    DataFrame, one row per alarm, strongest first
        column : str
        alone_auc : float in [0.5, 1]
        auc_cost : float, AUC lost when the column is left out; missing where not measured
        reason : str, in words
    """
    names = [c for c in (predictors.columns if undated is None else undated) if c in predictors]
    happened = np.asarray(outcome).astype(bool)
    rows = np.random.default_rng(seed).permutation(len(predictors))[:MAX_ROWS]
    parts = [rows, *_parts(origins, happened, rows)]
    alone = pd.Series(
        {c: _best_alone(predictors[[c]], happened, parts) for c in names}, dtype=float
    )
    cost = _costs(predictors, happened, _halves(rows), names, seed)
    found = pd.DataFrame({"alone_auc": alone, "auc_cost": cost.reindex(alone.index)})
    found = found[(found["alone_auc"] >= ALONE_LIMIT) | (found["auc_cost"] >= COST_LIMIT)]
    found = found.sort_values("alone_auc", ascending=False, kind="stable")
    reasons = [_reason(row.alone_auc, row.auc_cost) for row in found.itertuples()]
    return found.assign(reason=reasons).rename_axis("column").reset_index()


def _parts(origins: pd.Series | None, happened: np.ndarray, rows: np.ndarray) -> list[np.ndarray]:
    """Rows of each origin that holds enough of both kinds for an AUC that is not chance."""
    if origins is None:
        return []
    of_row = np.asarray(origins)[rows]
    parts = [rows[of_row == origin] for origin in pd.unique(of_row)]
    return [p for p in parts if min(happened[p].sum(), (~happened[p]).sum()) >= LEAST_EVENTS]


def _halves(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return rows[: len(rows) // 2], rows[len(rows) // 2 :]


def _best_alone(column: pd.DataFrame, happened: np.ndarray, parts: list[np.ndarray]) -> float:
    return max(_alone_auc(column, happened, *_halves(part)) for part in parts)


def _alone_auc(
    column: pd.DataFrame, happened: np.ndarray, first: np.ndarray, second: np.ndarray
) -> float:
    """Learned on one half, measured on the other; as a rule and as a tree."""
    if not _both(happened[first]) or not _both(happened[second]):
        return 0.5
    rule = plain_rule(column.iloc[first], happened[first])
    area = auc(happened[second], rule.score(column.iloc[second]))
    tree = Tree().fit(column.iloc[first], happened[first])
    return max(area, auc(happened[second], tree.probability(column.iloc[second])))


def _costs(
    predictors: pd.DataFrame,
    happened: np.ndarray,
    halves: tuple[np.ndarray, np.ndarray],
    names: list[str],
    seed: int,
) -> pd.Series:
    """AUC lost without each attribute, the mean of both directions between the halves."""
    first, second = halves
    if (
        not names
        or predictors.shape[1] < 2
        or not (_both(happened[first]) and _both(happened[second]))
    ):
        return pd.Series(dtype=float)
    there = _losses(predictors, happened, halves, names, seed)
    if there.empty or there.max() < COST_LIMIT:
        return there
    doubtful = list(there.index[there >= COST_LIMIT])
    back = _losses(predictors, happened, (second, first), doubtful, seed).reindex(there.index)
    return there.where(back.isna(), (there + back) / 2)


def _losses(
    predictors: pd.DataFrame,
    happened: np.ndarray,
    halves: tuple[np.ndarray, np.ndarray],
    names: list[str],
    seed: int,
) -> pd.Series:
    first, second = halves
    whole = Boosting(seed).fit(predictors.iloc[first], happened[first])
    area = auc(happened[second], whole.probability(predictors.iloc[second]))
    if area < TOO_GOOD:
        return pd.Series(dtype=float)
    gains = pd.Series(whole.model.feature_importance("gain"), index=whole.encoding.names)
    leaned_on = gains[gains.index.isin(names)].nlargest(CHECKED_BY_LEAVING_OUT).index
    costs = {}
    for column in leaned_on:
        rest = predictors.drop(columns=column)
        model = Boosting(seed).fit(rest.iloc[first], happened[first])
        costs[column] = area - auc(happened[second], model.probability(rest.iloc[second]))
    return pd.Series(costs, dtype=float)


def _both(happened: np.ndarray) -> bool:
    return bool(happened.any() and not happened.all())


def _reason(alone: float, cost: float) -> str:
    if alone >= ALONE_LIMIT:
        return (
            f"has no date and alone reaches an AUC of {alone:.2f} (limit {ALONE_LIMIT:.2f}): "
            "probably written after the outcome"
        )
    return (
        f"has no date and leaving it out costs {cost:.2f} of AUC (limit {COST_LIMIT:.2f}): "
        "probably written after the outcome"
    )
