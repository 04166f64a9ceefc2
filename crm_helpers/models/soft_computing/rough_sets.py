"""Rough sets: a decision table -> what its attributes can tell apart, its core and reducts."""

import numpy as np
import pandas as pd

MANY_ATTRIBUTES = 12


def indiscernible(table: pd.DataFrame) -> np.ndarray:
    """Class of each object: objects with the same values share one.

    Parameters
    ----------
    table : DataFrame, one row per object
        Attributes of few values; without columns all objects are alike.

    Returns
    -------
    ndarray of int, shape (n_objects,)

    References
    ----------
    .. [1] Pawlak (1991), Rough Sets: Theoretical Aspects of Reasoning about Data, ch. 2.
    """
    if table.shape[1] == 0:
        return np.zeros(len(table), dtype=int)
    return table.groupby(list(table.columns), sort=False, dropna=False).ngroup().to_numpy()


def dependency(table: pd.DataFrame, decision: pd.Series) -> float:
    """Share of the objects whose decision follows from their attributes without doubt.

    Parameters
    ----------
    table : DataFrame, one row per object
    decision : Series, shape (n_objects,)

    Returns
    -------
    float in [0, 1]
        Size of the positive region over the number of objects (gamma).

    References
    ----------
    .. [1] Pawlak (1991), ch. 4.
    """
    return float(_positive(indiscernible(table), _codes(decision)).mean())


def core(table: pd.DataFrame, decision: pd.Series) -> list[str]:
    """Attributes whose loss makes some decision doubtful: the part all reducts share.

    Parameters
    ----------
    table : DataFrame, one row per object
    decision : Series, shape (n_objects,)

    Returns
    -------
    list of str, in the order of the columns

    References
    ----------
    .. [1] Pawlak (1991), ch. 3.
    """
    whole = dependency(table, decision)
    return [c for c in table if dependency(table.drop(columns=c), decision) < whole]


def reducts(table: pd.DataFrame, decision: pd.Series, *, most: int = 100) -> list[list[str]]:
    """All smallest-in-themselves sets of attributes that decide as well as all of them.

    Searched level by level from the core, so that no set holds another: exact, and meant
    for tables of up to a dozen attributes; for wider ones take `quick_reduct`.

    Parameters
    ----------
    table : DataFrame, one row per object
    decision : Series, shape (n_objects,)
    most : int, default 100
        The search ends after so many.

    Returns
    -------
    list of lists of str, shorter ones first

    Raises
    ------
    ValueError
        If the table has more than 12 attributes outside its core.

    References
    ----------
    .. [1] Skowron & Rauszer (1992), The Discernibility Matrices and Functions in
       Information Systems.
    """
    whole, kept = dependency(table, decision), core(table, decision)
    free = [c for c in table if c not in kept]
    if len(free) > MANY_ATTRIBUTES:
        raise ValueError(
            f"reducts: {len(free)} attributes lie outside the core; expected at most "
            f"{MANY_ATTRIBUTES} for an exact search. Use quick_reduct, or drop attributes."
        )
    found: list[list[str]] = []
    frontier: list[tuple[str, ...]] = [()]
    while frontier and len(found) < most:
        fit = [s for s in frontier if dependency(table[[*kept, *s]], decision) >= whole - 1e-12]
        found += [[c for c in table if c in {*kept, *s}] for s in fit]
        frontier = _wider([s for s in frontier if s not in fit], free, found)
    return found[:most]


def quick_reduct(table: pd.DataFrame, decision: pd.Series, *, enough: float = 1.0) -> list[str]:
    """Small set of attributes found greedily, then thinned.

    Attributes enter by how many pairs of unlike objects they tell apart, which goes on where
    gamma still stands at zero; those no longer needed then leave. With `enough` below 1 a
    share of the positive region suffices, which noisy data want.

    Parameters
    ----------
    table : DataFrame, one row per object
    decision : Series, shape (n_objects,)
    enough : float in (0, 1], default 1
        Share of the whole table's gamma that has to be reached.

    Returns
    -------
    list of str, in the order they entered

    References
    ----------
    .. [1] Chouchoulas & Shen (2001), Rough Set-Aided Keyword Reduction for Text
       Categorization, Applied Artificial Intelligence 15 (QuickReduct).
    .. [2] Nguyen & Nguyen (1996), Some Efficient Algorithms for Rough Set Methods
       (discerned pairs).
    """
    codes, goal = _codes(decision), enough * dependency(table, decision) - 1e-12
    chosen: list[str] = []
    while dependency(table[chosen], decision) < goal:
        left = [c for c in table if c not in chosen]
        alike = {c: _alike_pairs(indiscernible(table[[*chosen, c]]), codes) for c in left}
        chosen.append(min(left, key=lambda c: alike[c]))
    for name in chosen[::-1]:
        thinner = [c for c in chosen if c != name]
        chosen = thinner if dependency(table[thinner], decision) >= goal else chosen
    return chosen


def _codes(decision: pd.Series) -> np.ndarray:
    return pd.factorize(np.asarray(decision))[0]


def _positive(classes: np.ndarray, decision: np.ndarray) -> np.ndarray:
    """Whether each object's class holds one decision only."""
    frame = pd.DataFrame({"class": classes, "decision": decision})
    return (frame.groupby("class")["decision"].transform("nunique") == 1).to_numpy()


def _alike_pairs(classes: np.ndarray, decision: np.ndarray) -> int:
    """Pairs with unlike decisions that the classes cannot tell apart."""
    frame = pd.DataFrame({"class": classes, "decision": decision})
    both = frame.groupby(["class", "decision"]).size()
    together = frame.groupby("class").size()
    return int((together**2).sum() - (both**2).sum()) // 2


def _wider(
    sets: list[tuple[str, ...]], free: list[str], found: list[list[str]]
) -> list[tuple[str, ...]]:
    place = {name: number for number, name in enumerate(free)}
    grown = [(*s, name) for s in sets for name in free if not s or place[name] > place[s[-1]]]
    return [s for s in grown if not any(set(r) & set(free) <= set(s) for r in found)]
