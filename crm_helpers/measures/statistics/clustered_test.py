"""Do predictors go with an outcome at all? Repeated answers of persons -> one p value."""

import numpy as np
import pandas as pd
from scipy import stats

SAME = 1e-9  # parts of the spread below this are rounding


def clustered_p_value(
    predictors: pd.DataFrame, outcome: pd.Series, person: pd.Series, period: pd.Series
) -> float:
    """Chance of what all predictors together show when none goes with the outcome.

    Each person is one draw, however often he answered: his answers are summed to one score per
    predictor, and Hotelling's test asks whether the mean of these scores is zero. An F test on
    the answers takes them for independent and so finds what is not there. Levels of a period are
    taken out of both sides: that all were happier in one period ties no question to another.

    Parameters
    ----------
    predictors : DataFrame of float, one row per answer
    outcome : Series of float, shape (n_answers,)
    person : Series, shape (n_answers,)
        Who answered.
    period : Series, shape (n_answers,)

    Returns
    -------
    float in [0, 1]
        1 where there are no more persons than predictors, or nothing varies within a period.

    References
    ----------
    .. [1] Hotelling (1931), The Generalization of Student's Ratio, Annals of Mathematical
       Statistics 2.
    .. [2] Kline & Santos (2012), A Score Based Approach to Wild Bootstrap Inference, Journal of
       Econometric Methods 1 (scores by cluster, the null imposed).

    Examples
    --------
    Forty answers that go together are much, by forty persons; by two they are nothing.

    >>> x = pd.DataFrame({"x": [1.0, 2, 3, 4] * 10})
    >>> y, same = x["x"] + [0.5, -0.5] * 20, pd.Series([0] * 40)
    >>> clustered_p_value(x, y, pd.Series(range(40)), same) < 0.001
    True
    >>> clustered_p_value(x, y, pd.Series([0, 1] * 20), same) < 0.1
    False
    """
    apart = _less_period(predictors.to_numpy(float), period)
    spread = apart.std(axis=0)
    apart = apart[:, spread > SAME] / spread[spread > SAME]
    rest = _less_period(outcome.to_numpy(float)[:, None], period)
    answered = pd.Series(np.asarray(person)).groupby(np.asarray(period))
    beside = answered.transform("nunique").to_numpy(float)[:, None]
    # The mean of a period is made of its persons, which shrinks what stays of each.
    grown = np.sqrt(beside / np.maximum(beside - 1, 1))
    scores = apart * rest
    own = _by_person(scores * grown, person)
    draws = len(own) * (1 - answered.ngroups / answered.nunique().sum())
    return _hotelling(scores.sum(axis=0), own.T @ own, draws)


def _less_period(values: np.ndarray, period: pd.Series) -> np.ndarray:
    rows = pd.DataFrame(values)
    return (rows - rows.groupby(np.asarray(period)).transform("mean")).to_numpy()


def _by_person(scores: np.ndarray, person: pd.Series) -> np.ndarray:
    return pd.DataFrame(scores).groupby(np.asarray(person)).sum().to_numpy()


def _hotelling(total: np.ndarray, products: np.ndarray, draws: float) -> float:
    """P value of scores that add up to so much; directions without any spread are left out."""
    rank = int(np.linalg.matrix_rank(products, rtol=SAME, hermitian=True)) if len(products) else 0
    free = draws - rank
    if not rank or free <= 0:
        return 1.0
    found = float(total @ np.linalg.pinv(products, rtol=SAME, hermitian=True) @ total)
    return float(stats.f.sf(found / rank * free / max(draws - found, 1e-12), rank, free))
