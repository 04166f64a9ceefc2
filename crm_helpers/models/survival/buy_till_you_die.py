"""Buying till one leaves unnoticed (BG/NBD): order histories -> chance of silence ahead."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import gammaln

from crm_helpers.tables.needs import Skip

MOST_FITTED = 20_000
FEWEST_REPEATERS = 30
FARTHEST = 12.0  # bounds of the logs of the parameters


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
        odds = np.log(self.a / (self.b + np.maximum(x, 1) - 1)) + (self.r + x) * np.log(
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
        If fewer than 30 customers ordered again.
    """
    again = int((history["repeat_orders"] > 0).sum())
    if again < FEWEST_REPEATERS:
        raise Skip(
            f"order history: {again:,} of {len(history):,} customers ordered again; expected at "
            f"least {FEWEST_REPEATERS}. Add older orders to the source."
        )
    some = history.sample(min(len(history), MOST_FITTED), random_state=seed)
    x, last, tenure = _columns(some)
    unit = max(float(tenure.mean()), 1.0)
    best = minimize(
        _loss, [0.0, -1.0, 0.0, 1.0], args=(x, last / unit, tenure / unit), method="Nelder-Mead",
        options={"maxiter": 4000, "xatol": 1e-4, "fatol": 1e-9},
    )  # fmt: skip
    r, alpha, a, b = np.exp(np.clip(best.x, -FARTHEST, FARTHEST))
    return BuyTillYouDie(float(r), float(alpha * unit), float(a), float(b))


def _loss(point: np.ndarray, x: np.ndarray, last: np.ndarray, tenure: np.ndarray) -> float:
    """Mean surprise; eq. 3 of the paper, in logs."""
    r, alpha, a, b = np.exp(np.clip(point, -FARTHEST, FARTHEST))
    rate = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    stays = gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
    here = -(r + x) * np.log(alpha + tenure)
    gone = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + last)
    both = np.where(x > 0, np.logaddexp(here, gone), here)
    return -float((rate + stays + both).mean())


def _columns(history: pd.DataFrame) -> tuple[np.ndarray, ...]:
    names = ("repeat_orders", "last_order_age_days", "tenure_days")
    return tuple(history[name].to_numpy(dtype=float) for name in names)
