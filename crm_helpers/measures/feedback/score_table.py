"""Answers by question and group -> figures with intervals, and their change between periods."""

from dataclasses import asdict

import numpy as np
import pandas as pd
from scipy import stats

from crm_helpers.measures.feedback.answer_values import STEPS
from crm_helpers.measures.statistics.claims import claim_level
from crm_helpers.measures.statistics.weighted_mean import SurveyMean, survey_mean


def score_table(answers: pd.DataFrame, by: list[str], *, min_group: int = 2) -> pd.DataFrame:
    """Figure of each group of answers, with its interval.

    Parameters
    ----------
    answers : DataFrame, one row per answer
        Columns answer_value, person_id, [scale] and the groups.
    by : list of str
        Columns that make a group; the scale must be among them where several are in the table.
    min_group : int, default 2
        Groups with fewer persons are left out.

    Returns
    -------
    DataFrame, one row per group, in the order of the groups
        mean, low, high : float, in the unit of the scale
        n, persons : int, answers and who gave them
        error : float, standard error of the mean
        design_effect : float, variance over that of plain answers
    """
    groups = answers.groupby(by, sort=True, dropna=False)
    rows = [
        dict(zip(by, key, strict=True)) | asdict(_mean(group))
        for key, group in groups
        if group["person_id"].nunique() >= max(2, min_group)
    ]
    names = ["mean", "low", "high", "n", "persons", "error", "design_effect"]
    return pd.DataFrame(rows, columns=[*by, *names])


def _mean(group: pd.DataFrame) -> SurveyMean:
    scale = group["scale"].iloc[0] if "scale" in group else ""
    steps = STEPS.get(scale, ())
    return survey_mean(group["answer_value"], person=group["person_id"], steps=steps)


def score_changes(answers: pd.DataFrame, by: list[str], *, min_group: int = 2) -> pd.DataFrame:
    """Change of each figure from period 1 to period 0, with one allowance for looking at all.

    Answers of both periods are taken as independent draws. Changes are called more than noise
    at the level of claims, allowing for all rows.

    Parameters
    ----------
    answers : DataFrame, one row per answer
        Columns period, answer_value, person_id and the groups.
    by : list of str
    min_group : int, default 2

    Returns
    -------
    DataFrame, one row per group with answers in both periods, surest change first
        mean_now, mean_before : float
        mean_change, low, high : float, now less before, with its interval at 95 %
        n_now, n_before : int
        p_value : float in [0, 1]
        is_change : bool, more than noise

    References
    ----------
    .. [1] Welch (1938), The Significance of the Difference between Two Means when the Population
       Variances are Unequal, Biometrika 29.
    """
    recent = answers[answers["period"].isin([0, 1])]
    table = score_table(recent, [*by, "period"], min_group=min_group)
    now, before = (table[table["period"] == p].drop(columns="period") for p in (0, 1))
    rows = now.merge(before, on=by, suffixes=("_now", "_before"))
    change = (rows["mean_now"] - rows["mean_before"]).astype(float)
    error, free = both_errors(rows, "_now", "_before")
    reach = stats.t.ppf(0.975, free) * error
    p_value = pd.Series(
        2 * stats.t.sf(change.abs() / error.where(error > 0), free), index=rows.index
    ).fillna(1.0)
    rows = rows.assign(
        mean_change=change,
        low=change - reach,
        high=change + reach,
        p_value=p_value,
        is_change=p_value < 1 - claim_level(max(len(rows), 1)),
    )
    names = ["mean_now", "mean_before", "mean_change", "low", "high", "n_now", "n_before"]
    kept = rows[[*by, *names, "p_value", "is_change"]]
    return kept.sort_values(["p_value", *by], kind="stable", ignore_index=True)


def both_errors(rows: pd.DataFrame, first: str, second: str) -> tuple[pd.Series, pd.Series]:
    """Standard error of a difference of two means, and its degrees of freedom (Welch).

    Parameters
    ----------
    rows : DataFrame
        Columns error and persons, each with both endings.
    first, second : str
        Endings of the columns of the two means.

    Returns
    -------
    (Series, Series) of float
    """
    parts = [rows[f"error{end}"].astype(float) ** 2 for end in (first, second)]
    spare = [(rows[f"persons{end}"] - 1).clip(lower=1).astype(float) for end in (first, second)]
    whole = parts[0] + parts[1]
    free = whole**2 / (parts[0] ** 2 / spare[0] + parts[1] ** 2 / spare[1]).where(whole > 0)
    return np.sqrt(whole), free.fillna(1.0)
