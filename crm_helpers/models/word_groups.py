"""Groups of words by NMF on TF-IDF: weighted texts -> groups, their number by stability."""

import warnings
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import adjusted_rand_score
from sklearn.preprocessing import normalize

RESAMPLES = 6
# Two fits on halves must agree by this much (adjusted Rand index) for a number of groups to count.
STABLE = 0.60
FEWEST_TOGETHER = 3


@dataclass(frozen=True)
class WordGroups:
    """Weights of words in each group.

    Attributes
    ----------
    weights : array of float, shape (n_groups, n_words), rows of length 1
    stability : dict of int to float
        Mean adjusted Rand index between fits on halves, by number of groups tried.
    """

    weights: np.ndarray
    stability: dict[int, float]


def word_groups(
    counted: sp.csr_matrix, tried: tuple[int, ...], *, seed: int = 0, one_is_enough: bool = True
) -> WordGroups:
    """Groups of words that stand together, as many as come out alike on halves of the texts.

    Short texts share few words, so each text is first widened by the words that its own words
    are often seen with (positive pointwise mutual information); then NMF is fitted. The number
    of groups is the one whose fits on random halves agree best; where no number reaches an
    adjusted Rand index of 0.60, there is one group.

    Parameters
    ----------
    counted : csr_matrix, shape (n_texts, n_words)
        TF-IDF weights.
    tried : tuple of int, each 2 or more
    seed : int, default 0
    one_is_enough : bool, default True
        False: the most stable number is taken, however unstable, since one group says nothing.

    Returns
    -------
    WordGroups

    References
    ----------
    .. [1] Lee & Seung (1999), Learning the parts of objects by non-negative matrix factorization.
    .. [2] Greene, O'Callaghan & Cunningham (2014), How Many Topics? Stability Analysis for Topic
       Models, ECML PKDD: the number of topics by agreement over resamples.
    """
    possible = [k for k in tried if k <= min(counted.shape) - 1]
    stability = {k: _agreement(counted, k, seed) for k in possible}
    best = max(stability, key=stability.__getitem__, default=1)
    enough = stability and (stability[best] >= STABLE or not one_is_enough)
    weights = _fitted(counted, best, seed) if enough else _one(counted)
    return WordGroups(weights, stability)


def together(counted: sp.csr_matrix) -> sp.csr_matrix:
    """How much more often two words share a text than by chance, each word with itself most.

    Parameters
    ----------
    counted : csr_matrix, shape (n_texts, n_words)

    Returns
    -------
    csr_matrix, shape (n_words, n_words), rows sum to 1
    """
    seen = (counted > 0).astype(float)
    size = np.asarray(seen.sum(axis=0)).ravel()
    pairs = (seen.T @ seen).tocoo()
    kept = (pairs.row != pairs.col) & (pairs.data >= FEWEST_TOGETHER)
    row, col, count = pairs.row[kept], pairs.col[kept], pairs.data[kept]
    excess = np.maximum(np.log(count * counted.shape[0] / (size[row] * size[col])), 0)
    near = sp.csr_matrix((excess, (row, col)), shape=pairs.shape)
    own = max(excess.max(initial=0.0), 1.0)
    return normalize(near + own * sp.identity(near.shape[0]), norm="l1").tocsr()


def _fitted(counted: sp.csr_matrix, groups: int, seed: int) -> np.ndarray:
    widened = normalize(counted @ together(counted))
    with warnings.catch_warnings():
        # Groups are judged by their stability, not by the last digit of the loss.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = NMF(groups, init="nndsvda", random_state=seed, max_iter=300)
        return normalize(model.fit(widened).components_)


def _one(counted: sp.csr_matrix) -> np.ndarray:
    return normalize(np.asarray(counted.mean(axis=0)).reshape(1, -1))


def _agreement(counted: sp.csr_matrix, groups: int, seed: int) -> float:
    """Mean agreement of two fits on halves about all texts."""
    rng = np.random.default_rng(seed)
    found = []
    for draw in range(RESAMPLES // 2):
        order = rng.permutation(counted.shape[0])
        halves = np.array_split(order, 2)
        told = [(counted @ _fitted(counted[half], groups, seed + draw).T).argmax(axis=1)
                for half in halves]  # fmt: skip
        found.append(adjusted_rand_score(*told))
    return float(np.mean(found))
