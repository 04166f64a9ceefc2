"""Groups in which a contact does different things: effect scores by attributes -> a small tree."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.tree import DecisionTreeRegressor

from crm_helpers.models.propensity.encoding import Encoding

MAX_GROUPS = 5
MIN_SHARE = 0.08


@dataclass(frozen=True)
class EffectTree:
    """Tree whose leaves are groups of persons, each said in words."""

    encoding: Encoding
    tree: DecisionTreeRegressor
    words: dict[int, str]

    def groups(self, frame: pd.DataFrame) -> pd.Series:
        """Group of each person, in words.

        Parameters
        ----------
        frame : DataFrame, one row per person

        Returns
        -------
        Series of str, index of the frame
        """
        leaves = self.tree.apply(_array(self.encoding, frame))
        return pd.Series([self.words[leaf] for leaf in leaves], index=frame.index, name="group")


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
    return EffectTree(encoding, tree, _leaf_words(tree, encoding))


def _array(encoding: Encoding, frame: pd.DataFrame) -> np.ndarray:
    numbers = np.nan_to_num(encoding.number_array(frame), nan=-1.0)
    return np.hstack([numbers, encoding.level_array(frame)])


def _leaf_words(tree: DecisionTreeRegressor, encoding: Encoding) -> dict[int, str]:
    parts, words = tree.tree_, {}
    waiting: list[tuple[int, dict]] = [(0, {})]
    while waiting:
        node, path = waiting.pop()
        if parts.children_left[node] < 0:
            words[node] = " and ".join(path.values()) or "everybody"
            continue
        split = _split_words(encoding, parts.feature[node], parts.threshold[node])
        children = (parts.children_left[node], parts.children_right[node])
        for child, (kind, text) in zip(children, split, strict=True):
            # A later bound of the same kind is the tighter one and takes the place of the first.
            waiting.append((child, {**path, kind: text}))
    return words


Bound = tuple[tuple[str, str], str]


def _split_words(encoding: Encoding, column: int, threshold: float) -> tuple[Bound, Bound]:
    if column < len(encoding.numbers):
        name = encoding.numbers[column].replace("_", " ")
        return (
            ((name, "up to"), f"{name} up to {threshold:,.4g}"),
            ((name, "above"), f"{name} above {threshold:,.4g}"),
        )
    name, level = encoding.level_names()[column - len(encoding.numbers)]
    name = name.replace("_", " ")
    return ((name, f"not {level}"), f"{name} not {level}"), ((name, "is"), f"{name} {level}")
