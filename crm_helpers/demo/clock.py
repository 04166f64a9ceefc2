"""The demo company's time: calendar days <-> cumulative intensity.

Season, week and growth enter as a change of time, so the purchase laws hold exactly in cumulative
intensity, whatever the calendar shows.
"""

import datetime as dt
from collections.abc import Collection

import numpy as np

START = dt.date(2023, 10, 1)
END = dt.date(2026, 9, 30)
DAYS = (END - START).days + 1
MONTH_FACTORS = (0.86, 0.84, 0.93, 0.98, 1.0, 0.97, 0.9, 0.88, 0.98, 1.02, 1.22, 1.42)
WEEKDAY_FACTORS = (0.85, 0.88, 0.92, 0.98, 1.18, 1.32, 0.87)
GROWTH_PER_YEAR = 0.08
# Share of a day's orders placed by the end of each hour: little at night, most in the evening.
_HOURS = np.array([1, 1, 0.5, 0.5, 0.5, 1, 2, 4, 6, 8, 9, 9, 9, 8, 8, 8, 9, 10, 11, 11, 9, 7, 5, 3])


class Clock:
    """Translates between days since the company's first day and cumulative intensity.

    Parameters
    ----------
    layers : collection of str
        With "season" the months and weekdays differ, with "growth" intensity rises over the years;
        without them one day is one unit of intensity.
    """

    def __init__(self, layers: Collection[str]) -> None:
        days = np.arange(DAYS)
        daily = np.ones(DAYS)
        if "season" in layers:
            daily *= np.array(MONTH_FACTORS)[month_of(days) - 1]
            daily *= np.array(WEEKDAY_FACTORS)[weekday_of(days)]
        if "growth" in layers:
            daily *= (1 + GROWTH_PER_YEAR) ** (days / 365.25)
        self.intensity = daily * DAYS / daily.sum()
        self._cumulated = np.concatenate([[0.0], np.cumsum(self.intensity)])
        self._edges = np.arange(DAYS + 1.0)

    def to_intensity(self, day: np.ndarray) -> np.ndarray:
        """Cumulative intensity from the company's first midnight to a moment (in days)."""
        return np.interp(day, self._edges, self._cumulated)

    def to_day(self, intensity: np.ndarray) -> np.ndarray:
        """Moment, in days, at which a cumulative intensity is reached; beyond the end: the end."""
        return np.interp(intensity, self._cumulated, self._edges)


def calendar(day: np.ndarray) -> np.ndarray:
    """Dates of whole days since the company's first day, as datetime64[D]."""
    return np.datetime64(START, "D") + np.floor(day).astype("timedelta64[D]")


def moments(day: np.ndarray) -> np.ndarray:
    """Times of day of fractional days, as datetime64[us]; few at night, most in the evening."""
    edges = np.concatenate([[0.0], np.cumsum(_HOURS) / _HOURS.sum()])
    hour = np.interp(day - np.floor(day), edges, np.arange(25.0))
    seconds = np.minimum((hour * 3600).astype(np.int64), 86_399)
    return calendar(day).astype("datetime64[us]") + seconds * np.timedelta64(1, "s")


def day_number(date: dt.date) -> int:
    """Days from the company's first day to a date.

    >>> day_number(dt.date(2024, 10, 1))
    366
    """
    return (date - START).days


def year_of(day: float) -> int:
    """Calendar year of a day number.

    >>> year_of(91.9), year_of(92.0)
    (2023, 2024)
    """
    return (START + dt.timedelta(days=int(day))).year


def month_of(day: np.ndarray) -> np.ndarray:
    """Month, 1 to 12, of each day number."""
    return calendar(day).astype("datetime64[M]").astype(int) % 12 + 1


def weekday_of(day: np.ndarray) -> np.ndarray:
    """Weekday, 0 for Monday to 6 for Sunday, of each day number."""
    return (calendar(day).astype(int) + 3) % 7
