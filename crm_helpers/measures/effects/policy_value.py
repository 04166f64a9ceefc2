"""Value of whom-to-treat rules: effect scores -> money against treating nobody or everybody."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_helpers.measures.effects.score_interval import score_interval
from crm_helpers.measures.statistics.mean_interval import mean_interval

NOBODY, EVERYBODY, CHOSEN, ON_TRIAL = "nobody", "everybody", "chosen", "on trial"
OVER = "chosen over everybody"  # not a rule but the difference of two


def policy_values(
    effects: pd.Series,
    is_chosen: pd.Series,
    *,
    value: pd.Series | float,
    cost: pd.Series | float,
    person: pd.Series | None = None,
    trial: pd.DataFrame | None = None,
    interval_level: float = 0.95,
) -> pd.DataFrame:
    """Money per 100 persons gained over treating nobody, for three rules, and their difference.

    `is_chosen` must have been decided without the outcomes behind `effects`. Where these are
    responses, the spread of the scores collapses as soon as the smaller arm has few of them; so
    each end lies as far off as the score interval of the rates says, if that is farther.

    Parameters
    ----------
    effects : Series of float, shape (n_persons,)
        From `effect_scores`.
    is_chosen : Series of bool, shape (n_persons,)
        Whom the rule under test treats.
    value : Series of float or float
        Worth of one outcome, money.
    cost : Series of float or float
        Cost of treating one person, money.
    person : Series, optional
        Who is behind the row, for the intervals.
    trial : DataFrame, same rows, optional
        outcome (0 or 1), is_treated, campaign: what the scores were made of, where they are of
        responses.
    interval_level : float, default 0.95
        Level of the intervals, between 0 and 1.

    Returns
    -------
    DataFrame, four rows
        policy : "nobody", "everybody", "chosen", "chosen over everybody"
        treated_share : float in [0, 1]; empty of "chosen over everybody", which is a comparison
        gain, low, high : float, money per 100 persons

    References
    ----------
    .. [1] Athey & Wager (2021), Policy learning with observational data, Econometrica 89,
       133-161, eq. 4.
    .. [2] Miettinen & Nurminen (1985), Comparative analysis of two rates, Statistics in
       Medicine 4, 213-226.
    """
    net = effects * value - cost
    chosen = is_chosen.astype(float).set_axis(net.index)
    shares = {NOBODY: 0 * chosen, EVERYBODY: 0 * chosen + 1, CHOSEN: chosen, OVER: chosen - 1}
    treated = {NOBODY: 0.0, EVERYBODY: 1.0, CHOSEN: float(chosen.mean())}
    rows = []
    for policy, share in shares.items():
        gain = mean_interval(100 * net * share, person=person, interval_level=interval_level)
        if trial is not None:
            gain = _widened(gain, 100 * value * share, trial, interval_level)
        rows.append((policy, treated.get(policy), *gain))
    return pd.DataFrame(rows, columns=["policy", "treated_share", "gain", "low", "high"])


def _widened(
    gain: tuple[float, float, float], money: pd.Series, trial: pd.DataFrame, level: float
) -> tuple[float, float, float]:
    """Gain with each end as far off as the rates of those who are treated otherwise allow."""
    apart = money.to_numpy(float)
    inside = apart != 0
    if not inside.any():
        return gain
    middle, *ends = gain
    below, above = _reaches(trial[inside], level)
    unit = float(apart.sum()) / len(apart)
    if unit < 0:
        below, above = above, below
    return (
        middle,
        min(ends[0], middle - abs(unit) * below),
        max(ends[1], middle + abs(unit) * above),
    )


def _reaches(trial: pd.DataFrame, level: float) -> tuple[float, float]:
    """How far below and above the measured difference of rates the true one may lie."""
    keys = [np.asarray(trial[name]) for name in ("campaign", "is_treated")]
    counts = pd.Series(np.asarray(trial["outcome"], float)).groupby(keys).agg(["sum", "count"])
    arms = counts.unstack().dropna()
    if arms.shape[1] < 4 or not len(arms):
        return 2.0, 2.0  # without both arms any difference is possible
    parts = [arms[name][arm].to_numpy() for arm in (True, False) for name in ("sum", "count")]
    # By persons, as the scores are averaged.
    weight = (parts[1] + parts[3]) / (parts[1] + parts[3]).sum()
    low, high = score_interval(*parts, interval_level=level, weight=weight)
    difference = float((weight * (parts[0] / parts[1] - parts[2] / parts[3])).sum())
    return max(difference - low, 0.0), max(high - difference, 0.0)


def policy_verdict(values: pd.DataFrame, *, orders_persons: bool = False) -> str:
    """Rule that the numbers support: the simplest one unless another is shown to be better.

    Parameters
    ----------
    values : DataFrame
        From `policy_values`.
    orders_persons : bool, default False
        The model behind the choice is shown to order persons better than chance.

    Returns
    -------
    str
        "chosen" if it beats nobody and everybody beyond the interval; else "everybody" if that
        beats nobody; else "chosen" again if only that beats nobody; else "on trial" if the order
        is shown and the gain of the chosen is above 0, though not beyond the interval; else
        "nobody".
    """
    rows = values.set_index("policy")
    chosen_pays = rows.at[CHOSEN, "low"] > 0
    if chosen_pays and rows.at[OVER, "low"] > 0:
        return CHOSEN
    if rows.at[EVERYBODY, "low"] > 0:
        return EVERYBODY
    if chosen_pays:
        return CHOSEN
    return ON_TRIAL if orders_persons and rows.at[CHOSEN, "gain"] > 0 else NOBODY
