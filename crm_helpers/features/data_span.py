"""Span of the data: order lines -> first and last day seen, and the days in between."""

import datetime as dt
from dataclasses import dataclass

import ibis.expr.types as ir
import pandas as pd

from crm_helpers.features import windows
from crm_helpers.features.windows import MIN_OBSERVATION_DAYS
from crm_helpers.tables.needs import Skip

# Outcomes of fewer days than a week tell about weekdays.
FEWEST_OUTCOME_DAYS = 7


def data_span(transactions: ir.Table, *, as_of: dt.date) -> ir.Table:
    """First and last day with an order line up to as_of, in one row.

    Parameters
    ----------
    transactions : Table, one row per order line
    as_of : date
        Last day that counts, inclusive.

    Returns
    -------
    Table, one row
        data_from, last_order_on : date; empty without rows
        days_of_data : int, days from data_from to as_of, both included
    """
    seen = windows.up_to(transactions, as_of, "ordered_at")
    first = seen.ordered_at.min()
    return seen.aggregate(
        data_from=first.date(),
        last_order_on=seen.ordered_at.max().date(),
        days_of_data=windows.days_before(first, as_of) + 1,
    )


def equal_periods(days_of_data: int, *, observation_days: int) -> int:
    """Length of two periods of equal length, one after the other, that the data can hold.

    Examples
    --------
    >>> equal_periods(1096, observation_days=365), equal_periods(374, observation_days=365)
    (365, 187)
    """
    return max(1, min(observation_days, days_of_data // 2))


def shared_observation_days(days_of_data: int, *, observation_days: int, outcome_days: int) -> int:
    """Longest observation window that both as_of and the day outcome_days before it can have.

    What followed an earlier day can be told of as_of only when both look back equally far.

    Raises
    ------
    Skip
        If four weeks do not remain before the earlier day.

    Examples
    --------
    >>> shared_observation_days(1096, observation_days=365, outcome_days=90)
    365
    >>> shared_observation_days(304, observation_days=365, outcome_days=90)
    214
    """
    remaining = days_of_data - outcome_days
    if remaining < MIN_OBSERVATION_DAYS:
        raise Skip(
            f"transactions: {days_of_data:,} days of data up to as_of; {outcome_days} days of "
            f"outcomes need {MIN_OBSERVATION_DAYS} days before them to look back on. "
            f"{_remedy(days_of_data, outcome_days)}"
        )
    return min(observation_days, remaining)


def _remedy(days_of_data: int, outcome_days: int) -> str:
    """What leads to an answer: outcome_days that these data can hold, else more days."""
    most = days_of_data - MIN_OBSERVATION_DAYS
    if most >= FEWEST_OUTCOME_DAYS:
        return f"Set outcome_days to {most} or less."
    missing = MIN_OBSERVATION_DAYS + outcome_days - days_of_data
    return f"It can be answered once {missing} more days have passed."


@dataclass(frozen=True)
class TwoDays:
    """Two days on which customers are looked at, from both of them equally far back.

    Attributes
    ----------
    earlier, as_of : date
        The second is the last day the report may see.
    observation_days : int
        Length of the window that ends on each of them.
    outcome_days : int
        Days from the earlier one to as_of: what followed the earlier one is known.
    asked_days : int
        Length of the window asked for; observation_days is shorter where the data are.
    """

    earlier: dt.date
    as_of: dt.date
    observation_days: int
    outcome_days: int
    asked_days: int

    @classmethod
    def of_outcome(
        cls, span: pd.DataFrame, *, as_of: dt.date, observation_days: int, outcome_days: int
    ) -> "TwoDays":
        """as_of and the day outcome_days before it, with the longest window that both can have.

        Parameters
        ----------
        span : DataFrame, one row
            days_of_data, as `data_span` gives it.
        as_of : date
        observation_days, outcome_days : int

        Raises
        ------
        Skip
            If four weeks do not remain before the earlier day.

        Examples
        --------
        >>> span = pd.DataFrame({"days_of_data": [304]})
        >>> days = TwoDays.of_outcome(
        ...     span, as_of=dt.date(2011, 9, 30), observation_days=365, outcome_days=90)
        >>> days.earlier, days.observation_days
        (datetime.date(2011, 7, 2), 214)
        """
        shared = shared_observation_days(
            _days_of(span), observation_days=observation_days, outcome_days=outcome_days
        )
        earlier = windows.days_earlier(as_of, outcome_days)
        return cls(earlier, as_of, shared, outcome_days, observation_days)

    @classmethod
    def of_periods(cls, span: pd.DataFrame, *, as_of: dt.date, observation_days: int) -> "TwoDays":
        """Last days of two periods of equal length, one after the other, that the data can hold.

        Parameters
        ----------
        span : DataFrame, one row
            days_of_data, as `data_span` gives it.
        as_of : date
        observation_days : int

        Returns
        -------
        TwoDays
            Its outcome_days are its observation_days: one period begins as the other ends.
        """
        days = equal_periods(_days_of(span), observation_days=observation_days)
        return cls(windows.days_earlier(as_of, days), as_of, days, days, observation_days)


def _days_of(span: pd.DataFrame) -> int:
    return int(span["days_of_data"].iloc[0])
