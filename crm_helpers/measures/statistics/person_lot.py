"""Whole persons dealt out anew by lot: who answered in which periods -> orders of the answers."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd

FEW = 5  # persons with a rare pattern of periods go with all who answered as often
MOST_AT_ONCE = 4_000_000


class PersonLot:
    """Deals out what persons answered among persons who answered in the same periods.

    A person keeps his answers together, as he would if another had given them: who is content
    stays so, and single answers dealt out one by one would hide that. Persons whose pattern of
    periods fewer than five share are dealt out among all who answered as often.

    Parameters
    ----------
    person, period : Series, shape (n_answers,)
        Who answered, and when.

    Attributes
    ----------
    is_pooled : ndarray of bool, shape (n_answers,)
        True where a person's pattern is rare, so that answers may come from other periods.

    Examples
    --------
    >>> lot = PersonLot(pd.Series(list("aabb")), pd.Series([0, 1, 0, 1]))
    >>> sorted({tuple(one) for one in lot.orders(20, np.random.default_rng(1)).tolist()})
    [(0, 1, 2, 3), (2, 3, 0, 1)]
    """

    def __init__(self, person: pd.Series, period: pd.Series) -> None:
        codes, when = pd.factorize(np.asarray(person))[0], np.asarray(period)
        rows = np.lexsort((when, codes))
        own = np.split(rows, np.flatnonzero(np.diff(codes[rows])) + 1) if len(rows) else []
        patterns = [when[one].tobytes() for one in own]
        common = {name for name, count in Counter(patterns).items() if count >= FEW}
        groups: dict[object, list[np.ndarray]] = {}
        self.size, self.is_pooled = len(rows), np.zeros(len(rows), dtype=bool)
        for one, pattern in zip(own, patterns, strict=True):
            self.is_pooled[one] = pattern not in common
            groups.setdefault(pattern if pattern in common else len(one), []).append(one)
        # One block per group: its persons down, their answers across, as places of rows.
        self.blocks = [np.array(group) for group in groups.values()]

    def orders(self, draws: int, rng: np.random.Generator) -> np.ndarray:
        """Orders by lot: each row of an outcome takes that of the row named here.

        Parameters
        ----------
        draws : int
        rng : Generator

        Returns
        -------
        ndarray of int, shape (draws, n_answers)
        """
        made = np.tile(np.arange(self.size), (draws, 1))
        for block in self.blocks:
            lots = rng.random((draws, len(block))).argsort(axis=1)
            made[:, block.ravel()] = block[lots].reshape(draws, -1)
        return made

    def in_pieces(self, draws: int, seed: int, *, most: int = 200) -> Iterator[np.ndarray]:
        """The same in pieces of `most` draws, fewer of many answers: memory stays bounded."""
        rng = np.random.default_rng(seed)
        each = max(1, min(most, MOST_AT_ONCE // max(self.size, 1)))
        for start in range(0, draws, each):
            yield self.orders(min(each, draws - start), rng)
