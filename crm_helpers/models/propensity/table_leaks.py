"""Attributes with outcomes of several tables -> one list of leakage alarms."""

from collections.abc import Collection, Mapping

import pandas as pd
from pandas.api import types

from crm_helpers.models.propensity.model_columns import judged_columns
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.propensity.usable_columns import KEY

LEAST_EVENTS = 50
COLUMNS = "table outcome column reason alone_auc with_auc without_auc rows".split()
ROW = "row of the table"


def table_leaks(
    outcomes: Mapping[tuple[str, str], pd.DataFrame],
    attributes: Mapping[str, list[str]],
    *,
    dated: Collection[str] = (),
    max_rows: int,
    seed: int,
) -> pd.DataFrame:
    """Leakage alarms of every table whose attributes stand beside an outcome.

    In a table whose rows are dated a key that rises with time is no wonder, and raises none.

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
        reason : str, the sign: presence, alone, name, or key
        alone_auc : float in [0.5, 1]; of a key missing
        with_auc, without_auc : float, of a rough model with the attribute, and without
        rows : int, rows tried
    """
    found = [
        _alarms(table, outcome, frame, attributes[table], max_rows, seed)
        for (table, outcome), frame in outcomes.items()
    ]
    found = [
        frame[(frame["reason"] != KEY) | ~frame["table"].isin(dated)]
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
    predictors = sample.drop(columns="outcome").assign(**{ROW: range(len(sample))})
    predictors = predictors.drop(columns=[c for c in predictors if _is_key(predictors[c])])
    found = judged_columns(
        predictors,
        happened.to_numpy(),
        [ROW, outcome],
        PropensitySettings(seed=seed),
        watched=tuple(column for column in undated if column in predictors),
    )
    return found.alarms.assign(table=table, outcome=outcome, rows=len(sample))


def _is_key(values: pd.Series) -> bool:
    words = not types.is_numeric_dtype(values) and not types.is_bool_dtype(values)
    return words and values.nunique() > len(values) / 2
