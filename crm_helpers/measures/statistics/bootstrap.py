"""Bootstrap interval: a measure + its columns -> low and high, resampled by customer."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from crm_helpers.measures.statistics.claims import claim_reach


class Interval(NamedTuple):
    """Lower and upper end of an interval."""

    low: float
    high: float


def bootstrap_interval(
    measure: Callable[..., float],
    *columns: ArrayLike,
    customer: ArrayLike | None = None,
    draws: int = 300,
    level: float = 0.95,
    seed: int = 0,
) -> Interval:
    """Percentile interval of a measure when customers are drawn again and again.

    A customer is drawn with all his rows, because rows of one customer do not
    vary independently. Draws in which the measure is undefined are left out.

    Parameters
    ----------
    measure : callable
        Takes the columns, returns a number; raises ValueError where undefined.
    *columns : array, shape (n_rows,)
        Outcomes, scores and the like, one row each.
    customer : array, shape (n_rows,), optional
        Whose row it is; without it every row is a customer of its own.
    draws : int, default 300
        Number of resamples.
    level : float in (0, 1), default 0.95
        Share of resamples inside the interval.
    seed : int, default 0
        For the draws.

    Returns
    -------
    Interval of float

    Raises
    ------
    ValueError
        If the measure is undefined in more than half of the draws.

    Examples
    --------
    >>> bootstrap_interval(np.mean, [2.0, 2.0, 2.0], draws=10)
    Interval(low=2.0, high=2.0)
    """
    known = bootstrap_values(measure, *columns, customer=customer, draws=draws, seed=seed)
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high))


def bootstrap_values(
    measure: Callable[..., float],
    *columns: ArrayLike,
    customer: ArrayLike | None = None,
    draws: int = 300,
    seed: int = 0,
) -> np.ndarray:
    """Values of a measure when customers are drawn again and again.

    Their spread serves for intervals of a high level, whose ends a few hundred draws
    cannot show.

    Parameters
    ----------
    measure : callable
        Takes the columns, returns a number; raises ValueError where undefined.
    *columns : array, shape (n_rows,)
    customer : array, shape (n_rows,), optional
        Whose row it is.
    draws : int, default 300
    seed : int, default 0

    Returns
    -------
    ndarray of float, one per draw in which the measure is defined

    Raises
    ------
    ValueError
        If the measure is undefined in more than half of the draws.
    """
    arrays = [np.asarray(column) for column in columns]
    rows = _resampler(len(arrays[0]), customer, np.random.default_rng(seed))
    values = np.array([_value(measure, arrays, rows()) for _ in range(draws)])
    known = values[np.isfinite(values)]
    if len(known) < draws / 2:
        raise ValueError(
            f"bootstrap: the measure is undefined in {draws - len(known):,} of {draws:,} "
            "resamples; expected fewer than half. Use more customers or a wider outcome window."
        )
    return known


def interval_of_claim(
    measure: Callable[..., float], *columns: ArrayLike, choices: int = 1, **drawn: object
) -> Interval:
    """Interval that decides on a claim: the measure and its spread, as far as the level reaches.

    Parameters
    ----------
    measure : callable
        Takes the columns, returns a number; raises ValueError where undefined.
    *columns : array, shape (n_rows,)
    choices : int, default 1
        From how many the claim was picked.
    **drawn
        customer, draws, seed, as for `bootstrap_values`.

    Returns
    -------
    Interval of float

    Examples
    --------
    >>> interval_of_claim(np.mean, [2.0, 2.0, 2.0], draws=10)
    Interval(low=2.0, high=2.0)
    """
    middle = float(measure(*(np.asarray(column) for column in columns)))
    reach = claim_reach(choices) * float(np.std(bootstrap_values(measure, *columns, **drawn)))
    return Interval(middle - reach, middle + reach)


def _resampler(
    n_rows: int, customer: ArrayLike | None, rng: np.random.Generator
) -> Callable[[], np.ndarray]:
    if customer is None or len(np.unique(np.asarray(customer))) == n_rows:
        return lambda: rng.integers(n_rows, size=n_rows)
    _, codes, sizes = np.unique(np.asarray(customer), return_inverse=True, return_counts=True)
    by_customer = np.split(np.argsort(codes, kind="stable"), np.cumsum(sizes)[:-1])
    return lambda: np.concatenate(
        [by_customer[i] for i in rng.integers(len(sizes), size=len(sizes))]
    )


def _value(measure: Callable[..., float], arrays: list[np.ndarray], rows: np.ndarray) -> float:
    try:
        return float(measure(*(array[rows] for array in arrays)))
    except ValueError:
        return float("nan")
