"""Significance of rules: counts of baskets -> p-values and their false-discovery control."""

import numpy as np
import pandas as pd
from scipy.stats import hypergeom


def joint_p_values(counts: pd.DataFrame) -> pd.Series:
    """Chance that independent products stand together in as many baskets, or more.

    Fisher's exact test, one-sided: how many of the baskets with the antecedent
    would hold the consequent if they were a random draw of all baskets.

    Parameters
    ----------
    counts : DataFrame, one row per comparison
        basket_count, antecedent_count, consequent_count, joint_count : int

    Returns
    -------
    Series of float in [0, 1], same index
        p_value

    References
    ----------
    .. [1] Fisher (1935), The logic of inductive inference.

    Examples
    --------
    The lady tasting tea: 4 of 8 cups chosen, all 4 right; 1 chance in 70.

    >>> tea = pd.DataFrame({"basket_count": [8], "antecedent_count": [4],
    ...                     "consequent_count": [4], "joint_count": [4]})
    >>> joint_p_values(tea).rdiv(1).round(9).tolist()
    [70.0]
    """
    names = ["joint_count", "basket_count", "consequent_count", "antecedent_count"]
    joint, *margins = (counts[name].to_numpy(dtype=float) for name in names)
    tail = hypergeom.sf(joint - 1, *margins)
    return pd.Series(tail, index=counts.index, name="p_value", dtype=float)


def false_discovery_values(p_values: pd.Series, *, tests: float | None = None) -> pd.Series:
    """Smallest false-discovery rate at which each result would still be called found.

    Benjamini and Hochberg's step-up procedure. `tests` counts every comparison
    that could have been made; those not passed here count as not found, which
    makes the control stricter, never laxer.

    Parameters
    ----------
    p_values : Series of float in [0, 1]
    tests : float, optional
        Comparisons made in all; none means the length of p_values.

    Returns
    -------
    Series of float in [0, 1], same index
        q_value

    Raises
    ------
    ValueError
        If tests is smaller than the number of p-values.

    References
    ----------
    .. [1] Benjamini & Hochberg (1995), Controlling the false discovery rate.

    Examples
    --------
    >>> false_discovery_values(pd.Series([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.04, 0.04]
    """
    tests = len(p_values) if tests is None else tests
    if tests < len(p_values):
        raise ValueError(
            f"tests: {tests:,} is less than the {len(p_values):,} p-values given; expected every "
            "comparison to be counted. Leave tests out or pass the number of possible rules."
        )
    ordered = p_values.sort_values(ascending=False)
    ranks = np.arange(len(ordered), 0, -1)
    stepped = (ordered * tests / ranks).cummin().clip(upper=1.0)
    return stepped.reindex(p_values.index).rename("q_value")
