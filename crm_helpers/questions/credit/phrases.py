"""Words of the credit report by code: methods, states, reasons -> what a reader is told."""

import numpy as np
import pandas as pd

from crm_helpers.models.credit.methods import CARD
from crm_helpers.models.credit.scorecard import Scorecard
from crm_helpers.models.credit.study import FOLDS, TIME
from crm_helpers.models.credit.woe_bins import NEVER_SEEN, WoeBins
from crm_helpers.page.names import column_words, values_in_words
from crm_helpers.page.numerals import significant

METHOD_WORDS = {
    CARD: "the card",
    "logistic": "logistic regression",
    "genetic_logistic": "logistic regression, attributes chosen by a genetic algorithm",
    "tree": "decision tree",
    "naive_bayes": "naive Bayes",
    "rough_rules": "rough-set rules",
    "fuzzy_rules": "fuzzy rules",
    "mlp": "neural network",
    "lightgbm": "gradient-boosted trees",
    "rule": "plain rule",
    "all": "approve everybody",
    "none": "decline everybody",
}
CHOSEN_BY = {TIME: "a later period", FOLDS: "cross-validation"}
STATES = {
    "known": "approved, outcome known",
    "running": "approved, outcome not known yet",
    "declined": "declined",
    "open": "not decided yet",
}
PSI_HABIT = "under 0.10 calm, 0.10 to 0.25 look, above shifted: a habit of the trade, no law"
SEVERAL = 3


def said(name: str) -> str:
    """Name of a column as words.

    Examples
    --------
    >>> said("monthly_income")
    'monthly income'
    """
    return column_words(name)


def listed(names: list[str]) -> str:
    """Names of columns as one phrase.

    Examples
    --------
    >>> listed(["card_design", "housing"])
    'card design, housing'
    """
    return ", ".join(said(name) for name in names)


def listed_codes(names: list[str]) -> str:
    """Names of parameters as they are written, as one phrase.

    Examples
    --------
    >>> listed_codes(["class_limits", "class_terms"])
    'class_limits and class_terms'
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def reasons_in_words(reasons: pd.DataFrame, card: Scorecard, applicants: int) -> pd.Series:
    """What cost each applicant most points, as one phrase.

    Parameters
    ----------
    reasons : DataFrame, one row per applicant and reason
        As ``decline_reasons`` gives it.
    card : Scorecard
        The card that the reasons are of.
    applicants : int
        How many there are; who has no reason has none to say.

    Returns
    -------
    Series of str, shape (applicants,), such as "debt share: over 0.39 (-12); ..."
    """
    bins = {one.name: one for one in card.bins}
    phrases = [
        f"{said(r.attribute)}: {_answer(bins[r.attribute], r.bin)} (-{r.lost:.0f})"
        for r in reasons.itertuples()
    ]
    joined = pd.Series(phrases, dtype=object).groupby(reasons["place"].to_numpy()).agg("; ".join)
    return joined.reindex(range(applicants), fill_value="nothing stands out")


def _answer(bins: WoeBins, place: int) -> str:
    if place == NEVER_SEEN:
        return "a value not seen before"
    return "not stated" if place == bins.missing else answers(bins)[place]


def answers(bins: WoeBins) -> list[str]:
    """Answers that share a bin, as words, bin by bin; then missing ones and those never seen.

    Parameters
    ----------
    bins : WoeBins

    Returns
    -------
    list of str, one per bin and one more; the number of a bin is its place, -1 the last

    Examples
    --------
    >>> age = WoeBins("age", np.zeros(3), pd.DataFrame(), np.array([30.0]), {})
    >>> answers(age)
    ['up to 30', 'over 30', 'missing', 'not seen before']
    """
    known = _groups(bins) if bins.levels else _intervals(bins.edges)
    return [*known, "missing", "not seen before"]


def with_answers(points: pd.DataFrame, card: Scorecard) -> pd.DataFrame:
    """Rows of a card with their bins as words.

    Parameters
    ----------
    points : DataFrame, one row per attribute and bin
        As ``Scorecard.card`` gives it.
    card : Scorecard

    Returns
    -------
    DataFrame of the same rows and columns
        bin : str
    """
    names = {one.name: answers(one) for one in card.bins}
    return points.assign(bin=[names[r.attribute][r.bin] for r in points.itertuples()])


def _intervals(edges: np.ndarray) -> list[str]:
    if len(edges) == 0:
        return ["any"]
    shown = [significant(edge, 6) for edge in edges]
    middle = [f"over {low} to {high}" for low, high in zip(shown, shown[1:], strict=False)]
    return [f"up to {shown[0]}", *middle, f"over {shown[-1]}"]


def _groups(bins: WoeBins) -> list[str]:
    places = range(max(bins.levels.values()) + 1)
    shared = [sorted(one for one, held in bins.levels.items() if held == p) for p in places]
    return [_group(values_in_words(bins.name, levels)) for levels in shared]


def _group(levels: list[str]) -> str:
    more = len(levels) - SEVERAL
    shown = " or ".join(levels[:SEVERAL])
    return f"{shown} or {more} more" if more > 0 else shown
