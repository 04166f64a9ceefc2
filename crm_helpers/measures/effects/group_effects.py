"""Effect in each group of persons: a trial and groups -> one row per group."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pandas as pd

from crm_helpers.measures.effects.effect import Effect
from crm_helpers.measures.effects.pooled_effect import pooled_effect
from crm_helpers.measures.statistics.claims import claim_level


def group_effects(
    trial: pd.DataFrame, group: pd.Series, *, interval_level: float | None = None
) -> pd.DataFrame:
    """Effect of the contact in each group, within campaigns, with the counts of both arms.

    Parameters
    ----------
    trial : DataFrame, one row per contact
        outcome, is_treated, campaign.
    group : Series, same rows
        Groups made without looking at these outcomes.
    interval_level : float, optional
        Level of the intervals, between 0 and 1; by default that of a claim picked from all
        groups named, measured or not.

    Returns
    -------
    DataFrame, one row per group that has both arms, sorted by group
        group; share : float, of all persons; and the fields of an Effect

    Examples
    --------
    >>> trial = pd.DataFrame({"outcome": [1, 0, 1, 1], "is_treated": [True, False] * 2,
    ...                       "campaign": "may"})
    >>> groups = pd.Series(["new", "new", "old", "old"])
    >>> group_effects(trial, groups)[["group", "difference"]].values.tolist()
    [['new', 1.0], ['old', 0.0]]
    """
    rows = []
    names = np.asarray(group)
    level = interval_level or claim_level(max(1, len(pd.unique(names))))
    for name in sorted(pd.unique(names)):
        part = trial[names == name]
        arms = part.groupby("campaign")["is_treated"].nunique()
        if not len(arms) or arms.max() < 2:
            continue
        effect = pooled_effect(
            part["outcome"], part["is_treated"], part["campaign"], interval_level=level
        )
        rows.append({"group": name, "share": len(part) / len(trial), **asdict(effect)})
    return pd.DataFrame(rows, columns=["group", "share", *Effect.__dataclass_fields__])
