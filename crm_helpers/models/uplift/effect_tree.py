"""Groups in which a contact does different things: effect scores by attributes -> a small tree."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.tree import DecisionTreeRegressor

from crm_helpers.models.propensity.conditions import Condition, leaf_conditions, scales
from crm_helpers.models.propensity.encoding import Encoding

MAX_GROUPS = 5
MIN_SHARE = 0.08


@dataclass(frozen=True)
class EffectTree:
    """Tree whose leaves are groups of persons, each with the conditions that hold in it."""

    encoding: Encoding
    tree: DecisionTreeRegressor
    conditions: dict[int, tuple[Condition, ...]]

    def groups(self, frame: pd.DataFrame) -> pd.Series:
        """Group of each person, by its number in `conditions`.

        Parameters
        ----------
        frame : DataFrame, one row per person

        Returns
        -------
        Series of int, index of the frame
        """
        leaves = self.tree.apply(_array(self.encoding, frame))
        return pd.Series(leaves, index=frame.index, name="group")


def effect_tree(frame: pd.DataFrame, effects: pd.Series, *, seed: int = 0) -> EffectTree:
    """Tree of at most five groups that differ in the effect of a contact.

    The tree chooses its groups by the effects given, so measure the effect of each group on
    persons who are not among them.

    Parameters
    ----------
    frame : DataFrame, one row per person
        Predictors known before the contact.
    effects : Series of float, same rows
        From `effect_scores`, or the predictions of an uplift model, which are less noisy.
    seed : int, default 0
        Breaks ties between splits.

    Returns
    -------
    EffectTree

    References
    ----------
    .. [1] Athey & Imbens (2016), Recursive partitioning for heterogeneous causal effects,
       PNAS 113, 7353-7360 (honest estimation).
    """
    encoding = Encoding.learned(frame)
    tree = DecisionTreeRegressor(
        max_leaf_nodes=MAX_GROUPS,
        max_depth=3,
        min_samples_leaf=max(1, int(MIN_SHARE * len(frame))),
        random_state=seed,
    )
    tree.fit(_array(encoding, frame), effects)
    return EffectTree(encoding, tree, leaf_conditions(tree, encoding, scales(frame)))


def _array(encoding: Encoding, frame: pd.DataFrame) -> np.ndarray:
    numbers = np.nan_to_num(encoding.number_array(frame), nan=-1.0)
    return np.hstack([numbers, encoding.level_array(frame)])
