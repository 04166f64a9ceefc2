"""Calendar days: text, quarters and months -> the dates that reports are made for."""

import calendar
import datetime as dt
import re

ONE_DAY = dt.timedelta(days=1)
LEAST_DAYS = 28


def parse_date(text: str | dt.date) -> dt.date:
    """Date written as YYYY-MM-DD (the one function that reads dates from parameters).

    Parameters
    ----------
    text : str or date
        A date passes through, so that a value can be read twice.

    Returns
    -------
    date

    Raises
    ------
    ValueError
        If the text is no calendar day in this form.

    Examples
    --------
    >>> parse_date("2011-09-30")
    datetime.date(2011, 9, 30)
    """
    if isinstance(text, dt.datetime):
        return text.date()
    if isinstance(text, dt.date):
        return text
    try:
        return dt.datetime.strptime(str(text).strip(), "%Y-%m-%d").date()
    except ValueError:
        raise ValueError(
            f"date: found '{text}'; expected a day as YYYY-MM-DD. Write for example 2011-09-30."
        ) from None


def quarter_end(quarter: str) -> dt.date:
    """Last day of a quarter written like 2011Q3.

    Parameters
    ----------
    quarter : str
        Year, the letter Q, and 1 to 4.

    Returns
    -------
    date

    Raises
    ------
    ValueError
        If the text is no quarter.

    Examples
    --------
    >>> quarter_end("2011Q3")
    datetime.date(2011, 9, 30)
    """
    found = re.fullmatch(r"(\d{4})-?[Qq]([1-4])", str(quarter).strip())
    if not found:
        raise ValueError(
            f"quarter: found '{quarter}'; expected a year and a quarter. Write for example 2011Q3."
        )
    return month_end(dt.date(int(found[1]), 3 * int(found[2]), 1))


def quarter_name(day: dt.date) -> str:
    """Quarter in which a day lies, written like 2011Q3.

    Examples
    --------
    >>> quarter_name(dt.date(2011, 7, 1))
    '2011Q3'
    """
    return f"{day.year}Q{(day.month + 2) // 3}"


def month_end(day: dt.date) -> dt.date:
    """Last day of the month in which a day lies.

    Examples
    --------
    >>> month_end(dt.date(2024, 2, 3))
    datetime.date(2024, 2, 29)
    """
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def last_complete_month(as_of: dt.date) -> dt.date:
    """Last day of the latest month that is whole by as_of.

    Examples
    --------
    >>> last_complete_month(dt.date(2011, 12, 9)), last_complete_month(dt.date(2011, 9, 30))
    (datetime.date(2011, 11, 30), datetime.date(2011, 9, 30))
    """
    return as_of if month_end(as_of) == as_of else as_of.replace(day=1) - ONE_DAY


def default_as_of(data_until: dt.date) -> dt.date:
    """Last day of the last quarter that ended by data_until.

    Examples
    --------
    >>> default_as_of(dt.date(2011, 12, 9)), default_as_of(dt.date(2026, 9, 30))
    (datetime.date(2011, 9, 30), datetime.date(2026, 9, 30))
    """
    this_quarter = quarter_end(quarter_name(data_until))
    if this_quarter == data_until:
        return this_quarter
    return dt.date(data_until.year, 3 * ((data_until.month - 1) // 3) + 1, 1) - ONE_DAY


def usable_as_of(data_until: dt.date, *, data_from: dt.date | None) -> dt.date:
    """Last day of the last whole quarter, or of the data where that leaves next to none of them.

    Parameters
    ----------
    data_until : date
        Last day for which the source holds complete data.
    data_from : date, or None
        Day of the first dated row; None where nothing is dated.

    Returns
    -------
    date

    Examples
    --------
    >>> until = dt.date(2025, 11, 20)
    >>> usable_as_of(until, data_from=dt.date(2024, 1, 1))
    datetime.date(2025, 9, 30)
    >>> usable_as_of(until, data_from=dt.date(2025, 9, 22))
    datetime.date(2025, 11, 20)
    """
    day = default_as_of(data_until)
    if data_from is None or day == data_until:
        return day
    seen, days = (end - data_from for end in (day, data_until))
    return data_until if seen < max(days / 2, LEAST_DAYS * ONE_DAY) else day
