"""Uplift by tenth of the score: scores, treatment and outcomes -> ten measured effects."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pandas as pd

from crm_helpers.measures.effects.effect import Effect
from crm_helpers.measures.effects.pooled_effect import pooled_effect


def uplift_tenths(
    outcome: pd.Series,
    is_treated: pd.Series,
    score: pd.Series,
    *,
    campaign: pd.Series,
    groups: int = 10,
    interval_level: float = 0.95,
) -> pd.DataFrame:
    """Predicted and measured uplift in groups of equal size, best scores first.

    Within a group persons are compared within their campaign, so that campaigns of unlike level
    and share of control persons make no effect. Equal scores stay together, so groups differ in
    size where many scores are equal.

    Parameters
    ----------
    outcome : Series of bool or float, shape (n_persons,)
        Response or amount.
    is_treated : Series of bool, shape (n_persons,)
        False: control group.
    score : Series of float, shape (n_persons,)
        Predicted uplift.
    campaign : Series, shape (n_persons,)
        Campaign within which assignment was random.
    groups : int, default 10
        Number of groups.
    interval_level : float, default 0.95
        Level of the intervals, between 0 and 1.

    Returns
    -------
    DataFrame, one row per tenth that has both arms in some campaign, 1 is best
        tenth : int
        predicted : float, mean score
        difference, low, high, treated_mean, control_mean, treated_count, control_count,
        smallest_detectable : as in an Effect
    """
    frame = pd.DataFrame(
        {
            "outcome": np.asarray(outcome, dtype=float),
            "is_treated": np.asarray(is_treated, dtype=bool),
            "score": np.asarray(score, dtype=float),
            "campaign": np.asarray(campaign),
        }
    )
    above = frame["score"].rank(method="max", ascending=False) / len(frame)
    frame["tenth"] = np.ceil(above * groups - 1e-9).clip(1, groups).astype(int)
    rows = []
    for tenth, group in frame.groupby("tenth"):
        if group.groupby("campaign")["is_treated"].nunique().max() == 2:
            parts = (group["outcome"], group["is_treated"], group["campaign"])
            effect = pooled_effect(*parts, interval_level=interval_level)
            rows.append({"tenth": tenth, "predicted": group["score"].mean(), **asdict(effect)})
    return pd.DataFrame(rows, columns=["tenth", "predicted", *Effect.__dataclass_fields__])
