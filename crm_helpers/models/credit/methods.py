"""Methods that tell good credits from bad behind one interface: a name -> one not yet trained."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pandas as pd

from crm_helpers.models.credit.scorecard import Scale, Scorecard
from crm_helpers.models.credit.woe_bins import BinSettings
from crm_helpers.models.propensity.learners import new_learner
from crm_helpers.models.soft_computing.fuzzy_rules import FuzzyRules
from crm_helpers.models.soft_computing.genetic_selection import Evolution, GeneticLogistic
from crm_helpers.models.soft_computing.rough_set_rules import RoughSetRules

CARD = "scorecard"
CHALLENGERS = (
    "logistic",
    "genetic_logistic",
    "tree",
    "naive_bayes",
    "rough_rules",
    "fuzzy_rules",
    "mlp",
    "lightgbm",
)
METHODS = (CARD, *CHALLENGERS)
SHRINK_FOLDS = 5


class Method(Protocol):
    """What every method can do."""

    def fit(self, frame: pd.DataFrame, outcome: pd.Series) -> "Method":
        """Learn from a training part."""

    def probability(self, frame: pd.DataFrame) -> np.ndarray:
        """Probability of default, shape (n_applicants,)."""


@dataclass(frozen=True)
class CreditSettings:
    """What a notebook may set.

    Attributes
    ----------
    scale : Scale
    bins : BinSettings
    methods : tuple of str
        Those that stand beside the card.
    folds, repeats : int
        Of the cross-validation where nothing has a date.
    min_events : int
        Fewest defaults, and fewest repaid credits, in training and in test.
    seed : int
    """

    scale: Scale = field(default_factory=Scale)
    bins: BinSettings = field(default_factory=BinSettings)
    methods: tuple[str, ...] = CHALLENGERS
    folds: int = 5
    repeats: int = 1
    min_events: int = 30
    seed: int = 0


def new_method(name: str, settings: CreditSettings) -> Method:
    """Method of a name, not yet trained.

    Parameters
    ----------
    name : str
        One of METHODS.
    settings : CreditSettings

    Returns
    -------
    Method

    Raises
    ------
    ValueError
        If the name is unknown.
    """
    own: dict[str, Callable[[], Method]] = {
        CARD: lambda: Scorecard(settings.scale, settings.bins, shrink_folds=SHRINK_FOLDS),
        "genetic_logistic": lambda: GeneticLogistic(Evolution(seed=settings.seed)),
        "rough_rules": lambda: RoughSetRules(seed=settings.seed),
        "fuzzy_rules": lambda: FuzzyRules(seed=settings.seed),
    }
    if name not in METHODS:
        raise ValueError(
            f"credit method: '{name}' is unknown; expected one of {', '.join(METHODS)}. "
            "Correct the parameter challengers."
        )
    return own[name]() if name in own else new_learner(name, seed=settings.seed)
