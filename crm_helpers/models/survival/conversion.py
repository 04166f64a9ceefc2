"""Time to conversion of leads: days open and whether converted -> curve, final share, chances."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from crm_helpers.measures.statistics.likelihood import grouped, likeliest
from crm_helpers.measures.survival.kaplan_meier import kaplan_meier
from crm_helpers.tables.needs import Skip

MIN_CONVERSIONS = 30
# Of the log-odds of the final share, and the logs of the scale in days and of the shape.
BOUNDS = [(-12.0, 12.0), (-5.0, 12.0), (-3.0, 3.0)]


def conversion_curve(
    days: pd.Series,
    is_converted: pd.Series,
    *,
    interval_level: float = 0.95,
    least: int = 1,
) -> pd.DataFrame:
    """Share of leads converted by each day since they came in (Kaplan-Meier).

    Leads still open count for as long as they were watched, so recent ones do not pull the
    curve down. Intervals are on the log-log scale and stay within 0 and 1.

    Parameters
    ----------
    days : Series of float, shape (n_leads,)
        Days to the conversion, or days watched so far.
    is_converted : Series of bool, shape (n_leads,)
    interval_level : float, default 0.95
        Level of the intervals, between 0 and 1.
    least : int, default 1
        The curve ends with the last day on which so many were watched and open.

    Returns
    -------
    DataFrame, one row per day with a conversion, day 0 and the last day
        day : float
        open_count : int, leads watched and not yet converted just before that day
        converted_share, low, high : float in [0, 1]

    References
    ----------
    .. [1] Kalbfleisch & Prentice (2002), The statistical analysis of failure time data, 1.4.
    """
    watched, yes = np.asarray(days, float), np.asarray(is_converted, bool)
    still_open = kaplan_meier(watched, yes, level=interval_level, least=least)
    return pd.DataFrame(
        {
            "day": still_open["time"],
            "open_count": still_open["at_risk"],
            "converted_share": 1 - still_open["share"],
            "low": 1 - still_open["high"],
            "high": 1 - still_open["low"],
        }
    )


@dataclass(frozen=True)
class ConversionTime:
    """Mixture cure model: a share converts at some time, at Weibull times; the rest never.

    Attributes
    ----------
    final_share : float in [0, 1]
        Share of leads that convert sooner or later; at most 1 - 6e-6, where it is all.
    scale_days, shape : float
        Weibull time of those who do.
    """

    final_share: float
    scale_days: float
    shape: float

    def converted_share(self, days: np.ndarray) -> np.ndarray:
        """Share of all leads converted within so many days."""
        return self.final_share * (1 - self._waiting(days))

    def chance_ahead(self, open_days: np.ndarray, ahead_days: float) -> np.ndarray:
        """Chance that a lead open for so many days converts within the days ahead.

        Parameters
        ----------
        open_days : ndarray of float
            Days the lead has been open.
        ahead_days : float
            Days looked ahead.

        Returns
        -------
        ndarray of float in [0, 1]
        """
        later = np.asarray(open_days, dtype=float) + ahead_days
        still_open = 1 - self.converted_share(open_days)
        return (self.converted_share(later) - self.converted_share(open_days)) / still_open

    def median_days(self) -> float:
        """Days by which half of those who ever convert have done so."""
        return float(self.scale_days * np.log(2) ** (1 / self.shape))

    def _waiting(self, days: np.ndarray) -> np.ndarray:
        return np.exp(-((np.asarray(days, dtype=float) / self.scale_days) ** self.shape))


def conversion_time(days: pd.Series, is_converted: pd.Series) -> ConversionTime:
    """Maximum-likelihood mixture cure model of the time to conversion, right-censored.

    Parameters
    ----------
    days : Series of float, shape (n_leads,)
        Days to the conversion, or days watched so far; the same day counts as half a day.
    is_converted : Series of bool, shape (n_leads,)

    Returns
    -------
    ConversionTime

    Raises
    ------
    Skip
        If fewer than 30 leads converted, or the likelihood has no maximum.

    References
    ----------
    .. [1] Farewell (1982), The use of mixture models for the analysis of survival data with
       long-term survivors, Biometrics 38, 1041-1046.
    """
    yes = np.asarray(is_converted, dtype=bool)
    if yes.sum() < MIN_CONVERSIONS:
        raise Skip(
            f"leads: {int(yes.sum()):,} of {len(yes):,} converted; the time to conversion needs "
            f"at least {MIN_CONVERSIONS}. Add older leads to the source."
        )
    # Conversions and open leads apart, each with its share of all leads.
    time = np.maximum(np.asarray(days, dtype=float), 0.5)
    records = [grouped(time[kind]) for kind in (yes, ~yes)]
    shares = [yes.mean(), 1 - yes.mean()]

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        found = np.zeros(4)
        for part, ((days,), share), terms in zip(shares, records, (_done, _open), strict=True):
            found += [-part * (share * term).sum() for term in terms(np.log(days), point)]
        return float(found[0]), found[1:]

    (done,), share = records[0]
    usual = np.log((share * done).sum())
    starts = [[logit(min(shares[0] * 1.2, 0.95)), usual, 0.0], [1.5, usual + 1.0, 0.0]]
    odds, scale, shape = likeliest(loss, starts, BOUNDS, subject="time to conversion")
    return ConversionTime(float(expit(odds)), float(np.exp(scale)), float(np.exp(shape)))


def _done(log_time: np.ndarray, point: np.ndarray) -> tuple[np.ndarray, ...]:
    """Log-likelihood of conversions; derivatives by the log-odds, log scale and log shape."""
    odds, log_scale, log_shape = point
    log_relative = np.exp(log_shape) * (log_time - log_scale)
    by_relative = 1 - np.exp(log_relative)
    density = log_shape + log_relative - log_time + by_relative - 1
    by_odds = np.full(len(log_time), expit(-odds))
    by_shape = 1 + log_relative * by_relative
    return density - np.logaddexp(0, -odds), by_odds, -np.exp(log_shape) * by_relative, by_shape


def _open(log_time: np.ndarray, point: np.ndarray) -> tuple[np.ndarray, ...]:
    """The same of leads still open, which convert later or never."""
    odds, log_scale, log_shape = point
    log_relative = np.exp(log_shape) * (log_time - log_scale)
    later = odds - np.exp(log_relative)
    chance = expit(later)
    by_relative = -chance * np.exp(log_relative)
    value = np.logaddexp(0, later) - np.logaddexp(0, odds)
    by_scale = -np.exp(log_shape) * by_relative
    return value, chance - expit(odds), by_scale, log_relative * by_relative
