"""Conditions of a model by code -> what holds of a group, as a reader says it."""

from collections.abc import Iterable

from crm_helpers.models.propensity.conditions import FLAG, WHOLE, Condition
from crm_helpers.page.names import column_words, value_words
from crm_helpers.page.numerals import percent, significant


def conditions_in_words(conditions: Iterable[Condition], *, joined: str = " and ") -> str:
    """Conditions that all hold in a group.

    Parameters
    ----------
    conditions : iterable of Condition
    joined : str, default " and "

    Returns
    -------
    str

    Examples
    --------
    >>> conditions_in_words([Condition("age_years", 24, 39, scale="whole")])
    'age 25 to 39'
    >>> conditions_in_words([Condition("recency_days", 174, scale="whole"),
    ...                      Condition("plan", level="plus", is_met=False)])
    'days since the last order 175 or more and plan is not plus'
    """
    return joined.join(condition_in_words(one) for one in conditions) or "everybody"


def condition_in_words(one: Condition) -> str:
    """One condition: a level, a flag, or a band of numbers."""
    name = column_words(one.column)
    if one.level is not None:
        return f"{name} {'is' if one.is_met else 'is not'} {value_words(one.column, one.level)}"
    if one.scale == FLAG:
        return f"{name}: {'no' if one.low is None else 'yes'}"
    return f"{name} {band_in_words(one)}"


def band_in_words(one: Condition) -> str:
    """Band of numbers between the limits of a condition; of whole numbers both ends belong to it.

    Examples
    --------
    >>> [band_in_words(Condition("x", *ends, scale="whole")) for ends in ((None, 38), (38, None))]
    ['38 or less', '39 or more']
    >>> [band_in_words(Condition("x", *ends)) for ends in ((None, 68520.4), (0.25, 1.5))]
    ['up to 68,520', 'above 0.25 up to 1.5']
    """
    if one.scale == WHOLE:
        return _whole(one)
    if one.low is None:
        return f"up to {_number(one.column, one.high)}"
    above = f"above {_number(one.column, one.low)}"
    return above if one.high is None else f"{above} up to {_number(one.column, one.high)}"


def _whole(one: Condition) -> str:
    first = None if one.low is None else _number(one.column, one.low + 1)
    last = None if one.high is None else _number(one.column, one.high)
    if first is None:
        return f"{last} or less"
    if last is None:
        return f"{first} or more"
    return first if first == last else f"{first} to {last}"


def _number(column: str, value: float) -> str:
    """Limit as it is read: a year without a separator, a share as percent."""
    words = column.split("_")
    if "year" in words and value == int(value):
        return str(int(value))
    return percent(value) if words[-1] == "share" and 0 <= value <= 1 else significant(value)
