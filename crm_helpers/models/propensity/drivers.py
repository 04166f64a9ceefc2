"""Drivers of an outcome: contributions -> themes by weight, direction, stability in time."""

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.rank_agreement import rank_agreement
from crm_helpers.models.propensity.encoding import with_categories
from crm_helpers.models.propensity.learners import Boosting
from crm_helpers.models.propensity.reasons import COLUMN_WORDS, Phrase, all_phrases, grouped

FEWEST_ROWS = 200
WEIGHED_ROWS = 1_000
FEWEST_IN_LEVEL = 30


def drivers(
    values: pd.DataFrame, rows: pd.DataFrame, *, phrases: tuple[Phrase, ...] = ()
) -> pd.DataFrame:
    """Themes that move the probability most, with their direction.

    Parameters
    ----------
    values : DataFrame, one row per subject, one column per predictor
        As given by `contributions(...).values`.
    rows : DataFrame, one row per subject, in the same order
        The predictors as they are.
    phrases : tuple of Phrase

    Returns
    -------
    DataFrame, one row per theme, heaviest first
        theme : str
        weight : float, mean absolute log-odds
        share : float in [0, 1], of all weights
        direction : str, what goes with a higher probability, in words
    """
    weights = grouped(values, phrases).abs().mean().sort_values(ascending=False, kind="stable")
    themes = {phrase.theme: phrase.columns for phrase in all_phrases(values, phrases)}
    found = pd.DataFrame({"theme": weights.index, "weight": weights.to_numpy()})
    found["share"] = found["weight"] / max(found["weight"].sum(), 1e-12)
    columns = [_leading(values, themes[theme]) for theme in found["theme"]]
    directions = [_direction(values[c].to_numpy(), rows[c]) for c in columns]
    return found.assign(direction=directions)


def driver_stability(
    rows: pd.DataFrame,
    *,
    outcome: str,
    columns: list[str],
    phrases: tuple[Phrase, ...] = (),
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
    phrases : tuple of Phrase
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
    ends = [_weights(labelled, day, outcome, columns, phrases, seed) for day in origins[[0, -1]]]
    return rank_agreement(*ends)


def _weights(
    rows: pd.DataFrame,
    day: object,
    outcome: str,
    columns: list[str],
    phrases: tuple[Phrase, ...],
    seed: int,
) -> pd.Series:
    part = rows[rows["origin_on"] == day]
    frame = with_categories(part[columns])
    model = Boosting(seed).fit(frame, part[outcome].to_numpy(dtype=bool))
    some = np.random.default_rng(seed).permutation(len(frame))[:WEIGHED_ROWS]
    return grouped(model.contributions(frame.iloc[some]), phrases).abs().mean()


def _leading(values: pd.DataFrame, columns: tuple[str, ...]) -> str:
    there = [c for c in columns if c in values]
    return values[there].abs().mean().idxmax()


def _direction(contribution: np.ndarray, values: pd.Series) -> str:
    name = COLUMN_WORDS.get(str(values.name), str(values.name).replace("_", " "))
    if pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
        number = values.to_numpy(dtype=float, na_value=np.nan)
        known = ~np.isnan(number)
        agreement = rank_agreement(pd.Series(number[known]), pd.Series(contribution[known]))
        return f"{'high' if agreement >= 0 else 'low'}: {name}" if known.any() else name
    levels = pd.Series(contribution).groupby(values.astype(str).to_numpy())
    means = levels.mean()[levels.size() >= min(FEWEST_IN_LEVEL, levels.size().max())]
    return str(means.idxmax())
