"""Persons with names -> pairs that are probably the same person, and how many by chance."""

from difflib import SequenceMatcher
from itertools import combinations

import numpy as np
import pandas as pd

LIMIT = 0.85
LARGEST_BLOCK = 200


def likely_duplicates(people: pd.DataFrame, *, name: str, blocks: list[str]) -> pd.DataFrame:
    """Pairs of persons who share all block columns and whose names are nearly the same.

    Only rows with the same values in `blocks` are compared, so the cost grows with the size of
    the blocks and not with the square of the rows. Nearly the same: at least 85 % of the letters
    match in order, or one first name is the initial of the other and the rest matches.

    Parameters
    ----------
    people : DataFrame, one row per person
        First column the key; rows without a name or without a block value are not compared.
    name : str
        Column of the name.
    blocks : list of str
        Columns that must be equal, such as postcode and year of birth.

    Returns
    -------
    DataFrame, one row per pair
        first, second : key of the earlier and of the later row
        similarity : float in [0.85, 1]

    Examples
    --------
    >>> people = pd.DataFrame({"id": ["1", "2", "3"], "name": ["Ann Lee", "A. Lee", "Bo Ray"],
    ...                        "postcode": ["10", "10", "10"]})
    >>> likely_duplicates(people, name="name", blocks=["postcode"])
      first second  similarity
    0     1      2         1.0
    """
    key = people.columns[0]
    known = people.dropna(subset=[name, *blocks])
    pairs = [
        (first[0], second[0], likeness)
        for _, block in known.groupby(blocks, sort=False)
        if 1 < len(block) <= LARGEST_BLOCK
        for first, second in combinations(zip(block[key], block[name], strict=True), 2)
        if (likeness := similarity(first[1], second[1])) >= LIMIT
    ]
    return pd.DataFrame(pairs, columns=["first", "second", "similarity"])


def pairs_by_chance(people: pd.DataFrame, *, name: str, blocks: list[str], seed: int) -> int:
    """Pairs found after the names were dealt out anew: what similarity alone brings.

    Parameters
    ----------
    people, name, blocks
        As in `likely_duplicates`.
    seed : int
        For the dealing.
    """
    order = np.random.default_rng(seed).permutation(len(people))
    dealt = people.assign(**{name: people[name].to_numpy()[order]})
    return len(likely_duplicates(dealt, name=name, blocks=blocks))


def similarity(first: str, second: str) -> float:
    """Share of the letters that two names have in common, in order; 1 for an initial.

    Examples
    --------
    >>> similarity("Ann Lee", "ann  lee"), similarity("Ann Lee", "A. Lee")
    (1.0, 1.0)
    >>> round(similarity("Ann Berger", "Ann Beger"), 2)
    0.95
    """
    a, b = first.lower().split(), second.lower().split()
    if a == b or a[1:] == b[1:] and _is_initial(a, b):
        return 1.0
    one, other = " ".join(a), " ".join(b)
    if abs(len(one) - len(other)) > 3:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _is_initial(a: list[str], b: list[str]) -> bool:
    if not a or not b or len(a) == 1:
        return False
    short, long = sorted((a[0].rstrip("."), b[0].rstrip(".")), key=len)
    return len(short) == 1 and long.startswith(short)


def name_and_blocks(profiles: pd.DataFrame) -> tuple[str, list[str]]:
    """Column that looks like a full name, and the two finest columns that persons share.

    Parameters
    ----------
    profiles : DataFrame, one row per column of the customers
        What `column_profiles` gives.

    Returns
    -------
    (str, list of str)
        Empty where there is none.
    """
    mine = profiles[profiles["kind"] != "date"].set_index("column")
    names = [c for c in mine.index if c in ("name", "full_name", "customer_name")]
    shared = mine[(mine["distinct"] > 1) & (mine["distinct"] <= mine["rows"] / 2)]
    shared = shared[
        shared.index.isin(["postcode", "zip", "city", "birth_year", "gender", "region"])
    ]
    blocks = list(shared.sort_values("distinct", ascending=False, kind="stable").index[:2])
    return (names[0] if names else "", blocks if names else [])
