"""Span of the data: order lines -> first and last day seen, and the days in between."""

import datetime as dt

import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.features.windows import MIN_OBSERVATION_DAYS
from crm_helpers.tables.needs import Skip


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
            f"outcomes need {MIN_OBSERVATION_DAYS} days before them to look back on. Choose a "
            "later as_of or a shorter outcome_days."
        )
    return min(observation_days, remaining)
