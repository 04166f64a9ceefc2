"""Groups of words by NMF on TF-IDF: weighted texts -> groups, their number by resampling."""

import warnings
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import adjusted_rand_score
from sklearn.preprocessing import normalize

RESAMPLES = 5
HALVINGS = 3
# Of two words of one text, chance set aside, this share must be of one group for it to be split.
APART = 0.75
FEWEST_TOGETHER = 3
FEWEST_WORDS_OF_TEXT = 3


@dataclass(frozen=True)
class WordGroups:
    """Weights of words in each group.

    Attributes
    ----------
    weights : array of float, shape (n_groups, n_words), rows of length 1
    tried : dict of int to float
        Agreement over resamples by number of groups; what it is depends on the function.
    """

    weights: np.ndarray
    tried: dict[int, float]


def groups_of_place(counted: sp.csr_matrix, tried: tuple[int, ...], *, seed: int = 0) -> WordGroups:
    """Groups into which the words of one place fall, one where they do not fall apart.

    Short texts share few words, so each is first widened by the words that its own are often
    seen with; then NMF is fitted to two thirds drawn at random. In the rest, pairs of words of
    one text are looked at: how often are both of the same group, beyond chance (kappa)? The
    number of groups with the highest median kappa is taken where it reaches 0.75, else there is
    one group.

    Parameters
    ----------
    counted : csr_matrix, shape (n_texts, n_words)
        TF-IDF weights; some hundred words at most, since pairs of words are counted.
    tried : tuple of int, each 2 or more
    seed : int, default 0

    Returns
    -------
    WordGroups

    References
    ----------
    .. [1] Lee & Seung (1999), Learning the parts of objects by non-negative matrix factorization.
    """
    possible = [k for k in tried if k < min(counted.shape) // 2]
    kappas = {k: _kappa_elsewhere(counted, k, seed) for k in possible}
    best = max(kappas, key=kappas.__getitem__, default=1)
    apart = best > 1 and kappas[best] >= APART
    return WordGroups(_widened_nmf(counted, best, seed) if apart else _one(counted), kappas)


def fixed_groups(counted: sp.csr_matrix, groups: int, *, seed: int = 0) -> np.ndarray:
    """Groups of the words of a place when their number is known.

    Parameters
    ----------
    counted : csr_matrix, shape (n_texts, n_words)
        TF-IDF weights.
    groups : int
        Fewer are given where there are not words or texts enough.
    seed : int, default 0

    Returns
    -------
    array of float, shape (n_groups, n_words), rows of length 1
    """
    possible = min(groups, max(min(counted.shape) // 2 - 1, 1))
    return _one(counted) if possible == 1 else _widened_nmf(counted, possible, seed)


def stable_groups(counted: sp.csr_matrix, tried: tuple[int, ...], *, seed: int = 0) -> WordGroups:
    """Groups of words, as many as come out most alike on random halves of the texts.

    Parameters
    ----------
    counted : csr_matrix, shape (n_texts, n_words)
        TF-IDF weights.
    tried : tuple of int, each 2 or more
    seed : int, default 0

    Returns
    -------
    WordGroups
        Agreement is the mean adjusted Rand index of two fits about all texts.

    References
    ----------
    .. [1] Greene, O'Callaghan & Cunningham (2014), How Many Topics? Stability Analysis for Topic
       Models, ECML PKDD: the number of topics by agreement over resamples.
    """
    agreement = {k: _agreement(counted, k, seed) for k in tried if k < min(counted.shape) // 2}
    best = max(agreement, key=agreement.__getitem__, default=1)
    return WordGroups(_nmf(counted, best, seed) if best > 1 else _one(counted), agreement)


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


def _widened_nmf(counted: sp.csr_matrix, groups: int, seed: int) -> np.ndarray:
    return _nmf(normalize(counted @ together(counted)), groups, seed)


def _nmf(weighted: sp.csr_matrix, groups: int, seed: int) -> np.ndarray:
    with warnings.catch_warnings():
        # Groups are judged over resamples, not by the last digit of the loss.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = NMF(groups, init="nndsvda", random_state=seed, max_iter=300)
        return normalize(model.fit(weighted).components_)


def _one(counted: sp.csr_matrix) -> np.ndarray:
    return normalize(np.asarray(counted.mean(axis=0)).reshape(1, -1))


def _kappa_elsewhere(counted: sp.csr_matrix, groups: int, seed: int) -> float:
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(RESAMPLES):
        order = rng.permutation(counted.shape[0])
        fitted, other = np.split(order, [2 * len(order) // 3])
        group = _widened_nmf(counted[fitted], groups, seed).argmax(axis=0)
        found.append(_kappa(counted[other], group, groups))
    return float(np.median(found))


def _kappa(counted: sp.csr_matrix, group: np.ndarray, groups: int) -> float:
    """Pairs of words of one text that are of one group, beyond what chance would give."""
    member = sp.csr_matrix(np.eye(groups)[group])
    words = np.asarray(((counted > 0).astype(float) @ member).todense())
    words = words[words.sum(axis=1) >= FEWEST_WORDS_OF_TEXT]
    size = words.sum(axis=1)
    if not len(words):
        return 0.0
    alike = (words * (words - 1)).sum() / (size * (size - 1)).sum()
    chance = ((words.sum(axis=0) / words.sum()) ** 2).sum()
    return float((alike - chance) / max(1 - chance, 1e-9))


def _agreement(counted: sp.csr_matrix, groups: int, seed: int) -> float:
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(HALVINGS):
        halves = np.array_split(rng.permutation(counted.shape[0]), 2)
        fits = [_nmf(counted[half], groups, seed) for half in halves]
        found.append(adjusted_rand_score(*((counted @ fit.T).argmax(axis=1) for fit in fits)))
    return float(np.mean(found))
