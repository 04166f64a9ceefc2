"""Regression of effects on attributes: predictors + imputed effects -> expected effects."""

import lightgbm
import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge

from crm_helpers.models.propensity.encoding import Encoding

BOOSTING = {
    "objective": "regression",
    "learning_rate": 0.05,
    "num_leaves": 7,
    "lambda_l2": 10.0,
    "feature_fraction": 0.7,
    "max_bin": 63,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
ROUNDS = 60
KINDS = ("ridge", "lightgbm")


class EffectRegression:
    """Expected effect given predictors, by ridge regression or small boosted trees.

    Effects are noisy, so both are kept far simpler than a model of the outcome itself.

    Parameters
    ----------
    kind : str
        ridge or lightgbm.
    seed : int, default 0
        For sampling inside the trees.
    """

    def __init__(self, kind: str, seed: int = 0):
        if kind not in KINDS:
            raise ValueError(
                f"kind: '{kind}' is unknown; expected {' or '.join(KINDS)}. Correct the kind."
            )
        self.kind, self.seed = kind, seed

    def fit(
        self, frame: pd.DataFrame, effect: np.ndarray, weight: np.ndarray | None = None
    ) -> "EffectRegression":
        """Learn from persons whose effect was imputed.

        Parameters
        ----------
        frame : DataFrame, one row per person
            Predictors: numbers, flags and words; may be missing.
        effect : ndarray of float, shape (n_persons,)
        weight : ndarray of float, shape (n_persons,), optional
            How many persons a row stands for.

        Returns
        -------
        EffectRegression, itself
        """
        self.encoding = Encoding.learned(frame)
        array = self._array(frame)
        if self.kind == "ridge":
            self.model = Ridge(alpha=max(1.0, len(frame) / 100))
            self.model.fit(array, effect, sample_weight=weight)
        else:
            settings = BOOSTING | {"seed": self.seed, "min_data_in_leaf": max(20, len(frame) // 50)}
            table = lightgbm.Dataset(array, effect, weight=weight, params=settings)
            self.model = lightgbm.train(settings, table, num_boost_round=ROUNDS)
        return self

    def predict(self, frame: pd.DataFrame) -> np.ndarray:
        """Expected effect, shape (n_persons,)."""
        return self.model.predict(self._array(frame))

    def _array(self, frame: pd.DataFrame) -> np.ndarray:
        if self.kind == "ridge":
            return self.encoding.linear_array(frame)
        return np.hstack([self.encoding.number_array(frame), self.encoding.level_array(frame)])
