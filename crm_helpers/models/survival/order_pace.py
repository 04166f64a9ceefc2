"""Pace of ordering as a Gamma-Poisson model: days with an order -> what is usual for a customer."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from crm_helpers.measures.statistics.likelihood import grouped, likeliest
from crm_helpers.tables.needs import Skip

FARTHEST = 12.0  # bounds of the logs of the shape and of the pace against the average


class OrderPace:
    """Usual pace of each customer: the own record, drawn towards that of all customers.

    Order days of a customer are Poisson at the own pace, and paces are Gamma over customers
    (the NBD model). The expected pace is therefore (shape + order days) / (rate + days): a
    customer picked for a splendid year is expected to order less than in it, which is the
    regression to the mean that a plain comparison with last year forgets.

    Attributes
    ----------
    shape_, rate_ : float
        Of the Gamma; shape / rate is the mean pace in order days per day. Where customers are
        no more unlike than chance makes them, the shape is at its bound, e^12.

    References
    ----------
    .. [1] Ehrenberg (1959), The pattern of consumer purchases, Applied Statistics 8.
    .. [2] Schmittlein, Bemmaor & Morrison (1985), Why does the NBD model work?, Marketing
       Science 4, equation 4.
    """

    def fit(self, order_days: ArrayLike, days: ArrayLike) -> "OrderPace":
        """Fit shape and rate by maximum likelihood.

        Parameters
        ----------
        order_days : array of int, shape (n_customers,)
            Days with an order while the customer was watched.
        days : array of float, shape (n_customers,)
            Days watched.

        Raises
        ------
        Skip
            If nobody ordered while watched.
        """
        (counts, watched), share = grouped(order_days, days)
        if not counts.any():
            raise Skip(
                f"order pace: {len(order_days):,} customers have no repeat order while watched; "
                "expected some. Choose a longer observation_days."
            )
        usual = np.log((share * counts).sum() / (share * watched).sum())

        def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
            terms = pace_likelihood(counts, watched, point[0] + usual, point[1])
            value, *slope = (-(share * term).sum() for term in terms)
            return float(value), np.array(slope)

        starts, bounds = [[0.0, -0.7], [0.0, 3.0]], [(-FARTHEST, FARTHEST)] * 2
        log_pace, log_shape = likeliest(loss, starts, bounds, subject="order pace")
        self.shape_, self.rate_ = map(float, np.exp([log_shape, log_shape - log_pace - usual]))
        return self

    def pace(self, order_days: pd.Series, days: pd.Series) -> pd.Series:
        """Order days to be expected per day, given so many in so many days."""
        return (self.shape_ + order_days) / (self.rate_ + days)

    def chance_of_silence(
        self, order_days: pd.Series, days: pd.Series, silent_days: pd.Series
    ) -> pd.Series:
        """Chance that a customer at the usual pace orders nothing for so many days more."""
        known = self.rate_ + days
        return (known / (known + silent_days)) ** (self.shape_ + order_days)


def pace_likelihood(
    counts: np.ndarray, days: np.ndarray, log_pace: float, log_shape: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Log-likelihood of each record when paces are Gamma over customers, with its gradient.

    As mean pace and shape, so that the likelihood goes over into that of one pace for all
    without loss of digits as the shape grows.

    Parameters
    ----------
    counts : ndarray of float, whole numbers, shape (n_records,)
    days : ndarray of float, shape (n_records,)
    log_pace, log_shape : float
        Logarithms of shape / rate and of the shape.

    Returns
    -------
    tuple of three ndarrays of float, shape (n_records,)
        Log-likelihood in nats, up to what depends on the data alone; its derivatives by log_pace
        and by log_shape.
    """
    shape = np.exp(log_shape)
    steps = np.arange(counts.max())
    expected = np.exp(log_pace) * days
    known, drawn = np.log1p(expected / shape), expected / (shape + expected)
    value = (
        sums_below(counts, np.log1p(steps / shape)) + counts * log_pace - (shape + counts) * known
    )
    by_pace = counts - (shape + counts) * drawn
    by_shape = (
        (shape + counts) * drawn - shape * known - sums_below(counts, steps / (shape + steps))
    )
    return value, by_pace, by_shape


def sums_below(counts: np.ndarray, terms: np.ndarray) -> np.ndarray:
    """Sum of the terms 0 to count - 1, for each count.

    Examples
    --------
    >>> sums_below(np.array([0.0, 1.0, 3.0]), np.array([1.0, 2.0, 4.0])).tolist()
    [0.0, 1.0, 7.0]
    """
    return np.append(0.0, np.cumsum(terms))[counts.astype(int)]
