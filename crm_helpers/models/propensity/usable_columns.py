"""Usable predictors: a frame -> the columns a model may use, and why the others may not."""

from collections.abc import Iterable

import pandas as pd
from pandas.api import types

KEY_ROWS = 50


def usable_columns(
    predictors: pd.DataFrame, *, exclude: Iterable[str] = (), undated: Iterable[str] = ()
) -> tuple[list[str], pd.DataFrame]:
    """Columns a model may use, and those left out with their reason.

    A key is a column of words, or an undated column of whole numbers, whose
    values are all distinct: it names the subject and says nothing about others.

    Parameters
    ----------
    predictors : DataFrame, one row per subject
        Rows of one origin, so that a subject comes once.
    exclude : iterable of str
        Columns left out by a parameter.
    undated : iterable of str
        Attributes without a date.

    Returns
    -------
    list of str
        Usable columns in the given order.
    DataFrame, one row per column left out
        column : str
        reason : str
    """
    unwanted, snapshots = set(exclude), set(undated)
    reasons = {c: _reason(predictors[c], c in unwanted, c in snapshots) for c in predictors}
    left_out = [(column, reason) for column, reason in reasons.items() if reason]
    return (
        [column for column, reason in reasons.items() if not reason],
        pd.DataFrame(left_out, columns=["column", "reason"]),
    )


def _reason(column: pd.Series, is_unwanted: bool, is_undated: bool) -> str:
    if is_unwanted:
        return "excluded by a parameter"
    if types.is_datetime64_any_dtype(column) or _holds_dates(column):
        return "a date is no predictor; its age would be one"
    if column.nunique(dropna=True) <= 1 and not column.isna().any() or column.isna().all():
        return "the same value everywhere"
    if _is_key(column, is_undated):
        return "a key: all values are distinct"
    return ""


def _holds_dates(column: pd.Series) -> bool:
    known = column.dropna()
    return column.dtype == object and len(known) > 0 and hasattr(known.iloc[0], "toordinal")


def _is_key(column: pd.Series, is_undated: bool) -> bool:
    if types.is_bool_dtype(column) or types.is_float_dtype(column):
        return False
    if types.is_numeric_dtype(column) and not is_undated:
        return False
    known = column.dropna()
    return len(known) >= KEY_ROWS and known.is_unique
