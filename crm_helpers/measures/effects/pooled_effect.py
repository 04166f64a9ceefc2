"""Effect over several campaigns: pairs of arms within campaigns -> one difference."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from crm_helpers.measures.effects.effect import Effect


def pooled_effect(
    outcome: pd.Series,
    is_treated: pd.Series,
    stratum: pd.Series,
    *,
    interval_level: float = 0.95,
) -> Effect:
    """Average effect within strata, so that a campaign's own level cannot pass for an effect.

    Strata (campaigns) are weighted as Mantel and Haenszel do, by treated x control / all; a
    stratum without one of the arms has no weight. Means are given over the same weights.

    Parameters
    ----------
    outcome : Series of bool or float, shape (n_contacts,)
        Response or amount.
    is_treated : Series of bool, shape (n_contacts,)
        False: control group.
    stratum : Series, shape (n_contacts,)
        Campaign within which assignment was random.
    interval_level : float, default 0.95
        Level of the interval, between 0 and 1.

    Returns
    -------
    Effect
        Difference in the unit of the outcome.

    Raises
    ------
    ValueError
        If no stratum has both arms.

    References
    ----------
    .. [1] Greenland & Robins (1985), Estimation of a common effect parameter from sparse
       follow-up data, Biometrics 41, 55-68.
    """
    arms = _arms(outcome, is_treated, stratum)
    treated, control = arms["count"][True], arms["count"][False]
    weight = treated * control / (treated + control)
    weight = weight / weight.sum()
    difference = float((weight * (arms["mean"][True] - arms["mean"][False])).sum())
    variance = (arms["var"].fillna(0) / arms["count"]).T.groupby(level=0).sum().T
    error = float(np.sqrt((weight**2 * variance.sum(axis=1)).sum()))
    z = stats.norm.ppf(0.5 + interval_level / 2)
    return Effect(
        difference=difference,
        low=difference - z * error,
        high=difference + z * error,
        treated_mean=float((weight * arms["mean"][True]).sum()),
        control_mean=float((weight * arms["mean"][False]).sum()),
        treated_count=int(treated.sum()),
        control_count=int(control.sum()),
        smallest_detectable=float((z + stats.norm.ppf(0.8)) * error),
    )


def _arms(outcome: pd.Series, is_treated: pd.Series, stratum: pd.Series) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "outcome": np.asarray(outcome, dtype=float),
            "is_treated": np.asarray(is_treated, dtype=bool),
            "stratum": np.asarray(stratum),
        }
    )
    arms_of = frame.groupby("stratum")["is_treated"].nunique()
    if not (arms_of == 2).any():
        raise ValueError(
            f"stratum: none of {len(arms_of):,} campaigns has both a treated and a control group; "
            "an effect needs both. Keep a random control group in the next campaign."
        )
    paired = frame[frame["stratum"].map(arms_of) == 2]
    grouped = paired.groupby(["stratum", "is_treated"])["outcome"].agg(["count", "mean", "var"])
    return grouped.unstack("is_treated")
