"""Pace of ordering as a Gamma-Poisson model: days with an order -> what is usual for a customer."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.special import gammaln

from crm_helpers.tables.needs import Skip

MOST_FITTED = 50_000


class OrderPace:
    """Usual pace of each customer: the own record, drawn towards that of all customers.

    Order days of a customer are Poisson at the own pace, and paces are Gamma over customers
    (the NBD model). The expected pace is therefore (shape + order days) / (rate + days): a
    customer picked for a splendid year is expected to order less than in it, which is the
    regression to the mean that a plain comparison with last year forgets.

    Attributes
    ----------
    shape_, rate_ : float
        Of the Gamma; shape / rate is the mean pace in order days per day.

    References
    ----------
    .. [1] Ehrenberg (1959), The pattern of consumer purchases, Applied Statistics 8.
    .. [2] Schmittlein, Bemmaor & Morrison (1985), Why does the NBD model work?, Marketing
       Science 4, equation 4.
    """

    def fit(self, order_days: ArrayLike, days: ArrayLike, *, seed: int = 0) -> "OrderPace":
        """Fit shape and rate by maximum likelihood.

        Parameters
        ----------
        order_days : array of int, shape (n_customers,)
            Days with an order while the customer was watched.
        days : array of float, shape (n_customers,)
            Days watched.
        seed : int, default 0
            Of the sample; more than 50,000 customers are not needed for two numbers.

        Raises
        ------
        Skip
            If nobody ordered while watched.
        """
        counts, watched = np.asarray(order_days, float), np.asarray(days, float)
        if counts.sum() <= 0:
            raise Skip(
                f"order pace: {len(counts):,} customers have no repeat order while watched; "
                "expected some. Choose a longer observation_days."
            )
        if len(counts) > MOST_FITTED:
            some = np.random.default_rng(seed).choice(len(counts), MOST_FITTED, replace=False)
            counts, watched = counts[some], watched[some]
        pace = counts.sum() / watched.sum()
        start = np.log([0.5, 0.5 / pace])
        found = minimize(_negative_log_likelihood, start, (counts, watched), method="L-BFGS-B")
        self.shape_, self.rate_ = np.exp(found.x)
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


def _negative_log_likelihood(
    log_parameters: np.ndarray, counts: np.ndarray, days: np.ndarray
) -> float:
    shape, rate = np.exp(log_parameters)
    terms = (
        gammaln(shape + counts)
        - gammaln(shape)
        + shape * np.log(rate)
        - (shape + counts) * np.log(rate + days)
    )
    return -float(terms.mean())
