"""Named common random numbers: (seed, name, keys) -> the same uniform, whatever else is drawn.

A draw belongs to the thing it decides (customer 17, order 3, line 2), not to its place in a
sequence. So switching one layer off leaves every other draw as it was, and customers can be
generated in pieces.
"""

import zlib

import numpy as np
from scipy import special

Keys = int | np.ndarray

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)


class Draws:
    """Random numbers that depend on nothing but the seed, a name and integer keys.

    Parameters
    ----------
    seed : int
        The seed of the company.

    References
    ----------
    .. [1] Steele, Lea & Flood (2014), Fast Splittable Pseudorandom Number Generators
       (the finalizer of SplitMix64).

    Examples
    --------
    >>> draws = Draws(7)
    >>> bool((draws.uniform("rate", np.arange(3)) == draws.uniform("rate", np.arange(3))).all())
    True
    >>> bool(draws.uniform("rate", 5)[0] == draws.uniform("rate", np.arange(9))[5])
    True
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def uniform(self, name: str, *keys: Keys) -> np.ndarray:
        """Numbers strictly between 0 and 1, one for each combination of the (broadcast) keys."""
        state = _mix(np.array([self.seed ^ (zlib.crc32(name.encode()) << 20)], dtype=np.uint64))
        for key in keys:
            state = _mix(state + (np.atleast_1d(key).astype(np.uint64) + np.uint64(1)) * _STEP)
        return ((state >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53

    def exponential(self, name: str, *keys: Keys) -> np.ndarray:
        """Exponential numbers with mean 1."""
        return -np.log(self.uniform(name, *keys))

    def normal(self, name: str, *keys: Keys) -> np.ndarray:
        """Standard normal numbers."""
        return special.ndtri(self.uniform(name, *keys))

    def happens(self, name: str, chance: float | np.ndarray, *keys: Keys) -> np.ndarray:
        """True with the given chance; a larger chance keeps every case of a smaller one."""
        return self.uniform(name, *keys) < np.asarray(chance)

    def integers(self, name: str, size: int | np.ndarray, *keys: Keys) -> np.ndarray:
        """Whole numbers from 0 to size - 1, all equally likely."""
        return (self.uniform(name, *keys) * np.asarray(size)).astype(np.int64)

    def pick(self, name: str, shares: np.ndarray, *keys: Keys) -> np.ndarray:
        """Positions drawn with the given shares (which sum to 1)."""
        cumulated = np.cumsum(shares)
        return np.minimum(np.searchsorted(cumulated, self.uniform(name, *keys)), len(cumulated) - 1)

    def pick_by_row(
        self, name: str, shares: np.ndarray, row: np.ndarray, *keys: Keys
    ) -> np.ndarray:
        """Positions drawn with the shares of each draw's own row of a table."""
        width = shares.shape[1]
        cumulated = np.cumsum(shares, axis=1)
        cumulated /= cumulated[:, -1:]
        ladder = (cumulated + np.arange(len(shares))[:, None]).ravel()
        found = np.searchsorted(ladder, row + self.uniform(name, *keys), side="left")
        return np.clip(found - row * width, 0, width - 1)


def _mix(state: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):
        state = state + _STEP
        state = (state ^ (state >> np.uint64(30))) * _MIX_1
        state = (state ^ (state >> np.uint64(27))) * _MIX_2
        return state ^ (state >> np.uint64(31))
