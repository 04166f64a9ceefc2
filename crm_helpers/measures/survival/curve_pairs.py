"""Curves of several groups at one common time -> every pair, and which differ beyond chance."""

from itertools import combinations

import numpy as np
import pandas as pd
from scipy.stats import binomtest, chi2

from crm_helpers.measures.statistics.claims import claim_level
from crm_helpers.measures.survival.kaplan_meier import at_risk, kaplan_meier, risk_table, share_at


def curve_pairs(rows: pd.DataFrame, *, time: float, start: float = -np.inf) -> pd.DataFrame:
    """Every pair of groups at a common time, with the chance of such a difference by chance.

    Two tests, the larger of whose chances counts: one of equal shares at that time, with the
    variance of both together, which does not collapse where a group had no end; and a log-rank
    test up to that time, its count of ends judged by a binomial law, which is stricter than
    exact and right where few ends are expected.

    Parameters
    ----------
    rows : DataFrame, one row per life
        group : str; exit_time : float; ended : bool; entry : float, when watching began
    time : float
        At which all groups are compared; enough of each must be watched until then.
    start : float
        From which all are compared: who had ended before is left out.

    Returns
    -------
    DataFrame, one row per pair
        first, second : str, the first with the larger share there
        first_share, second_share : float in [0, 1], still there
        pair_chance : float in [0, 1], of a difference so large where there is none

    References
    ----------
    .. [1] Klein, Logan, Harhoff & Andersen (2007), Analyzing survival curves at a fixed point in
       time, Statistics in Medicine 26, 4505-4519.
    .. [2] Hoeffding (1956), On the Distribution of the Number of Successes in Independent
       Trials, Annals of Mathematical Statistics 27 (a binomial law has the wider tails).
    """
    seen = rows[rows["exit_time"] > start].assign(entry=rows["entry"].clip(lower=start))
    lives = {str(name): part for name, part in seen.groupby("group")}
    shares = {name: _share(part, time) for name, part in lives.items()}
    order = sorted(shares, key=shares.get, reverse=True)
    found = [
        (a, b, shares[a], shares[b], _chance(lives[a], lives[b], time, shares[a] - shares[b]))
        for a, b in combinations(order, 2)
    ]
    columns = ["first", "second", "first_share", "second_share", "pair_chance"]
    return pd.DataFrame(found, columns=columns)


def clearest_pair(pairs: pd.DataFrame) -> pd.Series | None:
    """Pair furthest apart of those that differ beyond chance, allowing for all pairs looked at.

    Parameters
    ----------
    pairs : DataFrame, one row per pair
        As given by `curve_pairs`.

    Returns
    -------
    Series, or None where no pair does
    """
    if pairs.empty:
        return None
    clear = pairs[pairs["pair_chance"] < 1 - claim_level(len(pairs))]
    if clear.empty:
        return None
    return clear.loc[(clear["first_share"] - clear["second_share"]).idxmax()]


def _share(lives: pd.DataFrame, time: float) -> float:
    curve = kaplan_meier(lives["exit_time"], lives["ended"], lives["entry"])
    return share_at(curve, time)


def _chance(a: pd.DataFrame, b: pd.DataFrame, time: float, apart: float) -> float:
    both = pd.concat([a, b], ignore_index=True)
    table = risk_table(both["exit_time"], both["ended"], both["entry"])
    table = table[table["time"] <= time]
    if table.empty:
        return 1.0
    risks = [at_risk(table["time"], part["exit_time"], part["entry"]) for part in (a, b)]
    return max(_log_rank(a, risks[0], table, time), _at_time(apart, risks, table))


def _log_rank(a: pd.DataFrame, risk: np.ndarray, table: pd.DataFrame, time: float) -> float:
    expected = (table["ends"] * risk / table["at_risk"]).sum()
    own, both = int((a["ended"] & (a["exit_time"] <= time)).sum()), int(table["ends"].sum())
    return float(binomtest(own, both, min(1.0, expected / both)).pvalue)


def _at_time(apart: float, risks: list[np.ndarray], table: pd.DataFrame) -> float:
    hazard = (table["ends"] / table["at_risk"]).to_numpy()
    with np.errstate(all="ignore"):
        terms = [np.sum(hazard / (risk * (1 - hazard))) for risk in risks]
        found = (apart / np.prod(1 - hazard)) ** 2 / sum(terms)
    return float(chi2.sf(found, 1)) if np.isfinite(found) else 1.0
