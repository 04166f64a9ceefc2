"""Buying till one leaves unnoticed (BG/NBD): order histories -> chance of silence ahead."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit

from crm_helpers.measures.statistics.likelihood import Loss, covariance_at, grouped, likeliest
from crm_helpers.models.survival.order_pace import pace_likelihood, sums_below
from crm_helpers.tables.needs import Skip

MOST_FITTED = 20_000
FEWEST_REPEATERS = 30
# Logs of the mean rate against the average and of r, log-odds of leaving, log of a + b.
BOUNDS = [(-12.0, 12.0)] * 4
STARTS = [[0.5, -0.5, -1.0, 1.0], [0.0, 0.0, -2.0, 1.5], [0.0, 1.5, -3.0, 3.0]]


@dataclass(frozen=True)
class BuyTillYouDie:
    """Orders are Poisson at the own rate until the customer leaves, which no one sees.

    Rates are Gamma(r, alpha) over customers; after each repeat order a customer leaves with the
    own chance, which is Beta(a, b).

    Attributes
    ----------
    r, alpha, a, b : float
        alpha in days.

    References
    ----------
    .. [1] Fader, Hardie & Lee (2005), "Counting your customers" the easy way, Marketing
       Science 24, 275-284, eqs. 3 and 6.
    """

    r: float
    alpha: float
    a: float
    b: float

    def alive(self, history: pd.DataFrame) -> np.ndarray:
        """Chance that each customer has not left yet.

        Parameters
        ----------
        history : DataFrame, one row per customer
            repeat_orders, last_order_age_days, tenure_days.

        Returns
        -------
        ndarray of float in [0, 1]
        """
        x, last, tenure = _columns(history)
        odds = np.log(self.a / (self.b + (np.maximum(x, 1) - 1))) + (self.r + x) * np.log(
            (self.alpha + tenure) / (self.alpha + last)
        )
        return np.where(x > 0, 1 / (1 + np.exp(np.minimum(odds, 700))), 1.0)

    def silence(self, history: pd.DataFrame, days: float) -> np.ndarray:
        """Chance that each customer orders nothing in the days ahead.

        Who is still there has a rate of Gamma(r + x, alpha + T), so the chance to stay silent
        is ((alpha + T) / (alpha + T + days)) ** (r + x); who has left is silent for sure.

        Parameters
        ----------
        history : DataFrame, one row per customer
        days : float

        Returns
        -------
        ndarray of float in [0, 1]
        """
        x, _, tenure = _columns(history)
        quiet = ((self.alpha + tenure) / (self.alpha + tenure + days)) ** (self.r + x)
        return 1 - self.alive(history) * (1 - quiet)


def buy_till_you_die(history: pd.DataFrame, *, seed: int = 0) -> BuyTillYouDie:
    """BG/NBD fitted by maximum likelihood.

    Parameters
    ----------
    history : DataFrame, one row per customer
        repeat_orders : int; last_order_age_days, tenure_days : float
    seed : int, default 0
        Of the sample: more than 20,000 customers are not needed for four numbers.

    Returns
    -------
    BuyTillYouDie

    Raises
    ------
    Skip
        If fewer than 30 customers ordered again, or the likelihood has no maximum.
    """
    again = int((history["repeat_orders"] > 0).sum())
    if again < FEWEST_REPEATERS:
        raise Skip(
            f"order history: {again:,} of {len(history):,} customers ordered again; expected at "
            f"least {FEWEST_REPEATERS}. Add older orders to the source."
        )
    loss, usual = _surprise(_sampled(history, seed))
    point = likeliest(loss, STARTS, BOUNDS, subject="order history")
    return BuyTillYouDie(*map(float, _law(point, usual)))


def law_errors(history: pd.DataFrame, law: BuyTillYouDie, *, seed: int = 0) -> pd.Series:
    """Standard errors of r, alpha, a and b, from the curvature of the likelihood.

    Parameters
    ----------
    history : DataFrame, one row per customer
        That the law was fitted to.
    law : BuyTillYouDie
    seed : int, default 0
        Of the sample, as in the fit.

    Returns
    -------
    Series of float, indexed by r, alpha, a, b
        Empty where a parameter lies at a bound: then the histories do not tell it.
    """
    rows = _sampled(history, seed)
    loss, usual = _surprise(rows)
    point = np.log([law.r / law.alpha, law.r, law.a / law.b, law.a + law.b]) - [usual, 0, 0, 0]
    spread = covariance_at(loss, point, rows.shape[1])
    step = 1e-6
    slopes = np.array(
        [
            (_law(point + move, usual) - _law(point - move, usual)) / (2 * step)
            for move in np.eye(4) * step
        ]
    )
    errors = np.sqrt(np.diag(slopes.T @ spread @ slopes))
    return pd.Series(errors, index=["r", "alpha", "a", "b"])


def _surprise(rows: np.ndarray) -> tuple[Loss, float]:
    """Mean surprise of histories with its gradient, and the log of the average rate."""
    (x, last, tenure), share = grouped(*rows)
    usual = float(np.log((share * x).sum() / (share * tenure).sum()))

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        terms = _likelihood(x, last, tenure, point + [usual, 0, 0, 0])
        value, *slope = (-(share * term).sum() for term in terms)
        return float(value), np.array(slope)

    return loss, usual


def _law(point: np.ndarray, usual: float) -> np.ndarray:
    """Parameters r, alpha, a and b at a point of the likelihood."""
    rate, log_r, odds, log_both = point
    r, both = np.exp(log_r), np.exp(log_both)
    return np.array([r, r / np.exp(rate + usual), both * expit(odds), both * expit(-odds)])


def _sampled(history: pd.DataFrame, seed: int) -> np.ndarray:
    """Columns of so many customers as are needed, whatever the order of the rows."""
    rows = np.array(_columns(history))
    if len(history) <= MOST_FITTED:
        return rows
    places = np.random.default_rng(seed).choice(len(history), MOST_FITTED, replace=False)
    return rows[:, np.lexsort(rows)[places]]


def _likelihood(
    x: np.ndarray, last: np.ndarray, tenure: np.ndarray, point: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Log-likelihood of each history (eq. 3 of the paper), then its derivatives.

    By the logs of r / alpha and of r, the log-odds of leaving, and the log of a + b; the terms
    are those of someone still there, with the odds of having left beside them.
    """
    rate, log_r, odds, log_both = point
    r, a, b = np.exp(log_r), np.exp(log_both) * expit(odds), np.exp(log_both) * expit(-odds)
    here, by_rate, by_r = pace_likelihood(x, tenure, rate, log_r)
    stays, stays_by_a, stays_by_b = _staying(x, a, b)
    until, since = np.exp(rate) * last, np.exp(rate) * tenure
    longer = np.log1p((since - until) / (r + until))
    drawn = since / (r + since) - until / (r + until)
    again, stayed = x > 0, b + (np.maximum(x, 1) - 1)
    gone = np.log(a / stayed) + (r + x) * longer
    left = np.where(again, expit(gone), 0.0)
    by_a = stays_by_a + left
    by_b = stays_by_b - left * b / stayed
    return (
        here + stays + np.where(again, np.logaddexp(0, gone), 0.0),
        by_rate + left * (r + x) * drawn,
        by_r + left * (r * longer - (r + x) * drawn),
        by_a * expit(-odds) - by_b * expit(odds),
        by_a + by_b,
    )


def _staying(x: np.ndarray, a: float, b: float) -> tuple[np.ndarray, ...]:
    """Log-chance to have stayed after each of x orders; its derivatives by log a and log b."""
    before = b + np.arange(x.max())
    return (
        -sums_below(x, np.log1p(a / before)),
        -sums_below(x, a / (a + before)),
        sums_below(x, a * b / (before * (a + before))),
    )


def _columns(history: pd.DataFrame) -> tuple[np.ndarray, ...]:
    names = ("repeat_orders", "last_order_age_days", "tenure_days")
    return tuple(history[name].to_numpy(dtype=float) for name in names)
