"""T-learner: one model of the outcome per arm -> uplift as their difference."""

import pandas as pd

from crm_helpers.models.propensity.learners import new_learner


class TLearner:
    """Two models of the outcome, of the treated and of the control group.

    Parameters
    ----------
    method : str, default "logistic"
        Learner of the outcome, as in `learners.METHODS`.
    seed : int, default 0
        For sampling inside the learners.

    References
    ----------
    .. [1] Künzel, Sekhon, Bickel & Yu (2019), Metalearners for estimating heterogeneous
       treatment effects using machine learning, PNAS 116, 4156-4165.
    """

    def __init__(self, method: str = "logistic", seed: int = 0):
        self.method, self.seed = method, seed

    def fit(self, frame: pd.DataFrame, trial: pd.DataFrame) -> "TLearner":
        """Learn from a randomized campaign.

        Parameters
        ----------
        frame : DataFrame, one row per contact
            Predictors known before the contact.
        trial : DataFrame, same rows
            outcome (0 or 1), is_treated, propensity.

        Returns
        -------
        TLearner, itself
        """
        self.arms = {}
        for treated in (True, False):
            rows = (trial["is_treated"] == treated).to_numpy()
            learner = new_learner(self.method, seed=self.seed)
            self.arms[treated] = learner.fit(frame[rows], trial["outcome"][rows])
        return self

    def forecasts(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rates with and without the contact, and their difference.

        Parameters
        ----------
        frame : DataFrame, one row per person

        Returns
        -------
        DataFrame, same rows
            treated_rate, control_rate : float in [0, 1]
            uplift : float in [-1, 1]
        """
        treated, control = (self.arms[arm].probability(frame) for arm in (True, False))
        rates = {"treated_rate": treated, "control_rate": control, "uplift": treated - control}
        return pd.DataFrame(rates, index=frame.index)
