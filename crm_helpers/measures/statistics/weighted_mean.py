"""Mean of a survey: values, weights and persons -> mean, interval and design effect."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

# Persons imagined beside those who answered, their answers spread evenly over the scale: so an
# interval has a length where all gave the same answer, and holds the truth near an end of it.
IMAGINED = 3


@dataclass(frozen=True)
class SurveyMean:
    """A mean with what it rests on.

    Attributes
    ----------
    mean, low, high : float
        In the unit of the values.
    n : int
        Answers.
    persons : int
    error : float
        Standard error.
    design_effect : float
        Variance over that of as many answers drawn plainly; 1 without weights and repeats.
    """

    mean: float
    low: float
    high: float
    n: int
    persons: int
    error: float
    design_effect: float


def survey_mean(
    values: pd.Series,
    *,
    weight: pd.Series | None = None,
    person: pd.Series | None = None,
    steps: Sequence[float] = (),
    interval_level: float = 0.95,
) -> SurveyMean:
    """Weighted mean with a linearized variance; answers of one person count as one draw.

    The interval uses the t distribution with persons - 1 degrees of freedom. Weights are taken
    as known; that they were estimated themselves is not in the interval. Where the steps of the
    scale are known, interval and error are those with three more persons, whose answers are
    spread evenly over them; the mean stays that of the answers. Without them 19 of 20 satisfied
    persons would make an interval that misses the truth in 12 to 54 of 100 surveys.

    Parameters
    ----------
    values : Series of float, shape (n_answers,)
    weight : Series of float, optional
        Above 0; any common factor cancels.
    person : Series, optional
        Who answered; without it every answer is a person.
    steps : sequence of float, optional
        Values that an answer can take; the interval stays among them.
    interval_level : float, default 0.95

    Returns
    -------
    SurveyMean

    Raises
    ------
    ValueError
        If there are fewer than two persons, or a weight is not above 0.

    References
    ----------
    .. [1] Lohr (2010), Sampling: Design and Analysis, sections 4.2 and 9.1 (linearization).
    .. [2] Kish (1965), Survey Sampling, section 8.2 (design effect).
    .. [3] Rocks (2016), Interval Estimation for the Net Promoter Score, The American
       Statistician 70(4) (adjusted Wald); for shares Agresti & Coull (1998), same journal 52.

    Examples
    --------
    >>> survey_mean(pd.Series([1.0, 1, 0, 0])).mean, survey_mean(
    ...     pd.Series([1.0, 1, 0, 0]), weight=pd.Series([3.0, 3, 1, 1])).mean
    (0.5, 0.75)
    """
    numbers = values.to_numpy(dtype=float)
    weights = np.ones(len(numbers)) if weight is None else weight.to_numpy(dtype=float)
    codes = np.arange(len(numbers)) if person is None else pd.factorize(person)[0]
    persons = len(np.unique(codes))
    _check(persons, weights)
    share = weights / weights.sum()
    mean = float(share @ numbers)
    apart = np.bincount(codes, weights=share * (numbers - mean))
    error = float(np.sqrt((apart**2).sum() * persons / (persons - 1)))
    plain = float(share @ (numbers - mean) ** 2) / (len(numbers) - 1)
    effect = error**2 / plain if plain > 0 else 1.0
    low, high, error = _interval(numbers, weights, codes, np.asarray(steps), interval_level)
    low, high = min(low, mean), max(high, mean)
    return SurveyMean(mean, low, high, len(numbers), persons, error, effect)


def _interval(
    numbers: np.ndarray, weights: np.ndarray, codes: np.ndarray, steps: np.ndarray, level: float
) -> tuple[float, float, float]:
    """Low, high and standard error of the mean, with imagined persons where steps are known."""
    held = np.bincount(codes, weights=weights)
    held = held[held > 0]
    own = np.bincount(codes, weights=weights * numbers)
    more = IMAGINED if len(steps) else 0
    each, drawn = held.mean(), len(held) + more
    total = held.sum() + more * each
    middle = (own.sum() + more * each * (steps.mean() if more else 0.0)) / total
    squares = ((own - middle * np.bincount(codes, weights=weights)) ** 2).sum()
    squares += more * each**2 * (((steps - middle) ** 2).mean() if more else 0.0)
    error = float(np.sqrt(squares * drawn / (drawn - 1)) / total)
    reach = float(stats.t.ppf(0.5 + level / 2, drawn - 1)) * error
    low, high = (steps.min(), steps.max()) if more else (-np.inf, np.inf)
    return float(max(middle - reach, low)), float(min(middle + reach, high)), error


def _check(persons: int, weights: np.ndarray) -> None:
    if persons < 2:
        raise ValueError(
            f"answers: {persons:,} persons; expected two or more, because a spread needs them. "
            "Take a longer period."
        )
    if not (weights > 0).all():
        raise ValueError(
            f"weight: {int((~(weights > 0)).sum()):,} of {len(weights):,} weights are not above 0; "
            "expected positive ones. Leave those answers out."
        )
