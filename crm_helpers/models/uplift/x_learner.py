"""X-learner: each arm's outcomes against the other arm's model -> uplift."""

import numpy as np
import pandas as pd

from crm_helpers.models.uplift.effect_regression import EffectRegression
from crm_helpers.models.uplift.t_learner import TLearner, arm_weights


class XLearner:
    """Imputed effects of each arm, regressed on attributes and averaged by the propensity.

    Works better than two models alone where the arms differ much in size or the effect is
    simpler than the outcome.

    Parameters
    ----------
    method : str, default "logistic"
        Learner of the outcome, as in `learners.METHODS`.
    kind : str, default "ridge"
        Regression of the effects: ridge or lightgbm.
    seed : int, default 0
        For sampling inside the learners.
    first : TLearner, optional
        Models of the outcome already fitted on the same rows; saves fitting them again.

    References
    ----------
    .. [1] Künzel, Sekhon, Bickel & Yu (2019), Metalearners for estimating heterogeneous
       treatment effects using machine learning, PNAS 116, 4156-4165.
    """

    def __init__(
        self,
        method: str = "logistic",
        kind: str = "ridge",
        seed: int = 0,
        first: TLearner | None = None,
    ):
        self.method, self.kind, self.seed, self.first = method, kind, seed, first

    def fit(self, frame: pd.DataFrame, trial: pd.DataFrame) -> "XLearner":
        """Learn from a randomized campaign.

        Parameters
        ----------
        frame : DataFrame, one row per contact
            Predictors known before the contact.
        trial : DataFrame, same rows
            outcome (0 or 1), is_treated, propensity.

        Returns
        -------
        XLearner, itself
        """
        self.first = self.first or TLearner(self.method, self.seed).fit(frame, trial)
        rates = self.first.forecasts(frame)
        treated = trial["is_treated"].to_numpy(dtype=bool)
        outcome = trial["outcome"].to_numpy(dtype=float)
        imputed = np.where(
            treated, outcome - rates["control_rate"], rates["treated_rate"] - outcome
        )
        weight = arm_weights(trial)
        self.effects = {
            arm: EffectRegression(self.kind, self.seed).fit(
                frame[rows], imputed[rows], weight[rows]
            )
            for arm, rows in ((True, treated), (False, ~treated))
        }
        self.propensity = float(trial["propensity"].mean())
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
            uplift : float in [-1, 1]; not the difference of the two
        """
        rates = self.first.forecasts(frame)
        treated, control = (self.effects[arm].predict(frame) for arm in (True, False))
        uplift = self.propensity * control + (1 - self.propensity) * treated
        return rates.assign(uplift=np.clip(uplift, -1, 1))
