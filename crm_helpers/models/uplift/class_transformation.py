"""Class transformation: one model of 'did as the arm would have it' -> uplift."""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from crm_helpers.models.propensity.encoding import Encoding
from crm_helpers.models.propensity.learners import new_learner
from crm_helpers.models.uplift.t_learner import arm_weights


class ClassTransformation:
    """One weighted logistic model of: treated with the outcome, or control without it.

    Under random treatment its probability is (1 + uplift) / 2 once rows are weighted by the
    inverse of the chance of their arm.

    Parameters
    ----------
    seed : int, default 0
        For sampling inside the learner of the control rate.

    References
    ----------
    .. [1] Jaskowski & Jaroszewicz (2012), Uplift modeling for clinical trial data, ICML
       Workshop on Clinical Data Analysis.
    """

    def __init__(self, seed: int = 0):
        self.seed = seed

    def fit(self, frame: pd.DataFrame, trial: pd.DataFrame) -> "ClassTransformation":
        """Learn from a randomized campaign.

        Parameters
        ----------
        frame : DataFrame, one row per contact
            Predictors known before the contact.
        trial : DataFrame, same rows
            outcome (0 or 1), is_treated, propensity.

        Returns
        -------
        ClassTransformation, itself
        """
        treated = trial["is_treated"].to_numpy(dtype=bool)
        outcome = trial["outcome"].to_numpy(dtype=bool)
        chance = trial["propensity"].to_numpy(dtype=float)
        weight = np.where(treated, 1 / chance, 1 / (1 - chance))
        self.encoding = Encoding.learned(frame)
        self.model = LogisticRegression(C=0.1, solver="newton-cholesky")
        array = self.encoding.linear_array(frame)
        self.model.fit(array, outcome == treated, sample_weight=weight / weight.mean())
        self.control = new_learner("logistic", seed=self.seed)
        own = arm_weights(trial)[~treated]
        self.control.fit(frame[~treated], trial["outcome"][~treated], own)
        return self

    def forecasts(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rates with and without the contact, and the uplift.

        Parameters
        ----------
        frame : DataFrame, one row per person

        Returns
        -------
        DataFrame, same rows
            treated_rate, control_rate : float in [0, 1]
            uplift : float in [-1, 1]
        """
        positive = self.model.predict_proba(self.encoding.linear_array(frame))[:, 1]
        control, uplift = self.control.probability(frame), 2 * positive - 1
        rates = {"treated_rate": np.clip(control + uplift, 0, 1), "control_rate": control}
        return pd.DataFrame({**rates, "uplift": uplift}, index=frame.index)
