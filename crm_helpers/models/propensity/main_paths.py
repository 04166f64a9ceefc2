"""Main paths to an outcome: predictors + outcomes -> a small tree, each leaf told in words."""

import numpy as np
import pandas as pd
from sklearn.tree import DecisionTreeClassifier

from crm_helpers.models.propensity.encoding import MISSING, OTHER, Encoding, with_categories
from crm_helpers.models.propensity.reasons import COLUMN_WORDS

PATHS = 6
FEWEST_SHARE = 0.03
Limits = dict[int, tuple[float | None, float | None]]


def main_paths(
    predictors: pd.DataFrame, outcome: pd.Series, *, paths: int = PATHS, min_group: int = 20
) -> pd.DataFrame:
    """Groups of a small decision tree, each told by the conditions that lead to it.

    The tree is for reading, not for scoring: few groups, none below 3 % of the customers.
    Conditions on one predictor are said once, with the narrowest limits.

    Parameters
    ----------
    predictors : DataFrame, one row per customer
    outcome : Series of bool, shape (n_customers,)
    paths : int, default 6
        Groups at most.
    min_group : int, default 20
        Fewest customers of a group.

    Returns
    -------
    DataFrame, one row per group, highest event rate first
        path : str; customers : int; event_rate : float in [0, 1]

    Examples
    --------
    >>> rows = pd.DataFrame({"recency_days": [5.0] * 30 + [90.0] * 30})
    >>> main_paths(rows, pd.Series([False] * 30 + [True] * 30))
                                        path  customers  event_rate
    0  days since the last order above 47.5         30         1.0
    1  days since the last order up to 47.5         30         0.0
    """
    frame = with_categories(predictors)
    encoding = Encoding.learned(frame)
    array = np.hstack([encoding.number_array(frame), encoding.level_array(frame)])
    tree = DecisionTreeClassifier(
        max_leaf_nodes=paths,
        min_samples_leaf=max(min_group, int(FEWEST_SHARE * len(array))),
        random_state=0,
    ).fit(array, np.asarray(outcome).astype(int))
    leaf = pd.Series(tree.apply(array))
    rates = pd.Series(np.asarray(outcome, dtype=float)).groupby(leaf).agg(["size", "mean"])
    told = _told(tree, encoding)
    found = rates.rename(columns={"size": "customers", "mean": "event_rate"})
    found.insert(0, "path", [told[place] for place in found.index])
    return found.sort_values("event_rate", ascending=False).reset_index(drop=True)


def _told(tree: DecisionTreeClassifier, encoding: Encoding) -> dict[int, str]:
    """Words of each leaf: the conditions from the root down, the later limit of a side standing."""
    nodes, words = tree.tree_, {}
    pending: list[tuple[int, Limits]] = [(0, {})]
    while pending:
        place, limits = pending.pop()
        if nodes.children_left[place] < 0:
            said = [_condition(encoding, feature, *ends) for feature, ends in limits.items()]
            words[place] = ", ".join(said) or "everybody"
            continue
        feature, limit = int(nodes.feature[place]), float(nodes.threshold[place])
        low, high = limits.get(feature, (None, None))
        pending.append((int(nodes.children_left[place]), {**limits, feature: (low, limit)}))
        pending.append((int(nodes.children_right[place]), {**limits, feature: (limit, high)}))
    return words


def _condition(encoding: Encoding, feature: int, low: float | None, high: float | None) -> str:
    if feature < len(encoding.numbers):
        return f"{_name(encoding.numbers[feature])} {_range(low, high)}"
    column, level = encoding.level_names()[feature - len(encoding.numbers)]
    level = {MISSING: "not known", OTHER: "another one"}.get(level, level)
    return f"{_name(column)} {'is not' if low is None else 'is'} {level}"


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return f"up to {high:,.4g}"
    return f"above {low:,.4g}" if high is None else f"above {low:,.4g} up to {high:,.4g}"


def _name(column: str) -> str:
    return COLUMN_WORDS.get(column, column.replace("_", " "))
