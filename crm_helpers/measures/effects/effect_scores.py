"""Doubly robust effect of one person: outcome, chance of treatment, forecasts -> one score."""

from __future__ import annotations

import numpy as np
import pandas as pd


def effect_scores(
    outcome: pd.Series,
    is_treated: pd.Series,
    propensity: pd.Series | float,
    *,
    treated_forecast: pd.Series | float = 0.0,
    control_forecast: pd.Series | float = 0.0,
) -> pd.Series:
    """Score per person whose average over any group estimates the effect in that group.

    With forecasts made without the person's own outcome the scores are doubly robust; with none
    they are inverse-propensity scores: right as well, only wider.

    Parameters
    ----------
    outcome : Series of bool or float, shape (n_persons,)
        Response or amount.
    is_treated : Series of bool, shape (n_persons,)
        False: control group.
    propensity : Series of float or float
        Chance of being treated, by design, inside (0, 1).
    treated_forecast, control_forecast : Series of float or float, default 0
        Forecast outcome of the person when treated and when not.

    Returns
    -------
    Series of float, shape (n_persons,)
        In the unit of the outcome; index of `outcome`.

    Raises
    ------
    ValueError
        If a propensity is 0 or 1, or outside.

    References
    ----------
    .. [1] Robins, Rotnitzky & Zhao (1994), Estimation of regression coefficients when some
       regressors are not always observed, JASA 89, 846-866.

    Examples
    --------
    >>> effect_scores(pd.Series([1.0, 1.0, 0.0]), pd.Series([True, False, True]), 0.5).tolist()
    [2.0, -2.0, 0.0]
    """
    chance = np.broadcast_to(np.asarray(propensity, dtype=float), len(outcome))
    outside = (chance <= 0) | (chance >= 1)
    if outside.any():
        raise ValueError(
            f"propensity: {int(outside.sum()):,} of {len(chance):,} are not inside (0, 1) (first: "
            f"{chance[outside][0]:g}). Leave out campaigns that treated everybody or nobody."
        )
    values, treated = np.asarray(outcome, dtype=float), np.asarray(is_treated, dtype=bool)
    high, low = (np.asarray(part, dtype=float) for part in (treated_forecast, control_forecast))
    correction = np.where(treated, (values - high) / chance, -(values - low) / (1 - chance))
    return pd.Series(high - low + correction, index=outcome.index, name="effect_score")
