"""Paired savings: what two ways of looking save of the same persons -> is one of them better."""

import numpy as np
import pandas as pd

from crm_helpers.measures.statistics.claims import claim_level, claim_reach

DRAWS = 4_000


def saves_more(difference: pd.Series, *, choices: int = 1, seed: int = 0) -> bool:
    """True when the sum of paired differences is above chance, at the one level of the suite.

    The signs of the differences are flipped at random: that holds for few persons with large
    sums as well, where a normal approximation does not.

    Parameters
    ----------
    difference : Series of float, one per person
        Saved by one way less saved by the other; one value per person, whose payments go together.
    choices : int, default 1
        From how many differences this one was picked.
    seed : int, default 0

    Returns
    -------
    bool

    References
    ----------
    .. [1] Fisher (1935), The Design of Experiments, section 21.

    Examples
    --------
    >>> saves_more(pd.Series([5.0] * 20)), saves_more(pd.Series([5.0, -4.0] * 10))
    (True, False)
    """
    moved = difference.to_numpy(dtype=float)
    moved = moved[np.isfinite(moved) & (moved != 0)]
    if not len(moved):
        return False
    rng = np.random.default_rng(seed)
    # Persons of equal difference are flipped together as a binomial count: a few hundred values.
    values, counts = np.unique(moved, return_counts=True)
    kept = rng.binomial(counts, 0.5, size=(DRAWS, len(values)))
    flipped = (2 * kept - counts) @ values
    above = (1 + (flipped >= moved.sum() - 1e-9).sum()) / (1 + DRAWS)
    return bool(above <= (1 - claim_level(choices)) / 2)


def pays(net: pd.Series, *, choices: int = 1) -> bool:
    """True when the mean net value of cases is above zero, at the one level of the suite.

    Net values are skewed to the right, a small cost often and a large saving seldom: then the
    lower limit by the normal law is on the careful side.

    Parameters
    ----------
    net : Series of float, currency, one per case or person
    choices : int, default 1
        From how many this one was picked.

    Returns
    -------
    bool

    Examples
    --------
    >>> pays(pd.Series([-3.0] * 50)), pays(pd.Series([40.0, 50.0] * 20))
    (False, True)
    """
    known = net.dropna().to_numpy(dtype=float)
    if len(known) < 2:
        return False
    error = known.std(ddof=1) / np.sqrt(len(known))
    return bool(known.mean() > claim_reach(choices) * error and (known > 0).sum() > 1)
