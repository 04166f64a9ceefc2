"""Answers by question and group -> figures with intervals, and their change between periods."""

from dataclasses import asdict

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

from crm_helpers.measures.statistics.weighted_mean import survey_mean


def score_table(answers: pd.DataFrame, by: list[str], *, min_group: int = 2) -> pd.DataFrame:
    """Figure of each group of answers, with its interval.

    Parameters
    ----------
    answers : DataFrame, one row per answer
        Columns answer_value, person_id and the groups.
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
        dict(zip(by, key, strict=True))
        | asdict(survey_mean(group["answer_value"], person=group["person_id"]))
        for key, group in groups
        if group["person_id"].nunique() >= max(2, min_group)
    ]
    names = ["mean", "low", "high", "n", "persons", "error", "design_effect"]
    return pd.DataFrame(rows, columns=[*by, *names])


def score_changes(
    answers: pd.DataFrame, by: list[str], *, min_group: int = 2, false_share: float = 0.05
) -> pd.DataFrame:
    """Change of each figure from period 1 to period 0, with one allowance for looking at all.

    Answers of both periods are taken as independent draws. Changes are called more than noise
    by Benjamini and Hochberg's rule over all rows.

    Parameters
    ----------
    answers : DataFrame, one row per answer
        Columns period, answer_value, person_id and the groups.
    by : list of str
    min_group : int, default 2
    false_share : float, default 0.05
        Share of the changes called real that may be chance.

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
    .. [1] Benjamini & Hochberg (1995), Controlling the False Discovery Rate, JRSS B 57.
    """
    recent = answers[answers["period"].isin([0, 1])]
    table = score_table(recent, [*by, "period"], min_group=min_group)
    now, before = (table[table["period"] == p].drop(columns="period") for p in (0, 1))
    rows = now.merge(before, on=by, suffixes=("_now", "_before"))
    change = (rows["mean_now"] - rows["mean_before"]).astype(float)
    error = np.hypot(rows["error_now"].astype(float), rows["error_before"].astype(float))
    reach = stats.norm.ppf(0.975) * error
    surely = stats.norm.sf(np.abs(change) / error.where(error > 0, np.nan)) * 2
    p_value = pd.Series(surely, index=rows.index).fillna(1.0)
    found = multipletests(p_value, false_share, "fdr_bh")[0] if len(rows) else []
    rows = rows.assign(
        mean_change=change,
        low=change - reach,
        high=change + reach,
        p_value=p_value,
        is_change=np.asarray(found, dtype=bool),
    )
    names = ["mean_now", "mean_before", "mean_change", "low", "high", "n_now", "n_before"]
    kept = rows[[*by, *names, "p_value", "is_change"]]
    return kept.sort_values(["p_value", *by], kind="stable", ignore_index=True)
