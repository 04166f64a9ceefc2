"""Main paths to an outcome: predictors + outcomes -> a small tree, each leaf by its conditions."""

import numpy as np
import pandas as pd
from sklearn.tree import DecisionTreeClassifier

from crm_helpers.models.propensity.conditions import leaf_conditions, scales
from crm_helpers.models.propensity.encoding import Encoding, with_categories

PATHS = 6
FEWEST_SHARE = 0.03


def main_paths(
    predictors: pd.DataFrame, outcome: pd.Series, *, paths: int = PATHS, min_group: int = 20
) -> pd.DataFrame:
    """Groups of a small decision tree, each with the conditions that lead to it.

    The tree is for reading, not for scoring: few groups, none below 3 % of the customers.
    Conditions on one predictor stand once, with the narrowest limits; whole numbers are cut at
    whole numbers.

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
        conditions : tuple of Condition, all of which hold; empty for everybody
        customers : int; event_rate : float in [0, 1]

    Examples
    --------
    >>> rows = pd.DataFrame({"recency_days": [5.0] * 30 + [90.0] * 30})
    >>> found = main_paths(rows, pd.Series([False] * 30 + [True] * 30))
    >>> [(one.column, one.low, one.high) for one in found["conditions"][0]]
    [('recency_days', 47.0, None)]
    >>> found["event_rate"].tolist()
    [1.0, 0.0]
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
    paths_to = leaf_conditions(tree, encoding, scales(predictors))
    found = rates.rename(columns={"size": "customers", "mean": "event_rate"})
    found.insert(0, "conditions", [paths_to[place] for place in found.index])
    return found.sort_values("event_rate", ascending=False).reset_index(drop=True)
