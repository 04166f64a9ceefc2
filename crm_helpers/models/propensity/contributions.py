"""Contributions of predictors: a fitted propensity + rows -> exact TreeSHAP values in log-odds."""

from dataclasses import dataclass

import lightgbm
import numpy as np
import pandas as pd
from scipy.special import logit

from crm_helpers.models.propensity.encoding import Encoding, with_categories
from crm_helpers.models.propensity.learners import BOOSTING, Boosting
from crm_helpers.models.propensity.model import Propensity

FLOOR = 1e-4
SURROGATE_ROWS = 30_000


@dataclass(frozen=True)
class Contributions:
    """What each predictor adds to each subject's log-odds, and how faithful that is.

    Parameters
    ----------
    values : DataFrame, one row per subject, one column per predictor
        Log-odds added (above 0: towards the outcome).
    faithfulness : float in [0, 1]
        1 for the model itself; for a surrogate the share of the model's variance it repeats.
    """

    values: pd.DataFrame
    faithfulness: float

    @property
    def is_surrogate(self) -> bool:
        """True when a boosted model that imitates the chosen one gives the reasons."""
        return self.faithfulness < 1


def contributions(propensity: Propensity, rows: pd.DataFrame, *, seed: int = 0) -> Contributions:
    """What each predictor adds to each subject's log-odds.

    Exact TreeSHAP values of the model where it is LightGBM. Another method is
    imitated by a LightGBM model of its log-odds, and the page says so.

    Parameters
    ----------
    propensity : Propensity
    rows : DataFrame, one row per subject
        The predictors.
    seed : int, default 0
        For the surrogate.

    Returns
    -------
    Contributions
        Rows as given.
    """
    learner = propensity.fitted.learner
    frame = with_categories(rows[propensity.columns])
    if isinstance(learner, Boosting) and not propensity.uses_rule:
        return Contributions(learner.contributions(frame), 1.0)
    odds = logit(np.clip(propensity.probability(rows), FLOOR, 1 - FLOOR))
    return _by_surrogate(frame, odds, seed)


def _by_surrogate(frame: pd.DataFrame, odds: np.ndarray, seed: int) -> Contributions:
    encoding = Encoding.learned(frame)
    array = np.hstack([encoding.number_array(frame), encoding.code_array(frame)])
    categories = list(range(len(encoding.numbers), len(encoding.names)))
    chosen = np.random.default_rng(seed).permutation(len(array))[:SURROGATE_ROWS]
    settings = BOOSTING | {"objective": "regression", "seed": seed, "min_data_in_leaf": 20}
    table = lightgbm.Dataset(
        array[chosen], odds[chosen], categorical_feature=categories, params=settings
    )
    model = lightgbm.train(settings, table, num_boost_round=150)
    values = model.predict(array, pred_contrib=True, num_threads=1)
    left = np.var(odds - values.sum(axis=1)) / max(np.var(odds), 1e-12)
    shown = pd.DataFrame(values[:, :-1], index=frame.index, columns=encoding.names)
    return Contributions(shown, float(np.clip(1 - left, 0, 0.9999)))
