"""What a doubtful attribute is worth: predictors + outcomes -> AUC with it, and without."""

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.models.propensity.learners import Boosting

MAX_ROWS = 12_000


def with_and_without(
    predictors: pd.DataFrame,
    happened: np.ndarray,
    *,
    kept: list[str],
    doubtful: list[str],
    subject: np.ndarray,
    seed: int = 0,
) -> pd.DataFrame:
    """AUC of boosted trees on the attributes kept, and on these with one doubtful one more.

    Learned on half of the subjects and measured on the other, both ways round, on at most 12,000
    rows: quick and rough, but the same for both.

    Parameters
    ----------
    predictors : DataFrame, one row per subject and origin
    happened : ndarray of bool, shape (n_rows,)
    kept, doubtful : list of str
        Columns of predictors.
    subject : ndarray, shape (n_rows,)
        Whose row it is; all rows of a subject are in one half.
    seed : int, default 0

    Returns
    -------
    DataFrame, one row per doubtful column
        column : str; with_auc, without_auc : float, missing where a half lacks one kind of outcome
    """
    columns = ["column", "with_auc", "without_auc"]
    if not doubtful:
        return pd.DataFrame(columns=columns)
    halves = _halves(subject, seed)
    plain = _area(predictors[kept], happened, halves, seed)
    areas = [_area(predictors[[*kept, one]], happened, halves, seed) for one in doubtful]
    return pd.DataFrame({"column": doubtful, "with_auc": areas, "without_auc": plain})


def _halves(subject: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    codes, names = pd.factorize(subject)
    first = (rng.permutation(len(names)) < len(names) // 2)[codes]
    rows = rng.permutation(len(subject))[:MAX_ROWS]
    return rows[first[rows]], rows[~first[rows]]


def _area(
    predictors: pd.DataFrame,
    happened: np.ndarray,
    halves: tuple[np.ndarray, np.ndarray],
    seed: int,
) -> float:
    if any(len(set(happened[half])) < 2 for half in halves):
        return np.nan
    if predictors.shape[1] == 0:
        return 0.5
    areas = []
    for learn, judge in (halves, halves[::-1]):
        model = Boosting(seed).fit(predictors.iloc[learn], happened[learn])
        areas.append(auc(happened[judge], model.probability(predictors.iloc[judge])))
    return float(np.mean(areas))
