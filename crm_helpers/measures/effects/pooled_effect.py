"""Effect over several campaigns: pairs of arms within campaigns -> one difference."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from crm_helpers.measures.effects.effect import POWER, Effect, is_flag
from crm_helpers.measures.effects.score_interval import mantel_haenszel, score_interval


def pooled_effect(
    outcome: pd.Series,
    is_treated: pd.Series,
    stratum: pd.Series,
    *,
    interval_level: float = 0.95,
) -> Effect:
    """Average effect within strata, so that a campaign's own level cannot pass for an effect.

    Strata (campaigns) are weighted as Mantel and Haenszel do, by treated x control / all; a
    stratum without one of the arms has no weight. Means are given over the same weights. The
    interval of a difference of rates is the score interval, which holds with few events too.

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
    .. [2] Miettinen & Nurminen (1985), Comparative analysis of two rates, Statistics in
       Medicine 4, 213-226.
    """
    arms = _arms(outcome, is_treated, stratum)
    treated, control = arms["count"][True], arms["count"][False]
    weight = mantel_haenszel(treated, control)
    means = [float((weight * arms["mean"][arm]).sum()) for arm in (True, False)]
    interval = _of_rates if is_flag(outcome) else _of_means
    z = stats.norm.ppf(0.5 + interval_level / 2)
    low, high = interval(arms, means[0] - means[1], interval_level)
    return Effect(
        difference=means[0] - means[1],
        low=low,
        high=high,
        treated_mean=means[0],
        control_mean=means[1],
        treated_count=int(treated.sum()),
        control_count=int(control.sum()),
        smallest_detectable=float((1 + stats.norm.ppf(POWER) / z) * (high - low) / 2),
    )


def _of_rates(arms: pd.DataFrame, difference: float, level: float) -> tuple[float, float]:
    counts = [arms[name][arm] for arm in (True, False) for name in ("sum", "count")]
    low, high = score_interval(*counts, interval_level=level)
    return min(low, difference), max(high, difference)


def _of_means(arms: pd.DataFrame, difference: float, level: float) -> tuple[float, float]:
    weight = mantel_haenszel(arms["count"][True], arms["count"][False])
    # One person tells nothing of the spread of his arm: that of the other arm is taken.
    spread = arms["var"].bfill(axis="columns").ffill(axis="columns").fillna(0)
    variance = (spread / arms["count"]).sum(axis="columns")
    reach = stats.norm.ppf(0.5 + level / 2) * float(np.sqrt((weight**2 * variance).sum()))
    return difference - reach, difference + reach


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
    grouped = paired.groupby(["stratum", "is_treated"])["outcome"]
    return grouped.agg(["count", "sum", "mean", "var"]).unstack("is_treated")
