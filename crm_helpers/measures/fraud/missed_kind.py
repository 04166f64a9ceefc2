"""Kinds of fraud and what of each was found -> is one shown to be missed more than the rest."""

import pandas as pd
from scipy.stats import fisher_exact

from crm_helpers.measures.statistics.claims import claim_level


def missed_more(known: pd.Series, found: pd.Series) -> pd.Series:
    """True for kinds of which less is found than of all others, at the one level of the suite.

    Each kind is judged against the rest by Fisher's exact test, one-sided, allowing for the
    number of kinds. Counts must be of fraudsters, not of payments: those of one fraudster are
    found or missed together.

    Parameters
    ----------
    known, found : Series of int, one per kind
        Known fraudsters, and those of whom at least one payment was opened.

    Returns
    -------
    Series of bool, index of `known`

    References
    ----------
    .. [1] Fisher (1922), On the Interpretation of Chi-Square from Contingency Tables, JRSS 85.

    Examples
    --------
    >>> missed_more(pd.Series([20, 20, 2]), pd.Series([19, 1, 0])).tolist()
    [False, True, False]
    """
    level = (1 - claim_level(max(len(known), 1))) / 2
    missed = known - found
    tables = [
        [[missed[k], found[k]], [missed.sum() - missed[k], found.sum() - found[k]]]
        for k in known.index
    ]
    chance = [fisher_exact(one, alternative="greater")[1] for one in tables]
    return pd.Series([one <= level for one in chance], index=known.index, dtype=bool)
