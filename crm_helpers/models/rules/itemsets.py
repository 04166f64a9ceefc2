"""Frequent itemsets: baskets -> products that stand together in enough of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.stats import binom

from crm_helpers.models.rules.quiet_mlxtend import fpgrowth

# mlxtend's fpgrowth asks a sparse frame for its dense values once (a byte per cell) and builds a
# tree of Python objects (about 500 bytes per entry): both bounds keep it under about 0.4 GB.
MAX_CELLS = 100_000_000
MAX_ENTRIES = 500_000
MISS_PROBABILITY = 0.001
MAX_PAIRS = 100_000


@dataclass(frozen=True)
class Baskets:
    """Which basket holds which product: a sparse matrix, one row per order."""

    matrix: sparse.csr_array
    orders: pd.Index
    products: pd.Index

    def __len__(self) -> int:
        """Count of baskets, those with one product included."""
        return self.matrix.shape[0]

    def rows(self, is_kept: np.ndarray) -> "Baskets":
        """Only the baskets marked True; the products keep their positions."""
        return Baskets(self.matrix[is_kept], self.orders[is_kept], self.products)


def basket_matrix(lines: pd.DataFrame) -> Baskets:
    """Sparse boolean matrix of the baskets.

    Parameters
    ----------
    lines : DataFrame, one row per order and product
        Columns order_id, product_id.

    Returns
    -------
    Baskets
        Orders and products sorted by id, so that the order of rows changes nothing.
    """
    row, orders = pd.factorize(lines["order_id"], sort=True)
    column, products = pd.factorize(lines["product_id"], sort=True)
    shape = (len(orders), len(products))
    matrix = sparse.csr_array((np.ones(len(lines), dtype=np.int32), (row, column)), shape=shape)
    matrix.data[:] = 1
    matrix.sort_indices()
    return Baskets(matrix, pd.Index(orders), pd.Index(products))


def least_count(baskets: Baskets, min_support: float) -> int:
    """Baskets that an itemset must be in, at least one; a support exactly at the limit is enough.

    Computed with a relative tolerance of 1e-9, because 0.1 x 30 baskets is
    3.0000000000000004 in floating point.

    Parameters
    ----------
    baskets : Baskets
    min_support : float in [0, 1]

    Returns
    -------
    int, count of baskets
    """
    return max(1, math.ceil(min_support * len(baskets) * (1 - 1e-9)))


def chosen_support(
    baskets: Baskets, *, min_joint_baskets: int = 30, max_pairs: int = 1_500
) -> float:
    """Smallest support that later baskets could confirm and that stays workable.

    Two products must stand together in at least `min_joint_baskets`: the
    standard error of the logarithm of lift is about 1 / sqrt(baskets with
    both), so 30 leave it at 18 %, and a true lift of 1.5 shows as above 1.
    Where more than `max_pairs` pairs pass that (wide assortments, wholesale
    baskets), the support rises until no more than that remain: pairs are
    counted exactly before any mining starts.

    Parameters
    ----------
    baskets : Baskets
    min_joint_baskets : int, default 30
        Baskets a pair must be in, whatever the support.
    max_pairs : int, default 1,500
        Pairs that may pass.

    Returns
    -------
    float, share of baskets in (0, 1]
    """
    if not len(baskets):
        return 1.0
    together = np.sort(_pair_counts(_only(baskets, min_joint_baskets)))[::-1]
    count = min_joint_baskets
    if len(together) > max_pairs:
        count = max(count, int(together[max_pairs]) + 1)
    return min(1.0, count / len(baskets))


def frequent_itemsets(
    baskets: Baskets, *, min_support: float, max_items: int = 3, seed: int = 0
) -> pd.DataFrame:
    """Sets of products that stand together in at least the share min_support of baskets.

    Products below the support are dropped before mining, so the work and the
    memory grow with what is frequent, not with the width of the assortment.
    When what is left is still too much for mlxtend (see MAX_CELLS), candidates
    come from a random part of the baskets at a lowered support, which misses a
    set exactly at the limit with probability 0.001 [1]_; every candidate is
    then counted in all baskets, so the counts are exact either way.

    Parameters
    ----------
    baskets : Baskets
    min_support : float in (0, 1]
        A set exactly at the limit passes.
    max_items : int, default 3
        Products in a set at most.
    seed : int
        Chooses the random part where one is needed.

    Returns
    -------
    DataFrame, one row per itemset, sorted by size, then by its products
        itemset : tuple of int, positions in baskets.products, ascending
        items_count : int
        joint_count : int, baskets with all of its products
        support : float in (0, 1]

    Raises
    ------
    ValueError
        If more than 100,000 pairs reach the support.

    References
    ----------
    .. [1] Toivonen (1996), Sampling Large Databases for Association Rules, VLDB.
    """
    least = least_count(baskets, min_support)
    frequent = _only(baskets, least)
    _check_pairs(frequent, least, min_support)
    part, part_least = _minable(frequent, least, seed)
    itemsets = _mined(part, part_least, max_items)
    counts = itemset_counts(baskets, itemsets)
    table = pd.DataFrame({"itemset": itemsets, "items_count": [len(s) for s in itemsets]})
    table["joint_count"] = counts
    table["support"] = counts / max(1, len(baskets))
    return table[table["joint_count"] >= least].reset_index(drop=True)


def itemset_counts(baskets: Baskets, itemsets: Sequence[tuple[int, ...]]) -> np.ndarray:
    """Exact number of baskets that hold each itemset.

    Parameters
    ----------
    baskets : Baskets
    itemsets : sequence of tuple of int
        Positions in baskets.products, ascending within a tuple; the empty set is in every basket.

    Returns
    -------
    array of int, shape (n_itemsets,)
    """
    counts = np.zeros(len(itemsets), dtype=np.int64)
    by_column = baskets.matrix.tocsc()
    order = sorted(range(len(itemsets)), key=lambda i: (len(itemsets[i]), itemsets[i]))
    for prefix, members in groupby(order, key=lambda i: itemsets[i][:-1]):
        within = _counts_within(baskets.matrix, _rows_with(by_column, prefix))
        for i in members:
            counts[i] = within[itemsets[i][-1]] if itemsets[i] else len(baskets)
    return counts


def _rows_with(by_column: sparse.csc_array, items: tuple[int, ...]) -> np.ndarray | None:
    """Rows that hold all items; None stands for every row."""
    rows = None
    for item in items:
        held = by_column.indices[by_column.indptr[item] : by_column.indptr[item + 1]]
        rows = held if rows is None else np.intersect1d(rows, held, assume_unique=True)
    return rows


def _counts_within(matrix: sparse.csr_array, rows: np.ndarray | None) -> np.ndarray:
    held = matrix.indices if rows is None else matrix[rows].indices
    return np.bincount(held, minlength=matrix.shape[1])


def _only(baskets: Baskets, least: int) -> Baskets:
    """Baskets of two or more frequent products, with the columns of frequent products alone."""
    counts = _counts_within(baskets.matrix, None)
    kept = np.flatnonzero(counts >= least)
    matrix = baskets.matrix[:, kept]
    has_pair = np.diff(matrix.indptr) >= 2
    return Baskets(matrix[has_pair], baskets.orders[has_pair], pd.Index(kept))


def _pair_counts(baskets: Baskets) -> np.ndarray:
    together = sparse.triu(baskets.matrix.T @ baskets.matrix, k=1)
    return together.data[together.data > 0]


def _check_pairs(frequent: Baskets, least: int, min_support: float) -> None:
    pairs = int((_pair_counts(frequent) >= least).sum())
    if pairs > MAX_PAIRS:
        raise ValueError(
            f"min_support: at {min_support:g} (from {least:,} baskets) {pairs:,} pairs of products "
            f"are frequent; expected at most {MAX_PAIRS:,}, or mining would not end. Raise "
            "min_support, or set it to 0 to have it chosen."
        )


def _minable(baskets: Baskets, least: int, seed: int) -> tuple[Baskets, int]:
    """Baskets within the bounds of memory, and the count that a frequent set has there."""
    entries, cells = baskets.matrix.nnz, math.prod(baskets.matrix.shape)
    share = min(1.0, MAX_CELLS / max(cells, 1), MAX_ENTRIES / max(entries, 1))
    if share == 1.0:
        return baskets, least
    drawn = np.random.default_rng(seed).random(len(baskets)) < share
    return baskets.rows(drawn), max(2, int(binom.ppf(MISS_PROBABILITY, least, share)))


def _mined(baskets: Baskets, least: int, max_items: int) -> list[tuple[int, ...]]:
    """Itemsets of one item and more, by fpgrowth on a sparse frame."""
    singles = [(int(item),) for item in baskets.products]
    if not baskets.matrix.nnz or max_items < 2:
        return singles
    columns = [str(position) for position in range(len(baskets.products))]
    held = baskets.matrix.astype(bool)
    frame = pd.DataFrame.sparse.from_spmatrix(sparse.coo_matrix(held), columns=columns)
    # Half a basket below the count: mlxtend compares floats, and a set exactly at it must pass.
    found = fpgrowth(frame, min_support=(least - 0.5) / len(baskets), max_len=max_items)
    sets = [tuple(sorted(int(baskets.products[i]) for i in s)) for s in found["itemsets"]]
    return singles + sorted((s for s in sets if len(s) > 1), key=lambda s: (len(s), s))
