"""Disparate impact: decisions + groups -> does it differ at all, between which two, how much."""

from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.stats import random_table

from crm_helpers.measures.credit.rate_ratio import rate_ratio_interval
from crm_helpers.measures.statistics.claims import claim_level

DRAWS = 9_999  # a chance down to 0.0001 can be seen


class Impact(NamedTuple):
    """Lowest rate of a group over the highest, and whether chance explains it.

    Attributes
    ----------
    ratio : float in [0, 1]
    low, high : float
        At the level of a claim, allowing for all pairs of groups; `high` is 1 or more unless the
        test of all groups finds a difference.
    lowest, highest : str
        The two groups.
    chance : float in (0, 1]
        Of groups as unlike as these where the group decides nothing.
    is_unlike : bool
        Whether any groups differ, beyond chance.
    """

    ratio: float
    low: float
    high: float
    lowest: str
    highest: str
    chance: float
    is_unlike: bool

    @property
    def names_a_pair(self) -> bool:
        """Whether the two groups can be named: they differ beyond all pairs that chance picks."""
        return self.is_unlike and self.high < 1


def disparate_impact(
    approved: ArrayLike,
    groups: ArrayLike,
    customer: ArrayLike | None = None,
    *,
    attributes: int = 1,
) -> Impact:
    """Lowest approval rate of a group over the highest, tested before it is told.

    First all groups are tested at once, then the pair that lies farthest apart gets an interval
    that allows for all pairs it was picked from. To resample the two as if they had been named
    beforehand finds a gap in every fourth to second trial without any.

    Parameters
    ----------
    approved : array of bool, shape (n_applications,)
    groups : array of str, shape (n_applications,)
    customer : array, shape (n_applications,), optional
        Whose application it is; several of one are no independent draws.
    attributes : int, default 1
        Attributes that are looked at, of which this is one.

    Returns
    -------
    Impact
        ratio 1 where all groups are approved alike. Below 0.8 is read as adverse impact (the
        "four-fifths rule", a habit of US authorities and no statistical law).

    Raises
    ------
    ValueError
        If nobody is approved, or there are fewer than two groups: no rates to compare.

    References
    ----------
    .. [1] US Uniform Guidelines on Employee Selection Procedures (1978), section 4D.

    Examples
    --------
    >>> disparate_impact([True, True, True, False], ["a", "a", "b", "b"]).ratio
    0.5
    """
    given, group = np.asarray(approved).astype(float), np.asarray(groups).astype(str)
    counts = pd.Series(given).groupby(group).agg(["sum", "size"])
    if not given.any() or len(counts) < 2:
        raise ValueError(
            f"disparate impact: {int(given.sum()):,} of {len(given):,} applications are approved, "
            f"in {len(counts)} groups; expected some, and two groups. Lower the cut-off."
        )
    ranked = (counts["sum"] / counts["size"]).sort_values(kind="stable")
    chance = independence_chance(given, group, customer)
    pairs = len(list(combinations(ranked, 2)))
    repeated = design_effect(given, group, customer)
    ends = [tuple(counts.loc[ranked.index[at]] / repeated) for at in (0, -1)]
    low, high = rate_ratio_interval(
        *ends[0], *ends[1], interval_level=claim_level(attributes * pairs)
    )
    is_unlike = chance <= 1 - claim_level(attributes)
    return Impact(
        float(ranked.iloc[0] / ranked.iloc[-1]),
        low,
        high if is_unlike else max(high, 1.0),
        *map(str, (ranked.index[0], ranked.index[-1])),
        chance,
        is_unlike,
    )


def independence_chance(
    decided: ArrayLike,
    groups: ArrayLike,
    customer: ArrayLike | None = None,
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> float:
    """Chance of rates as unlike as these when groups are dealt out among customers at random.

    The spread of the rates around the common one, weighted by applications, is compared with
    that of tables with the same margins. A customer keeps all of his decisions, and his first
    group counts. So it holds for small groups, for rates near 0 and 1, and for customers who
    apply again and again.

    Parameters
    ----------
    decided : array of bool, shape (n_applications,)
    groups : array of str, shape (n_applications,)
    customer : array, shape (n_applications,), optional
    draws : int, default 9,999
    seed : int, default 0

    Returns
    -------
    float in (0, 1]
        No lower than 1 / (draws + 1); 1 where there is one group, or all are decided alike.

    References
    ----------
    .. [1] Patefield (1981), An Efficient Method of Generating Random R x C Tables with Given
       Row and Column Totals, Applied Statistics 30 (AS 159).

    Examples
    --------
    >>> independence_chance([True] * 9 + [False] * 9, ["a"] * 9 + ["b"] * 9, draws=999)
    0.001
    """
    people = _people(decided, groups, customer)
    kinds, kind = np.unique(people[["yes", "n"]].to_numpy(), axis=0, return_inverse=True)
    group = pd.factorize(people["group"])[0]
    if len(kinds) < 2 or group.max() < 1:
        return 1.0
    table = np.zeros((len(kinds), group.max() + 1), dtype=int)
    np.add.at(table, (np.ravel(kind), group), 1)
    dealt = random_table.rvs(table.sum(1), table.sum(0), size=draws, random_state=seed)
    found, by_chance = _unlikeness(table[None], kinds)[0], _unlikeness(dealt, kinds)
    return float((1 + (by_chance >= found * (1 - 1e-9)).sum()) / (1 + draws))


def design_effect(
    decided: ArrayLike, groups: ArrayLike, customer: ArrayLike | None = None
) -> float:
    """How many times the variance of rates is that of independent applications.

    Parameters
    ----------
    decided : array of bool, shape (n_applications,)
    groups : array of str, shape (n_applications,)
    customer : array, shape (n_applications,), optional

    Returns
    -------
    float, at least 1
        1 where each customer applied once, or all were decided alike.

    References
    ----------
    .. [1] Rao & Scott (1992), A Simple Method for the Analysis of Clustered Binary Data,
       Biometrics 48.

    Examples
    --------
    >>> design_effect([True, True, False, False], list("aaaa"), [1, 1, 2, 2])
    2.0
    """
    people = _people(decided, groups, customer)
    sums = people.groupby("group")[["yes", "n"]].transform("sum")
    rate = sums["yes"] / sums["n"]
    alone = float((people["n"] * rate * (1 - rate)).sum())
    together = float(((people["yes"] - rate * people["n"]) ** 2).sum())
    return max(1.0, together / alone) if alone > 0 else 1.0


def _people(decided: ArrayLike, groups: ArrayLike, customer: ArrayLike | None) -> pd.DataFrame:
    """Applications and those decided so, customer by customer, with his first group."""
    yes = np.asarray(decided).astype(float)
    who = np.arange(len(yes)) if customer is None else pd.factorize(np.asarray(customer))[0]
    rows = pd.DataFrame({"yes": yes, "n": 1.0, "group": np.asarray(groups).astype(str)})
    return rows.groupby(who).agg(yes=("yes", "sum"), n=("n", "sum"), group=("group", "first"))


def _unlikeness(tables: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """Weighted spread of the rates of each table, shape (n_tables,)."""
    yes, n = (np.einsum("tkg,k->tg", tables, kinds[:, part]) for part in (0, 1))
    common = yes.sum(axis=1, keepdims=True) / n.sum(axis=1, keepdims=True)
    return (n * (yes / n - common) ** 2).sum(axis=1)
