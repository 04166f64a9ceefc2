"""Do predictors go with an outcome at all? Repeated answers of persons -> one p value."""

import numpy as np
import pandas as pd

from crm_helpers.measures.statistics.person_lot import PersonLot

SAME = 1e-9  # parts of the spread below this are rounding
DRAWS, FEWEST_DRAWS = 1_999, 499
MOST_NUMBERS = 50_000_000  # answers x draws; beyond it fewer draws, which still tell the level
PLAIN = 20  # lots that explain as much: more of them make the chance no clearer (Besag)


def clustered_p_value(
    predictors: pd.DataFrame,
    outcome: pd.Series,
    person: pd.Series,
    period: pd.Series,
    *,
    seed: int = 0,
) -> float:
    """Chance of what all predictors together explain when none goes with the outcome.

    Each person is one draw, however often he answered: the outcomes of whole persons are dealt
    out anew among those who answered in the same periods, and the explained spread is compared
    with that of these lots. So the level is kept whatever the answers look like, where an F test
    takes the answers of a person for independent; and with a hundred persons far more is found
    than by a variance estimated from them. Levels of a period are taken out of both sides: that
    all were happier in one period ties no question to another.

    Parameters
    ----------
    predictors : DataFrame of float, one row per answer
    outcome : Series of float, shape (n_answers,)
    person : Series, shape (n_answers,)
        Who answered.
    period : Series, shape (n_answers,)
    seed : int, default 0
        For the lots.

    Returns
    -------
    float in (0, 1]
        1 where nothing varies within a period.

    References
    ----------
    .. [1] Good (2005), Permutation, Parametric and Bootstrap Tests of Hypotheses, chapter 6
       (exchangeable blocks).
    .. [2] Besag & Clifford (1991), Sequential Monte Carlo p-values, Biometrika 78.
    .. [3] Winkler, Webster, Vidaurre, Nichols & Smith (2015), Multi-level Block Permutation,
       NeuroImage 123.

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
    rows = pd.DataFrame({"person": np.asarray(person), "period": np.asarray(period)})
    beside = rows.groupby("period")["person"].transform("nunique").to_numpy()
    known = beside > 1  # alone in a period a person can be compared with nobody
    rows, beside = rows[known], beside[known]
    ways = _ways(_less_period(predictors.to_numpy(float)[known], rows["period"]))
    rest = _less_period(outcome.to_numpy(float)[known, None], rows["period"])[:, 0]
    if not ways.size or rest.std() <= SAME:
        return 1.0
    lot = PersonLot(rows["person"], rows["period"])
    # What is left of a person where the mean of few was taken out is smaller than it was.
    dealt = rest * np.where(lot.is_pooled, np.sqrt(beside / (beside - 1)), 1.0)
    return _share_as_large(dealt, ways, ((rest @ ways) ** 2).sum() * (1 - SAME), lot, seed)


def _share_as_large(
    dealt: np.ndarray, ways: np.ndarray, found: float, lot: PersonLot, seed: int
) -> float:
    """Share of the lots that explain as much; ends early where that is plain already."""
    draws = int(np.clip(MOST_NUMBERS // len(dealt), FEWEST_DRAWS, DRAWS))
    as_much, done = 0, 0
    for orders in lot.in_pieces(draws, seed):
        as_much += int((((dealt[orders] @ ways) ** 2).sum(axis=1) >= found).sum())
        done += len(orders)
        if as_much >= PLAIN:
            break
    return (1 + as_much) / (done + 1)


def _less_period(values: np.ndarray, period: pd.Series) -> np.ndarray:
    rows = pd.DataFrame(values)
    return (rows - rows.groupby(np.asarray(period)).transform("mean")).to_numpy()


def _ways(apart: np.ndarray) -> np.ndarray:
    """Directions in which the predictors vary, each of length 1; copies and flat ones are none."""
    spread = apart.std(axis=0)
    apart = apart[:, spread > SAME] / spread[spread > SAME]
    if not apart.size:
        return apart
    left, size, _ = np.linalg.svd(apart, full_matrices=False)
    return left[:, size > SAME * size.max()]
