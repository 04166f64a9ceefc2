"""Mean of a survey: values, weights and persons -> mean, interval and design effect."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats


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
    interval_level: float = 0.95,
) -> SurveyMean:
    """Weighted mean with a linearized variance; answers of one person count as one draw.

    The interval uses the t distribution with persons - 1 degrees of freedom. Weights are taken
    as known; that they were estimated themselves is not in the interval.

    Parameters
    ----------
    values : Series of float, shape (n_answers,)
    weight : Series of float, optional
        Above 0; any common factor cancels.
    person : Series, optional
        Who answered; without it every answer is a person.
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
    reach = stats.t.ppf(0.5 + interval_level / 2, persons - 1) * error
    effect = error**2 / plain if plain > 0 else 1.0
    return SurveyMean(mean, mean - reach, mean + reach, len(numbers), persons, error, effect)


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
