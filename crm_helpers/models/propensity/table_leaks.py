"""Attributes with outcomes of several tables -> one list of leakage alarms."""

from collections.abc import Collection, Mapping

import pandas as pd
from pandas.api import types

from crm_helpers.models.propensity.leakage import ALONE_LIMIT, leakage_alarms

LEAST_EVENTS = 50
COLUMNS = ["table", "outcome", "column", "alone_auc", "auc_cost", "rows"]


def table_leaks(
    outcomes: Mapping[tuple[str, str], pd.DataFrame],
    attributes: Mapping[str, list[str]],
    *,
    dated: Collection[str] = (),
    max_rows: int,
    seed: int,
) -> pd.DataFrame:
    """Leakage alarms of every table whose attributes stand beside an outcome.

    In a table whose rows are dated an attribute is as old as its row: there only an attribute
    that alone reaches the limit raises the alarm, not one that is merely hard to replace.

    Text that is nearly always distinct (names, addresses) is a key and never a predictor, so it
    is not tried.

    Parameters
    ----------
    outcomes : mapping of (table, outcome) to DataFrame
        Column outcome and one column per predictor.
    attributes : mapping of table to list of str
        Its attributes without a date; only these can raise the alarm.
    dated : collection of str
        Tables whose rows are dated.
    max_rows : int
        Rows tried at most, drawn at random.
    seed : int

    Returns
    -------
    DataFrame, one row per alarm
        table, outcome, column : str
        alone_auc : float in [0.5, 1]
        auc_cost : float, missing where it was not measured
        rows : int, rows tried
    """
    found = [
        _alarms(table, outcome, frame, attributes[table], max_rows, seed)
        for (table, outcome), frame in outcomes.items()
    ]
    found = [
        frame[(frame["alone_auc"] >= ALONE_LIMIT) | ~frame["table"].isin(dated)]
        for frame in found
        if len(frame)
    ]
    empty = pd.DataFrame(columns=COLUMNS)
    found = [frame for frame in found if len(frame)]
    return pd.concat(found, ignore_index=True)[COLUMNS] if found else empty


def _alarms(
    table: str, outcome: str, frame: pd.DataFrame, undated: list[str], max_rows: int, seed: int
) -> pd.DataFrame:
    sample = frame.sample(min(len(frame), max_rows), random_state=seed)
    happened = sample["outcome"].astype(bool)
    if min(happened.sum(), (~happened).sum()) < LEAST_EVENTS:
        return pd.DataFrame()
    predictors = sample.drop(columns="outcome")
    predictors = predictors.drop(columns=[c for c in predictors if _is_key(predictors[c])])
    tried = [column for column in undated if column in predictors]
    alarms = leakage_alarms(predictors, happened, undated=tried, seed=seed)
    return alarms.assign(table=table, outcome=outcome, rows=len(sample))


def _is_key(values: pd.Series) -> bool:
    words = not types.is_numeric_dtype(values) and not types.is_bool_dtype(values)
    return words and values.nunique() > len(values) / 2
