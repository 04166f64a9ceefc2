"""Population stability index: the same bins of two periods -> one number."""

import numpy as np
from numpy.typing import ArrayLike

EMPTY_BIN = 0.5  # rows that an empty bin counts as, so that its logarithm is defined


def population_stability_index(then: ArrayLike, now: ArrayLike) -> float:
    """Shift between two distributions over the same bins.

    Below 0.10 is read as stable, above 0.25 as shifted. A bin that is empty in one of the
    periods counts as half a row; bins empty in both are left out.

    Parameters
    ----------
    then, now : array of int, shape (n_bins,)
        Rows per bin in the earlier and in the later period.

    Returns
    -------
    float in [0, inf)
        Sum over bins of (share now - share then) x ln(share now / share then).

    Raises
    ------
    ValueError
        If the bins differ in number or a period has no rows.

    References
    ----------
    .. [1] Siddiqi (2006), Credit Risk Scorecards, Wiley, chapter 9 (system stability report).

    Examples
    --------
    >>> round(population_stability_index([50, 50], [60, 40]), 6)
    0.040547
    """
    before, after = np.asarray(then, dtype=float), np.asarray(now, dtype=float)
    if before.shape != after.shape or not before.sum() or not after.sum():
        raise ValueError(
            f"psi: found {before.size} bins with {before.sum():,.0f} rows and {after.size} bins "
            f"with {after.sum():,.0f} rows; expected the same bins and rows in both. "
            "Count both periods over one list of bins."
        )
    used = (before > 0) | (after > 0)
    shares = [np.where(rows[used] > 0, rows[used], EMPTY_BIN) for rows in (before, after)]
    before, after = (rows / rows.sum() for rows in shares)
    return float(((after - before) * np.log(after / before)).sum())
