"""Answers on their scales -> values whose mean is the figure: NPS, CSAT, CES or stars."""

import numpy as np
import pandas as pd

# Name of the figure, its unit and whether more is better, by scale.
PROMOTER, DETRACTOR, SATISFIED = 9, 6, 4
# Values that an answer can take, as `answer_values` counts it.
STEPS = {
    "nps": (-100.0, 0.0, 100.0),
    "csat": (0.0, 1.0),
    "stars": (1.0, 2.0, 3.0, 4.0, 5.0),
    "ces": (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0),
}


def answer_values(score: pd.Series, scale: pd.Series) -> pd.Series:
    """Value of each answer, so that the mean over answers is the figure of its scale.

    nps: 100 for 9 and 10, -100 for 0 to 6, else 0, so the mean is the net promoter score.
    csat: 1 for 4 and 5, else 0, so the mean is the share satisfied. Any other scale (ces 1 to 7,
    stars 1 to 5, or a question with steps of its own): the answer itself.

    Parameters
    ----------
    score : Series of float, shape (n_answers,)
    scale : Series of str, shape (n_answers,)

    Returns
    -------
    Series of float, shape (n_answers,)

    References
    ----------
    .. [1] Reichheld (2003), The One Number You Need to Grow, Harvard Business Review 81(12).

    Examples
    --------
    >>> answer_values(pd.Series([9.0, 7, 0, 4]), pd.Series(["nps", "nps", "nps", "csat"])).tolist()
    [100.0, 0.0, -100.0, 1.0]
    """
    promoters = 100.0 * (score >= PROMOTER) - 100.0 * (score <= DETRACTOR)
    satisfied = (score >= SATISFIED).astype(float)
    values = np.select([scale == "nps", scale == "csat"], [promoters, satisfied], default=score)
    return pd.Series(values, index=score.index, dtype=float)


def is_unhappy(score: pd.Series, scale: pd.Series) -> pd.Series:
    """True for answers at the bad end: nps 0 to 6, csat and stars 1 or 2, ces 1 or 2.

    Examples
    --------
    >>> is_unhappy(pd.Series([6.0, 3, 2]), pd.Series(["nps", "csat", "stars"])).tolist()
    [True, False, True]
    """
    # Without any row the column keeps the type of texts.
    worst = scale.map({"nps": DETRACTOR, "csat": 2, "stars": 2, "ces": 2}).astype(float)
    return (score <= worst).fillna(False).astype(bool)
