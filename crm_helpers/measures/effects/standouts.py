"""Groups that stand out: counts or amounts of several groups -> the highest, the lowest, or none.

Each is picked from all groups, so it is judged as the best of so many.
"""

import numpy as np
import pandas as pd

from crm_helpers.measures.effects.effect import mean_effect
from crm_helpers.measures.effects.score_interval import score_interval
from crm_helpers.measures.statistics.claims import claim_level, claim_reach

DEALS, DEAL_SEED = 2000, 20260930


def highest_rate(found: pd.Series, total: pd.Series) -> object | None:
    """Group whose rate is above that of all others together, beyond chance.

    Parameters
    ----------
    found, total : Series of int, indexed by group
        How many had it, of how many.

    Returns
    -------
    Label of the group, or None where no group is, or there is one alone

    Examples
    --------
    >>> highest_rate(pd.Series({"web": 300, "fair": 100}), pd.Series({"web": 1000, "fair": 900}))
    'web'
    """
    some = total > 0
    found, total = found[some], total[some]
    if len(total) < 2:
        return None
    best = (found / total).idxmax()
    rest = found.drop(best).sum(), total.drop(best).sum()
    level = claim_level(len(total))
    low, _ = score_interval(found[best], total[best], *rest, interval_level=level)
    return best if low > 0 else None


def lowest_cost(cost: pd.Series, won: pd.Series, tried: pd.Series) -> object | None:
    """Group that pays least for each one won, beyond chance in how many are won.

    What a try costs is taken as known; whether it wins is chance, so the logarithm of the cost
    of one won has the variance (1 - rate) / won.

    Parameters
    ----------
    cost : Series of float, currency, indexed by group
        Of all tries.
    won, tried : Series of int, indexed by group

    Returns
    -------
    Label of the group, or None where no group is, or there is one alone
    """
    known = cost.notna() & (won > 0)
    cost, won, tried = cost[known], won[known], tried[known]
    if len(cost) < 2:
        return None
    best = (cost / won).idxmin()
    others = [part.drop(best).sum() for part in (cost, won, tried)]
    apart = np.log(others[0] / others[1]) - np.log(cost[best] / won[best])
    parts = [(won[best], tried[best]), (others[1], others[2])]
    spread = np.sqrt(sum((1 - min(a / b, 1.0)) / a for a, b in parts))
    return best if apart > claim_reach(len(cost)) * spread else None


def outstanding_means(
    amount: pd.Series, group: pd.Series, judged: list
) -> tuple[object | None, object | None]:
    """Groups of the lowest and of the highest mean, each where it is beyond chance.

    Amounts of money are skewed, so that the mean of a small group looks surer than it is by its
    interval: besides, no group may come out so far when the amounts are dealt out anew to all.

    Parameters
    ----------
    amount : Series of float, shape (n_rows,)
    group : Series, same rows
    judged : list
        Groups large enough to be named.

    Returns
    -------
    label or None, label or None
        Lowest, highest.
    """
    if len(judged) < 2:
        return None, None
    means = amount.groupby(np.asarray(group)).mean()[judged]
    level = claim_level(len(judged))
    named = []
    for label, sign in ((means.idxmin(), -1), (means.idxmax(), 1)):
        gap = mean_effect(sign * amount, group == label, interval_level=level)
        named.append(label if gap.low > 0 else None)
    if named == [None, None]:
        return None, None
    far = _chances_when_dealt(amount, group, judged)
    limit = (1 - claim_level()) / 2
    low, high = (one if chance <= limit else None for one, chance in zip(named, far, strict=True))
    return low, high


def _chances_when_dealt(amount: pd.Series, group: pd.Series, judged: list) -> tuple[float, float]:
    """Chance that some group comes out as low, and as high, when amounts are dealt out anew."""
    codes, names = pd.factorize(group)
    sizes, money = np.bincount(codes), amount.to_numpy(float)
    kept, rest = np.isin(names, judged), len(codes) - np.bincount(codes)

    def gaps(amounts: np.ndarray) -> np.ndarray:
        sums = np.bincount(codes, amounts)
        apart = sums / sizes - (amounts.sum() - sums) / rest
        return (apart / np.sqrt(1 / sizes + 1 / rest))[kept]

    means = amount.groupby(codes).mean().to_numpy()[kept]
    found, rng = gaps(money), np.random.default_rng(DEAL_SEED)
    dealt = [gaps(rng.permutation(money)) for _ in range(DEALS)]
    low = sum(one.min() <= found[means.argmin()] for one in dealt)
    high = sum(one.max() >= found[means.argmax()] for one in dealt)
    return (1 + low) / (1 + DEALS), (1 + high) / (1 + DEALS)
