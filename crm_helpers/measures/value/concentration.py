"""Concentration of value over customers: one value each -> curve, Gini, share of the top."""

import math

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from crm_helpers.measures.statistics.bootstrap import Interval

FIFTH = 0.20
# Resamples x customers: beyond this, fewer resamples are drawn (a million customers: 100).
MOST_DRAWN = 100_000_000
FEWEST_DRAWS = 100


def concentration_curve(value: ArrayLike) -> pd.DataFrame:
    """Share of all value that the best customers bring, best first.

    The Lorenz curve read from the other end. It rises above 1 where customers lose
    money, and comes back to 1 with them. Customers of equal value enter together.

    Parameters
    ----------
    value : array of float, shape (n_customers,)
        Profit or revenue of each customer, in currency; may be negative.

    Returns
    -------
    DataFrame, one row per distinct value plus the origin
        customers_share : float in [0, 1]
        value_share : float, 1 at the end

    Raises
    ------
    ValueError
        If there is no customer, a value is missing, or all together bring nothing.

    References
    ----------
    .. [1] Lorenz (1905), Methods of measuring the concentration of wealth.

    Examples
    --------
    >>> concentration_curve([6.0, 3.0, 3.0, -2.0])
       customers_share  value_share
    0             0.00          0.0
    1             0.25          0.6
    2             0.75          1.2
    3             1.00          1.0
    """
    best_first = _ascending(value)[::-1]
    ends = np.append(np.flatnonzero(np.diff(best_first)), len(best_first) - 1)
    sums = best_first.cumsum()[ends]
    return pd.DataFrame(
        {
            "customers_share": np.append(0.0, (ends + 1) / len(best_first)),
            "value_share": np.append(0.0, sums / best_first.sum()),
        }
    )


def top_share(value: ArrayLike, share: float = FIFTH) -> float:
    """Share of all value that the best customers bring, the last one counted whole.

    Parameters
    ----------
    value : array of float, shape (n_customers,)
    share : float in (0, 1], default 0.20
        Share of customers at the top, rounded up to whole customers.

    Returns
    -------
    float, above 1 where the others lose money

    Examples
    --------
    >>> top_share([6.0, 3.0, 3.0, -2.0], 0.25)
    0.6
    """
    best_first = _ascending(value)[::-1]
    return float(best_first[: top_count(len(best_first), share)].sum() / best_first.sum())


def share_for(curve: pd.DataFrame, value_share: float) -> float:
    """Smallest share of customers, best first, that bring a share of all value.

    Parameters
    ----------
    curve : DataFrame
        As `concentration_curve` gives it.
    value_share : float in (0, 1]

    Examples
    --------
    >>> share_for(concentration_curve([6.0, 2.0, 1.0, 1.0]), 0.5)
    0.25
    """
    reached = curve["value_share"] >= value_share - 1e-12
    return float(curve.loc[reached.idxmax(), "customers_share"])


def top_count(customers: int, share: float) -> int:
    """Count of customers in the top share, rounded up.

    Raises
    ------
    ValueError
        If the share is not above 0 and at most 1.
    """
    if not 0 < share <= 1:
        raise ValueError(
            f"share: {share:g} is not above 0 and at most 1. For twenty per cent write 0.20."
        )
    # 0.2 x 15 is 3.0000000000000004 in floats and must stay 3.
    return math.ceil(round(customers * share, 9))


def concentration_gini(value: ArrayLike) -> float:
    """Gini coefficient of a value over customers.

    0 where all bring the same, near 1 where one brings all. Losses push it up, even
    beyond 1, because they lower the mean that it is divided by.

    Parameters
    ----------
    value : array of float, shape (n_customers,)

    Returns
    -------
    float, 0 or more

    References
    ----------
    .. [1] Gini (1912), Variabilità e mutabilità; here as in Damgaard & Weiner (2000),
       Describing inequality in plant size or fecundity, Ecology 81, equation 2.

    Examples
    --------
    >>> concentration_gini([1.0, 1.0, 1.0]), concentration_gini([1.0, 2.0, 3.0, 4.0])
    (0.0, 0.25)
    """
    ascending = _ascending(value)
    return float(_spread(ascending) / (len(ascending) * ascending.sum()))


def normalized_gini(value: ArrayLike) -> float:
    """Gini coefficient that stays between 0 and 1 when some values are negative.

    Divides by the mean of the amounts without their sign, so it equals the usual Gini
    times n / (n - 1) where nobody loses money.

    Parameters
    ----------
    value : array of float, shape (n_customers,), two or more

    Returns
    -------
    float in [0, 1]

    References
    ----------
    .. [1] Raffinetti, Siletti & Vernizzi (2015), On the Gini coefficient normalization when
       attributes with negative values are considered, Stat. Methods & Applications 24.

    Examples
    --------
    >>> normalized_gini([0.0, 0.0, 8.0]), normalized_gini([-1.0, 3.0])
    (1.0, 1.0)
    """
    ascending = _ascending(value)
    return float(_spread(ascending) / ((len(ascending) - 1) * np.abs(ascending).sum()))


def gini_with_losses(value: ArrayLike) -> pd.DataFrame:
    """What customers who lose money do to the Gini coefficient.

    Parameters
    ----------
    value : array of float, shape (n_customers,)

    Returns
    -------
    DataFrame, three rows
        reading : str, as it is, losses counted as zero, or normalized
        gini : float
    """
    values = np.asarray(value, dtype=float)
    readings = {
        "as it is": concentration_gini(values),
        "losses counted as zero": concentration_gini(values.clip(min=0)),
        "normalized": normalized_gini(values),
    }
    return pd.DataFrame({"reading": list(readings), "gini": list(readings.values())})


def concentration_intervals(
    value: ArrayLike, *, share: float = FIFTH, draws: int = 300, level: float = 0.95, seed: int = 0
) -> dict[str, Interval]:
    """Intervals of the Gini coefficient and of the top share, customers drawn again and again.

    Values are sorted once; a draw only counts how often each customer came up. Above
    a third of a million customers fewer draws are made, never fewer than 100.

    Parameters
    ----------
    value : array of float, shape (n_customers,)
    share : float, default 0.20
        Share of customers at the top.
    draws : int, default 300
    level : float in (0, 1), default 0.95
        Share of draws inside the interval.
    seed : int, default 0

    Returns
    -------
    dict of Interval
        gini and top_share
    """
    ascending = _ascending(value)
    draws = min(draws, max(FEWEST_DRAWS, MOST_DRAWN // len(ascending)))
    rng = np.random.default_rng(seed)
    drawn = np.array([_drawn_measures(ascending, share, rng) for _ in range(draws)])
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=0)
    names = ("gini", "top_share")
    return {n: Interval(float(a), float(b)) for n, a, b in zip(names, low, high, strict=True)}


def _drawn_measures(
    ascending: np.ndarray, share: float, rng: np.random.Generator
) -> tuple[float, float]:
    n = len(ascending)
    times = np.bincount(rng.integers(n, size=n), minlength=n)
    upto = times.cumsum()
    total = float(ascending @ times)
    gini = float(ascending @ (times * (2 * upto - times - n))) / (n * total)
    # Customers drawn beyond the top are cut off at the lower end.
    kept = np.minimum(times, np.maximum(0, upto - (n - top_count(n, share))))
    return gini, float(ascending @ kept) / total


def _spread(ascending: np.ndarray) -> float:
    n = len(ascending)
    return float((2 * np.arange(1, n + 1) - n - 1) @ ascending)


def _ascending(value: ArrayLike) -> np.ndarray:
    values = np.sort(np.asarray(value, dtype=float))
    missing = int(np.isnan(values).sum())
    if not len(values) or missing:
        raise ValueError(
            f"value: {missing:,} of {len(values):,} customers have none; expected a number for at "
            "least one customer and for each. Fill them or leave these customers out."
        )
    if values.sum() <= 0:
        raise ValueError(
            f"value: {len(values):,} customers together bring {values.sum():,.2f}; shares of it "
            "need a total above 0. Choose a longer window or count revenue."
        )
    return values
