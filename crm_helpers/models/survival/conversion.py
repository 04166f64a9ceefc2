"""Time to conversion of leads: days open and whether converted -> curve, final share, chances."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import optimize

from crm_helpers.measures.survival.kaplan_meier import kaplan_meier
from crm_helpers.tables.needs import Skip

MIN_CONVERSIONS = 30


def conversion_curve(
    days: pd.Series, is_converted: pd.Series, *, interval_level: float = 0.95
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

    Returns
    -------
    DataFrame, one row per day with a conversion, and day 0
        day : float
        open_count : int, leads watched and not yet converted just before that day
        converted_share, low, high : float in [0, 1]

    References
    ----------
    .. [1] Kalbfleisch & Prentice (2002), The statistical analysis of failure time data, 1.4.
    """
    watched, yes = np.asarray(days, float), np.asarray(is_converted, bool)
    still_open = kaplan_meier(watched, yes, level=interval_level)
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
        Share of leads that convert sooner or later.
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
        If fewer than 30 leads converted.

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
    time = np.maximum(np.asarray(days, dtype=float), 0.5)
    start = [_logit(min(yes.mean() * 1.2, 0.95)), np.log(np.mean(time[yes])), 0.0]
    best = optimize.minimize(_loss, start, args=(time, yes), method="Nelder-Mead",
                             options={"maxiter": 2000, "xatol": 1e-6, "fatol": 1e-9})  # fmt: skip
    return ConversionTime(*_unpacked(best.x))


def _loss(point: np.ndarray, time: np.ndarray, yes: np.ndarray) -> float:
    share, scale, shape = _unpacked(point)
    relative = np.minimum((time / scale) ** shape, 700.0)
    density = np.log(share * shape / time) + np.log(np.maximum(relative, 1e-300)) - relative
    open_still = np.log(1 - share + share * np.exp(-relative))
    return -float(np.where(yes, density, open_still).mean())


def _unpacked(point: np.ndarray) -> tuple[float, float, float]:
    point = np.clip(point, [-12, -5, -3], [12, 12, 3])
    return float(1 / (1 + np.exp(-point[0]))), float(np.exp(point[1])), float(np.exp(point[2]))


def _logit(share: float) -> float:
    return float(np.log(share / (1 - share)))
