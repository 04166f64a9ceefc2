"""Usable predictors: a frame -> the columns a model may use, and why the others may not."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from pandas.api import types

KEY_ROWS = 50
# A number that rises, or falls, with the rows says where a row stands in the file, no more.
ROW_ORDER = 0.99
# Why a column may not be used.
UNWANTED, DATE, CONSTANT, KEY, PLACE = "unwanted", "date", "constant", "key", "row_order"


def usable_columns(
    predictors: pd.DataFrame, *, exclude: Iterable[str] = (), undated: Iterable[str] = ()
) -> tuple[list[str], pd.DataFrame]:
    """Columns a model may use, and those left out with their reason.

    A key is a column of words, or an undated column of whole numbers, whose
    values are all distinct: it names the subject and says nothing about others. The order of the
    rows is an undated number, most values distinct, that rises or falls with the rows.

    Parameters
    ----------
    predictors : DataFrame, one row per subject
        Rows of one origin, so that a subject comes once; in the order of their keys.
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
        reason : str, a code: unwanted (by a parameter), date, constant, key or row_order
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
        return UNWANTED
    if types.is_datetime64_any_dtype(column) or _holds_dates(column):
        return DATE
    if column.nunique(dropna=True) <= 1 and not column.isna().any() or column.isna().all():
        return CONSTANT
    if _is_key(column, is_undated):
        return KEY
    return PLACE if is_undated and _is_place(column) else ""


def _holds_dates(column: pd.Series) -> bool:
    known = column.dropna()
    return column.dtype == object and len(known) > 0 and hasattr(known.iloc[0], "toordinal")


def _is_key(column: pd.Series, is_undated: bool) -> bool:
    if types.is_bool_dtype(column):
        return False
    known = column.dropna()
    if types.is_numeric_dtype(column) and not (is_undated and _is_whole(known)):
        return False
    return len(known) >= KEY_ROWS and known.is_unique


def _is_whole(known: pd.Series) -> bool:
    if not types.is_float_dtype(known):
        return True
    values = known.to_numpy(dtype=float)
    return bool((values == np.floor(values)).all())


def _is_place(column: pd.Series) -> bool:
    if not types.is_numeric_dtype(column) or types.is_bool_dtype(column):
        return False
    known = column.dropna().reset_index(drop=True).astype(float)
    if len(known) < KEY_ROWS or known.nunique() < len(known) / 2:
        return False
    return abs(np.corrcoef(known.rank(), known.index)[0, 1]) >= ROW_ORDER
