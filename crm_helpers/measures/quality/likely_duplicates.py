"""Persons with names -> pairs that are probably the same person, and how many by chance."""

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

import numpy as np
import pandas as pd

LIMIT = 0.85
LARGEST_BLOCK = 200


@dataclass(frozen=True)
class Duplicates:
    """Likely duplicates among persons.

    Attributes
    ----------
    pairs : DataFrame, one row per pair
        first, second, similarity
    by_chance : int
        Pairs found after the names were dealt out anew.
    compared : int
        Persons who could be compared.
    blocks : tuple of str
        Columns that a pair shares.
    """

    pairs: pd.DataFrame
    by_chance: int
    compared: int
    blocks: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Share of the pairs that chance does not explain; 1 when there is no pair."""
        return max(0.0, 1 - self.by_chance / len(self.pairs)) if len(self.pairs) else 1.0

    @property
    def is_beyond_chance(self) -> bool:
        """True where there are clearly more pairs than chance brings (three standard errors)."""
        return len(self.pairs) > self.by_chance + 3 * (self.by_chance + 1) ** 0.5


def duplicates(people: pd.DataFrame, *, seed: int) -> Duplicates:
    """Likely duplicates, and the number of pairs that chance would bring.

    Parameters
    ----------
    people : DataFrame, one row per person
        A key in the first column, name, and the columns that a pair must share; may be empty.
    seed : int
        For the dealing of the names.
    """
    if people.empty:
        return Duplicates(likely_duplicates(people, blocks=[]), 0, 0, ())
    blocks = [column for column in people.columns[1:] if column != "name"]
    known = people.dropna(subset=["name", *blocks])
    order = np.random.default_rng(seed).permutation(len(known))
    dealt = known.assign(name=known["name"].to_numpy()[order])
    found = likely_duplicates(known, blocks=blocks)
    by_chance = len(likely_duplicates(dealt, blocks=blocks))
    return Duplicates(found, by_chance, len(known), tuple(blocks))


def likely_duplicates(people: pd.DataFrame, *, blocks: list[str]) -> pd.DataFrame:
    """Pairs of persons who share all block columns and whose names are nearly the same.

    Only rows with the same values in `blocks` are compared, so the cost grows with the size of
    the blocks and not with the square of the rows. Nearly the same: at least 85 % of the letters
    match in order and the first letter is the same, or one first name is the initial of the
    other and the rest matches.

    Parameters
    ----------
    people : DataFrame, one row per person
        First column the key; column name.
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
    >>> likely_duplicates(people, blocks=["postcode"])
      first second  similarity
    0     1      2         1.0
    """
    pairs = [
        (first[0], second[0], likeness)
        for block in _blocks(people, blocks)
        for first, second in combinations(block, 2)
        if (likeness := similarity(first[1], second[1])) >= LIMIT
    ]
    return pd.DataFrame(pairs, columns=["first", "second", "similarity"])


def _blocks(people: pd.DataFrame, blocks: list[str]) -> list[list[tuple[str, str]]]:
    """Persons to be compared with each other; plain lists, for there are thousands of blocks."""
    found: dict[tuple, list[tuple[str, str]]] = defaultdict(list)
    if blocks:
        shared = zip(*(people[column].tolist() for column in blocks), strict=True)
        persons = zip(people.iloc[:, 0].tolist(), people["name"].tolist(), strict=True)
        for block, person in zip(shared, persons, strict=True):
            found[block].append(person)
    return [block for block in found.values() if 1 < len(block) <= LARGEST_BLOCK]


def similarity(first: str, second: str) -> float:
    """Share of the letters that two names have in common, in order; 1 for an initial.

    Names that begin with different letters count as unlike.

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
    if abs(len(one) - len(other)) > 3 or one[:1] != other[:1]:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _is_initial(a: list[str], b: list[str]) -> bool:
    if not a or not b or len(a) == 1:
        return False
    short, long = sorted((a[0].rstrip("."), b[0].rstrip(".")), key=len)
    return len(short) == 1 and long.startswith(short)
