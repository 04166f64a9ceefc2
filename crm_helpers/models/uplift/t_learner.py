"""T-learner: one model of the outcome per arm -> uplift as their difference."""

import numpy as np
import pandas as pd

from crm_helpers.models.propensity.learners import new_learner


class TLearner:
    """Two models of the outcome, of the treated and of the control group.

    Both learn as if all campaigns had treated the same share: else the control group would hold
    more of those campaigns that kept more of it, and their level would pass for an effect.

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
        self.arms, weight = {}, arm_weights(trial)
        for treated in (True, False):
            rows = (trial["is_treated"] == treated).to_numpy()
            learner = new_learner(self.method, seed=self.seed)
            self.arms[treated] = learner.fit(frame[rows], trial["outcome"][rows], weight[rows])
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


def arm_weights(trial: pd.DataFrame) -> np.ndarray:
    """How many persons each row stands for, so that both arms are like all persons.

    Parameters
    ----------
    trial : DataFrame, one row per contact
        is_treated, propensity.

    Returns
    -------
    ndarray of float, shape (n_contacts,)
        Inverse of the chance of its arm in its campaign, 1 on average in each arm; 1 throughout
        where all campaigns treated the same share.

    References
    ----------
    .. [1] Robins, Hernan & Brumback (2000), Marginal structural models and causal inference in
       epidemiology, Epidemiology 11, 550-560.

    Examples
    --------
    >>> trial = pd.DataFrame({"is_treated": [True, True, False], "propensity": [0.9, 0.3, 0.5]})
    >>> arm_weights(trial).tolist()
    [0.5, 1.5, 1.0]
    """
    treated = trial["is_treated"].to_numpy(dtype=bool)
    chance = trial["propensity"].to_numpy(dtype=float)
    weight = np.where(treated, 1 / chance, 1 / (1 - chance))
    for arm in (treated, ~treated):
        weight[arm] /= weight[arm].mean() if arm.any() else 1.0
    return weight
