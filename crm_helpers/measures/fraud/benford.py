"""First digits of amounts against Benford's law: amounts -> shares by digit and their distance."""

import numpy as np
import pandas as pd

CONFORMS_UP_TO, DOES_NOT_FROM = 0.006, 0.015
FEWEST, WIDEST_NEEDED = 1_000, 100.0


def first_digits(amount: pd.Series) -> pd.DataFrame:
    """Share of each first digit beside the share that Benford's law gives it.

    Parameters
    ----------
    amount : Series of float, shape (n_payments,)
        Amounts that are missing or 0 are left out.

    Returns
    -------
    DataFrame, one row per digit from 1 to 9
        digit : int, first digit of the amount
        digit_share : float in [0, 1], amounts that begin with it
        benford_share : float in [0, 1], log10(1 + 1 / digit)

    References
    ----------
    .. [1] Nigrini (2012), Benford's Law, Wiley.
    """
    known = amount[amount > 0].to_numpy(dtype=float)
    leading = np.floor(known / 10 ** np.floor(np.log10(known)) + 1e-9).astype(int)
    digit = np.arange(1, 10)
    counts = np.bincount(leading, minlength=11)[1:10]
    share = counts / max(counts.sum(), 1)
    law = np.log10(1 + 1 / digit)
    return pd.DataFrame({"digit": digit, "digit_share": share, "benford_share": law})


def benford_distance(amount: pd.Series) -> float:
    """Mean distance between the shares of first digits and Benford's law.

    Up to 0.006 amounts conform, from 0.015 on they do not (Nigrini's bands for first digits).

    Parameters
    ----------
    amount : Series of float, shape (n_payments,)

    Returns
    -------
    float, 0 or more

    Examples
    --------
    >>> round(benford_distance(pd.Series([1.0, 10.0, 100.0])), 3)
    0.155
    """
    shares = first_digits(amount)
    return float((shares["digit_share"] - shares["benford_share"]).abs().mean())


def benford_applies(amount: pd.Series) -> bool:
    """True when amounts are many, span two orders of magnitude and conform as a whole.

    Only then does a shop or customer that departs from the law stand out; prices
    that are set by hand, or amounts with a minimum, never follow it.

    Parameters
    ----------
    amount : Series of float, shape (n_payments,)

    Returns
    -------
    bool
    """
    known = amount[amount > 0]
    if len(known) < FEWEST:
        return False
    low, high = known.quantile([0.01, 0.99])
    return bool(high / low >= WIDEST_NEEDED and benford_distance(known) < DOES_NOT_FROM)
