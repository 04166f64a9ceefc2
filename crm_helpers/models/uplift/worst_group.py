"""Group better left alone: effect scores by attributes -> the one group to test for harm."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_helpers.models.propensity.conditions import NUMBER, WHOLE, scale_of
from crm_helpers.models.propensity.encoding import category_columns, numeric_columns

MIN_SHARE = 0.06
LEVELS, CUTS = 12, 9


@dataclass(frozen=True)
class Condition:
    """One attribute on one side of a cut, or at one level."""

    column: str
    kind: str
    value: object
    scale: str = NUMBER

    def __str__(self) -> str:
        """Column, side and value, for the analyst."""
        return f"{self.column} {self.kind} {self.value}"

    def holds(self, frame: pd.DataFrame) -> np.ndarray:
        """Rows for which it holds; a missing value never does.

        Parameters
        ----------
        frame : DataFrame, one row per person

        Returns
        -------
        ndarray of bool, shape (n_persons,)
        """
        values = frame[self.column]
        if self.kind == "is":
            return (values.astype(object) == self.value).to_numpy(dtype=bool)
        number = values.to_numpy(dtype=float, na_value=np.nan)
        with np.errstate(invalid="ignore"):
            return number >= self.value if self.kind == "from" else number < self.value


@dataclass(frozen=True)
class Group:
    """Persons for whom all conditions hold."""

    conditions: tuple[Condition, ...]

    def __str__(self) -> str:
        """Both conditions, for the analyst."""
        return " and ".join(map(str, self.conditions))

    def holds(self, frame: pd.DataFrame) -> np.ndarray:
        """Rows of the group, shape (n_persons,)."""
        return np.logical_and.reduce([condition.holds(frame) for condition in self.conditions])


def worst_group(
    frame: pd.DataFrame, effects: pd.Series, *, min_share: float = MIN_SHARE
) -> Group | None:
    """Group of at most two conditions in which contacts seem to do most harm.

    Found by the lowest mean in standard errors among all pairs of conditions, so it must be
    tested, once, on persons who were not looked at.

    Parameters
    ----------
    frame : DataFrame, one row per person
        Predictors known before the contact.
    effects : Series of float, same rows
        From `effect_scores`.
    min_share : float, default 0.06
        Smallest share of the persons that makes a group.

    Returns
    -------
    Group, or None if no group has a mean below zero
    """
    conditions = _conditions(frame)
    if not conditions:
        return None
    inside = np.column_stack([c.holds(frame) for c in conditions]).astype(np.float32)
    score = effects.to_numpy(dtype=np.float32)[:, None]
    count = inside.T @ inside
    total = inside.T @ (inside * score)
    square = inside.T @ (inside * score**2)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / count
        error = np.sqrt(np.maximum(square / count - mean**2, 0) / count)
        z = np.where((count >= min_share * len(frame)) & (error > 0), mean / error, np.inf)
    first, second = np.unravel_index(np.argmin(z), z.shape)
    if not z[first, second] < 0:
        return None
    pair = (conditions[first], conditions[second])
    return Group(pair[:1] if first == second else pair)


def _conditions(frame: pd.DataFrame) -> list[Condition]:
    found = []
    for column in category_columns(frame):
        levels = frame[column].astype(object).value_counts().index[:LEVELS]
        found += [Condition(column, "is", level) for level in levels]
    steps = np.linspace(0, 1, CUTS + 2)[1:-1]
    for column in numeric_columns(frame):
        values = frame[column].to_numpy(dtype=float, na_value=np.nan)
        known = values[~np.isnan(values)]
        cuts = np.quantile(known, steps) if len(known) else np.zeros(0)
        scale = scale_of(frame[column])
        cuts = np.unique(np.ceil(cuts) if scale == WHOLE else cuts)
        kinds = ("from", "below")
        found += [Condition(column, kind, float(cut), scale) for cut in cuts for kind in kinds]
    return found
