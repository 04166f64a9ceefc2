"""Predictors of a model: rows + settings -> those it may use, and those left out by which sign."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api import types

from crm_helpers.models.propensity.encoding import with_categories
from crm_helpers.models.propensity.leakage import (
    ALONE,
    NAME,
    PRESENCE,
    STRONG_LIMIT,
    attribute_signs,
)
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.propensity.usable_columns import KEY, PLACE, usable_columns
from crm_helpers.models.propensity.with_and_without import with_and_without
from crm_helpers.tables.needs import Skip

# A key that adds less than this much of AUC is not worth a reader's minute.
WORTH_NAMING = 0.02


@dataclass(frozen=True)
class ModelColumns:
    """Predictors that may be used, those left out, and the strong ones among those used.

    Attributes
    ----------
    used : list of str
    left_out : DataFrame, one row per column left out
        column : str; reason : str, a code: unwanted, date, constant, key, row_order, or the sign of
        the leakage alarm: presence, alone, name;
        alone_auc : float, of undated attributes; with_auc, without_auc : float, of a rough model
        with the column and without it, where it is a number with such a sign; else missing
    strong : DataFrame, one row per undated attribute that is used though it alone is strong
        column : str; alone_auc : float
    """

    used: list[str]
    left_out: pd.DataFrame
    strong: pd.DataFrame

    @property
    def alarms(self) -> pd.DataFrame:
        """Rows of `left_out` that somebody must settle, from `alarms_in`."""
        return alarms_in(self.left_out)


def alarms_in(left_out: pd.DataFrame) -> pd.DataFrame:
    """Columns left out that somebody must settle, what would change most first.

    A key is one of them where a model would gain by it.

    Parameters
    ----------
    left_out : DataFrame, one row per column left out
        Of `ModelColumns`.

    Returns
    -------
    DataFrame of the same columns
    """
    if left_out.empty:
        return left_out
    gain = (left_out["with_auc"] - left_out["without_auc"]).astype(float).fillna(0.0)
    is_sign = left_out["reason"].isin((PRESENCE, ALONE, NAME))
    is_useful_key = left_out["reason"].isin((KEY, PLACE)) & (gain >= WORTH_NAMING)
    order = gain[is_sign | is_useful_key].sort_values(ascending=False, kind="stable").index
    return left_out.loc[order].reset_index(drop=True)


def model_columns(
    rows: pd.DataFrame,
    happened: np.ndarray,
    names: list[str],
    settings: PropensitySettings,
    *,
    watched: tuple[str, ...] | None,
) -> ModelColumns:
    """Predictors that may be used and those left out; the alarm is judged on training rows alone.

    Parameters
    ----------
    rows : DataFrame, one row per subject and origin
    happened : ndarray of bool, shape (n_rows,)
    names : list of str
        The key, the outcome, then the other columns that are no predictors.
    settings : PropensitySettings
    watched : tuple of str, or None
        Undated attributes.

    Returns
    -------
    ModelColumns

    Raises
    ------
    Skip
        If none is left.
    """
    found = judged_columns(rows, happened, names, settings, watched=watched)
    if not found.used:
        named = ", ".join(f"{row.column} ({row.reason})" for row in found.left_out.itertuples())
        raise Skip(
            f"None of {len(found.left_out)} predictors may be used: {named}. Add attributes with "
            "dates, exclude fewer columns, or name in trusted_columns what is known to be older "
            "than the outcome."
        )
    return found


def judged_columns(
    rows: pd.DataFrame,
    happened: np.ndarray,
    names: list[str],
    settings: PropensitySettings,
    *,
    watched: tuple[str, ...] | None,
) -> ModelColumns:
    """The same as `model_columns`, where none may be left as well.

    Parameters
    ----------
    rows : DataFrame, one row per subject and origin
    happened : ndarray of bool, shape (n_rows,)
    names : list of str
    settings : PropensitySettings
    watched : tuple of str, or None

    Returns
    -------
    ModelColumns
    """
    predictors = rows.drop(columns=[c for c in (*names, "role", "origin_on") if c in rows])
    once = ~rows[names[0]].duplicated(keep="last").to_numpy()
    undated = [c for c in watched or () if c not in settings.trusted_columns]
    columns, unusable = usable_columns(predictors[once], exclude=settings.left_out, undated=undated)
    known = {"undated": undated, "origins": rows.get("origin_on"), "seed": settings.seed}
    signs = attribute_signs(
        with_categories(predictors[columns]), happened, outcome_name=_outcome(names), **known
    )
    alarms = signs[signs["reason"] != ""]
    left = [column for column in columns if column not in set(alarms["column"])]
    excluded = pd.concat([unusable, alarms], ignore_index=True)
    tried = [c for c in _doubtful(excluded, predictors) if c in undated]
    about = {"subject": rows[names[0]].to_numpy(), "seed": settings.seed}
    both = with_categories(predictors[[*left, *tried]])
    worth = with_and_without(both, happened, kept=left, doubtful=tried, **about)
    strong = signs[(signs["reason"] == "") & (signs["alone_auc"] >= STRONG_LIMIT)]
    strong = strong[["column", "alone_auc"]].reset_index(drop=True)
    return ModelColumns(left, excluded.merge(worth, on="column", how="left"), strong)


def _outcome(names: list[str]) -> str:
    return names[1] if len(names) > 1 else ""


def _doubtful(excluded: pd.DataFrame, predictors: pd.DataFrame) -> list[str]:
    """Columns that a model could be tried with: signs of a leak, and keys that are numbers."""
    by_hand = ("unwanted", "date", "constant")
    rows = excluded[~excluded["reason"].isin(by_hand)]
    is_key = rows["reason"].isin((KEY, PLACE))
    is_number = rows["column"].map(lambda c: types.is_numeric_dtype(predictors[c])).astype(bool)
    return list(rows.loc[~is_key | is_number, "column"])
