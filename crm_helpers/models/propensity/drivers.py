"""Drivers of an outcome: contributions -> themes by weight, direction, stability in time."""

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.rank_agreement import rank_agreement
from crm_helpers.models.propensity.encoding import with_categories
from crm_helpers.models.propensity.learners import Boosting
from crm_helpers.models.propensity.reasons import Themes, grouped, used

FEWEST_ROWS = 200
WEIGHED_ROWS = 1_000
FEWEST_IN_LEVEL = 30


def drivers(values: pd.DataFrame, rows: pd.DataFrame, themes: Themes) -> pd.DataFrame:
    """Themes that move the probability most, with their direction.

    Parameters
    ----------
    values : DataFrame, one row per subject, one column per predictor
        As given by `contributions(...).values`.
    rows : DataFrame, one row per subject, in the same order
        The predictors as they are.
    themes : mapping of name to columns
        Predictors that tell one story; a predictor of no theme is one of its own.

    Returns
    -------
    DataFrame, one row per theme, heaviest first
        theme : str, or the name of the predictor
        weight : float, mean absolute log-odds
        share : float in [0, 1], of all weights
        column : str, the predictor that weighs most in the theme
        direction : str, what of it goes with a higher probability: high or low numbers, a level,
        or empty where no number is known
        level : str, the level; empty for numbers
    """
    weights = grouped(values, themes).abs().mean().sort_values(ascending=False, kind="stable")
    columns = used(values, themes)
    leading = [values[columns[theme]].abs().mean().idxmax() for theme in weights.index]
    directions = [_direction(values[c].to_numpy(), rows[c]) for c in leading]
    return pd.DataFrame(
        {
            "theme": weights.index,
            "weight": weights.to_numpy(),
            "share": weights.to_numpy() / max(weights.sum(), 1e-12),
            "column": leading,
            "direction": [direction for direction, _ in directions],
            "level": [level for _, level in directions],
        }
    )


def driver_stability(
    rows: pd.DataFrame,
    *,
    outcome: str,
    columns: list[str],
    themes: Themes,
    seed: int = 0,
) -> float:
    """Agreement of the drivers' order between the first and the last origin.

    A boosted model is trained at each of both, and the weights of their
    themes are compared by rank.

    Parameters
    ----------
    rows : DataFrame, one row per subject and origin
        origin_on, the outcome, and the predictors.
    outcome : str
    columns : list of str
        Predictors.
    themes : mapping of name to columns
    seed : int, default 0

    Returns
    -------
    float in [-1, 1]
        Spearman's rank correlation; NaN with fewer than two origins of 200 rows.
    """
    labelled = rows[rows[outcome].notna()]
    sizes = labelled.groupby("origin_on").size()
    origins = sizes[sizes >= FEWEST_ROWS].index
    if len(origins) < 2:
        return float("nan")
    ends = [_weights(labelled, day, outcome, columns, themes, seed) for day in origins[[0, -1]]]
    return rank_agreement(*ends)


def _weights(
    rows: pd.DataFrame,
    day: object,
    outcome: str,
    columns: list[str],
    themes: Themes,
    seed: int,
) -> pd.Series:
    part = rows[rows["origin_on"] == day]
    frame = with_categories(part[columns])
    model = Boosting(seed).fit(frame, part[outcome].to_numpy(dtype=bool))
    some = np.random.default_rng(seed).permutation(len(frame))[:WEIGHED_ROWS]
    return grouped(model.contributions(frame.iloc[some]), themes).abs().mean()


def _direction(contribution: np.ndarray, values: pd.Series) -> tuple[str, str]:
    if pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        number = values.to_numpy(dtype=float, na_value=np.nan)
        known = ~np.isnan(number)
        if not known.any():
            return "", ""
        agreement = rank_agreement(pd.Series(number[known]), pd.Series(contribution[known]))
        return ("high" if agreement >= 0 else "low"), ""
    levels = pd.Series(contribution).groupby(values.astype(str).to_numpy())
    means = levels.mean()[levels.size() >= min(FEWEST_IN_LEVEL, levels.size().max())]
    return "level", str(means.idxmax())
