"""Likelihood: mean surprise with its gradient -> where it is least, or a clear message."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.optimize import minimize

from crm_helpers.tables.needs import Skip

Loss = Callable[[np.ndarray], tuple[float, np.ndarray]]

TOLERANCE = 1e-9  # of the gradient of the mean surprise; more is said to be no maximum
STILL = 1e-14  # of the gradient; less is rounding
FLAT = 1e-12  # of the gradient; below it a step that gains nothing is the last one
NEAR = 1e-9  # surprises of two starts that count as equal; the first start is kept
APART = 1e-6  # of the two gradients that make a curvature
WIDE = 1e-4  # of those that make a covariance, one on either side
FLATTEST = 1e-9  # least curvature, as a share of the largest
LONGEST, HALVINGS, MOST_STEPS = 2.0, 12, 100


def likeliest(
    loss: Loss, starts: Sequence[ArrayLike], bounds: Sequence[tuple[float, float]], *, subject: str
) -> np.ndarray:
    """Point of least mean surprise, which is the maximum of the likelihood.

    Quasi-Newton descents from each start, then Newton steps on the gradient of the best until
    only rounding is left, so that the end does not depend on the way. At a bound the gradient
    may point outwards. Two ends as good as each other: that of the first start.

    Parameters
    ----------
    loss : callable
        From a point to the mean surprise per row, in nats, and its gradient. Parameters are best
        given as logarithms, so that one tolerance fits all.
    starts : sequence of array of float, shape (n_parameters,)
    bounds : sequence of (float, float), one per parameter
    subject : str
        What is fitted, for the message.

    Returns
    -------
    ndarray of float, shape (n_parameters,)

    Raises
    ------
    Skip
        If the gradient is not below 1e-9 at the end.

    References
    ----------
    .. [1] Nocedal & Wright (2006), Numerical Optimization, sections 3.4 and 16.7.

    Examples
    --------
    >>> bowl = lambda at: (float((at - 3) @ (at - 3)), 2 * (at - 3))
    >>> likeliest(bowl, [[0.0, 0.0]], [(-9, 9), (-9, 2)], subject="a bowl").round(9).tolist()
    [3.0, 2.0]
    """
    low, high = np.array(bounds, dtype=float).T
    ends = [_descended(loss, start, bounds) for start in starts]
    values = np.array([value for _, value in ends])
    point = _polished(loss, ends[int(np.argmax(values <= values.min() + NEAR))][0], low, high)
    left = _steepest(point, loss(point)[1], low, high)
    if not left <= TOLERANCE:
        raise Skip(
            f"{subject}: no maximum of the likelihood was found from {len(starts)} starts; its "
            f"gradient is {left:.2g} at {point.round(4).tolist()}, expected below {TOLERANCE:g}. "
            "Check the numbers for missing and extreme ones, or add more rows."
        )
    return point


def covariance_at(loss: Loss, point: ArrayLike, rows: int) -> np.ndarray:
    """Covariance of the likeliest parameters: the inverse of the curvature of the surprise.

    Parameters
    ----------
    loss : callable
        As of `likeliest`.
    point : array of float, shape (n_parameters,)
        As `likeliest` gave it.
    rows : int
        How many the mean surprise is a mean of.

    Returns
    -------
    ndarray of float, shape (n_parameters, n_parameters)
        NaN throughout where the surprise is flat in some direction, as at a bound.

    References
    ----------
    .. [1] Efron & Hinkley (1978), Assessing the accuracy of the maximum likelihood estimator:
       observed versus expected Fisher information, Biometrika 65, 457-483.

    Examples
    --------
    The mean of 100 rows that spread by 2, from half the squared distance in spreads:

    >>> bowl = lambda at: (float((at - 3) @ (at - 3)) / 8, (at - 3) / 4)
    >>> covariance_at(bowl, [3.0], 100).round(6).tolist()
    [[0.04]]
    """
    at = np.asarray(point, dtype=float)
    moves = np.eye(len(at)) * WIDE
    bend = np.array([(loss(at + move)[1] - loss(at - move)[1]) / (2 * WIDE) for move in moves])
    curves, ways = np.linalg.eigh((bend + bend.T) / 2)
    if not curves.min() > FLATTEST * max(curves.max(), FLATTEST):
        return np.full((len(at), len(at)), np.nan)
    return (ways / curves) @ ways.T / rows


def grouped(*columns: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Distinct rows in ascending order, and the share of all rows that each stands for.

    Sums over them are the same for any order of the rows, to the last digit, and faster.

    Parameters
    ----------
    *columns : array of float, shape (n_rows,)

    Returns
    -------
    ndarray of float, shape (n_columns, n_distinct)
    ndarray of float, shape (n_distinct,), sum 1

    Examples
    --------
    >>> rows, share = grouped([2, 1, 2, 2], [0, 5, 0, 7])
    >>> rows.tolist(), share.tolist()
    ([[1.0, 2.0, 2.0], [5.0, 0.0, 7.0]], [0.25, 0.5, 0.25])
    """
    rows = pd.DataFrame(np.array(columns, dtype=float).T)
    counts = rows.groupby(list(rows), dropna=False).size()
    distinct = counts.index.to_frame().to_numpy().T.copy()
    return distinct, counts.to_numpy() / max(len(rows), 1)


def _descended(
    loss: Loss, start: ArrayLike, bounds: Sequence[tuple[float, float]]
) -> tuple[np.ndarray, float]:
    options = {"maxiter": 500, "ftol": 1e-11, "gtol": 1e-6}
    end = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return end.x, float(end.fun)


def _polished(loss: Loss, point: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    value, slope = loss(point)
    for _ in range(MOST_STEPS):
        steep = _steepest(point, slope, low, high)
        if not steep > STILL:
            break
        step = _newton_step(loss, point, slope, _free(point, slope, low, high))
        for part in 0.5 ** np.arange(HALVINGS if steep > FLAT else 1):
            trial = np.clip(point + part * step, low, high)
            new, new_slope = loss(trial)
            rounding = 1e-13 * (1 + abs(value))
            flatter = _steepest(trial, new_slope, low, high) < steep
            if new < value - 10 * rounding or (flatter and new <= value + rounding):
                break
        else:
            break
        point, value, slope = trial, new, new_slope
    return point


def _free(point: np.ndarray, slope: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Parameters that no bound holds back."""
    return ~(((point <= low) & (slope > 0)) | ((point >= high) & (slope < 0)))


def _steepest(point: np.ndarray, slope: np.ndarray, low: np.ndarray, high: np.ndarray) -> float:
    return float(np.abs(np.where(_free(point, slope, low, high), slope, 0.0)).max())


def _newton_step(loss: Loss, point: np.ndarray, slope: np.ndarray, free: np.ndarray) -> np.ndarray:
    """Step to where the gradient would be zero, downhill also where the surprise bends down."""
    moves = np.eye(len(point))[free] * APART
    bend = np.array([loss(point + move)[1] - slope for move in moves])[:, free]
    curves, ways = np.linalg.eigh((bend + bend.T) / (2 * APART))
    curves = np.maximum(np.abs(curves), FLATTEST * max(np.abs(curves).max(), FLATTEST))
    step = np.zeros(len(point))
    step[free] = -ways @ (ways.T @ slope[free] / curves)
    return step * min(1.0, LONGEST / max(np.abs(step).max(), LONGEST))
