"""Words of the credit report by code: methods, states, reasons -> what a reader is told."""

import pandas as pd

from crm_helpers.models.credit.methods import CARD
from crm_helpers.models.credit.scorecard import Scorecard
from crm_helpers.models.credit.study import FOLDS, TIME
from crm_helpers.models.credit.woe_bins import WoeBins

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
NOT_GIVEN, NEVER_SEEN = "not stated", "a value not seen before"


def said(name: str) -> str:
    """Name of a column as words.

    Examples
    --------
    >>> said("monthly_income")
    'monthly income'
    """
    return str(name).replace("_", " ")


def listed(names: list[str]) -> str:
    """Names of columns as one phrase.

    Examples
    --------
    >>> listed(["card_design", "housing"])
    'card design, housing'
    """
    return ", ".join(said(name) for name in names)


def capital(text: str) -> str:
    """Text with a capital first.

    Examples
    --------
    >>> capital("the card")
    'The card'
    """
    return text[:1].upper() + text[1:]


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
    if place < 0:
        return NEVER_SEEN
    return NOT_GIVEN if place == len(bins.labels) - 1 else bins.labels[place]
