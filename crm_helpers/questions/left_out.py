"""Columns that no model may use, by the leakage alarm or as keys -> sentences, how to settle."""

from typing import Any

import pandas as pd

from crm_helpers.models.propensity.model_columns import ModelColumns
from crm_helpers.page.names import column_words
from crm_helpers.page.numerals import number
from crm_helpers.page.section import is_absent

LEFT_OUT_WORDS = {
    "unwanted": "excluded by a parameter",
    "date": "a date is no predictor; its age would be one",
    "constant": "the same value everywhere",
    "key": "a key: all values are distinct",
    "row_order": "it follows the order of the rows, so it tells where a row stands in the file",
    "presence": "nearly all who have it, or nearly all who lack it, have the outcome: probably "
    "written after it",
    "alone": "it has no date, and it alone puts in the right order, of 100 pairs,",
    "name": "its name says that it was written when the outcome came",
}
MOST_COLUMNS, MOST_ALARMS = 8, 3


def columns_said(allowed: ModelColumns) -> list[str]:
    """Predictors left out, each with its reason, and strong ones that were kept.

    Parameters
    ----------
    allowed : ModelColumns

    Returns
    -------
    list of str
    """
    rows = allowed.left_out.head(MOST_COLUMNS)
    told = [(column_words(row.column), why_left_out(row)) for row in rows.itertuples()]
    said = [f"Left out: {name}: {why}." for name, why in told]
    more = len(allowed.left_out) - len(rows)
    said += [f"{number(more)} more left out for such reasons."] * (more > 0)
    return said + _strong(allowed.strong)


def why_left_out(row: Any) -> str:
    """Reason of one column left out, in words.

    Parameters
    ----------
    row : row of `ModelColumns.left_out`

    Returns
    -------
    str
    """
    said = LEFT_OUT_WORDS[row.reason]
    if row.reason == "alone":
        said = f"{said} {_of_pairs(row.alone_auc)} (AUC {number(row.alone_auc, 2)}, limit 0.80)"
    if pd.isna(row.with_auc):
        return said
    return f"{said}; AUC with it {number(row.with_auc, 2)}, without {number(row.without_auc, 2)}"


def to_settle(*studies: Any) -> str:
    """What the alarm took from these studies, what a model would be with it, how to settle it.

    Parameters
    ----------
    *studies
        With a propensity; those that are absent are passed over.

    Returns
    -------
    str
        For the summary; empty where nothing is to be settled.
    """
    taken = [one.propensity.allowed.alarms for one in studies if not is_absent(one)]
    return alarm(pd.concat(taken).drop_duplicates("column")) if taken else ""


def alarm(alarms: pd.DataFrame) -> str:
    """What the leakage alarm left out, what a model would be with it, and how to settle it.

    Parameters
    ----------
    alarms : DataFrame, one row per column
        From `ModelColumns.alarms`.

    Returns
    -------
    str
        For the summary; empty where nothing is to be settled.
    """
    told = [_settled(rows) for rows in _parted(alarms) if len(rows)]
    return " ".join(f"Left out, as {text}." for text in told)


def taken_by_alarm(alarms: pd.DataFrame) -> str:
    """What a report says that finds nothing because the alarm took its best attributes.

    Parameters
    ----------
    alarms : DataFrame, one row per column
        From `ModelColumns.alarms`.

    Returns
    -------
    str
        Empty where the alarm took nothing.
    """
    told = [_settled(rows) for rows in _parted(alarms) if len(rows)]
    return " ".join(f"The leakage alarm left out what may be the best, as {text}." for text in told)


def _strong(rows: pd.DataFrame) -> list[str]:
    if rows.empty:
        return []
    named = [f"{row.column} ({_of_pairs(row.alone_auc)})" for row in rows.itertuples()]
    return [
        f"Kept, though strong and without a date: {_and(named, MOST_COLUMNS)}; in brackets how "
        "many of 100 pairs it alone puts in the right order. If one was written after the "
        "outcome, name it in exclude_columns."
    ]


def _parted(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Attributes that may have been written afterwards, and numbers of the rows."""
    if rows.empty:
        return rows, rows
    is_number = rows["reason"].isin(("key", "row_order"))
    return rows[~is_number], rows[is_number]


def _settled(rows: pd.DataFrame) -> str:
    named = _and([_with_it(row) for row in rows.itertuples()], MOST_ALARMS)
    if rows["reason"].isin(("key", "row_order")).any():
        return f"the order of the rows tells the outcome: {named}; exclude_columns settles it"
    it, them = ("it was", "it") if len(rows) == 1 else ("they were", "them")
    return (
        f"perhaps written after the outcome: {named}; if {it} known before, name {them} in "
        "trusted_columns, else in exclude_columns"
    )


def _and(named: list[str], most: int) -> str:
    """So many by name, the others counted."""
    more = len(named) - most
    named = named[:most] + [f"{number(more)} more"] * (more > 0)
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def _with_it(row: Any) -> str:
    if pd.isna(row.with_auc):
        return str(row.column)
    with_it, without = _of_pairs(row.with_auc), _of_pairs(row.without_auc)
    return (
        f"{row.column} (with it about {with_it} of 100 pairs are put in the right order, without "
        f"it {without})"
    )


def _of_pairs(auc: float) -> str:
    return number(100 * auc)
