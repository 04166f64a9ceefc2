"""Uplift: predictors of persons in randomized campaigns -> what a contact changes, per person."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from crm_helpers.measures.effects.effect_scores import effect_scores
from crm_helpers.measures.statistics.claims import claim_level
from crm_helpers.measures.statistics.mean_interval import mean_interval
from crm_helpers.models.uplift.class_transformation import ClassTransformation
from crm_helpers.models.uplift.t_learner import TLearner
from crm_helpers.models.uplift.x_learner import XLearner
from crm_helpers.tables.needs import Skip

METHODS = ("t_logistic", "t_lightgbm", "x_logistic", "x_lightgbm", "class_transformation")
SAME_FOR_ALL = "same effect for all"
MIN_OUTCOMES = 20
# Each pair of persons of unlike parts counts twice in cross-fitted forecasts, once from either
# side: by chance alone they vary with twice the variance of as many forecasts of one learner.
TWICE = 2**0.5


class UpliftLearner(Protocol):
    """Learns from a trial and forecasts rates and uplift."""

    def fit(self, frame: pd.DataFrame, trial: pd.DataFrame) -> "UpliftLearner":
        """Learn from a randomized campaign."""

    def forecasts(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rates with and without the contact, and the uplift."""


def new_uplift_learner(
    method: str, *, seed: int = 0, first: TLearner | None = None
) -> UpliftLearner:
    """Uplift learner of a method, not yet trained.

    Parameters
    ----------
    method : str
        One of METHODS.
    seed : int, default 0
        For sampling inside the learner.
    first : TLearner, optional
        Logistic models of both arms fitted on the rows to learn from, for the X-learners.

    Returns
    -------
    UpliftLearner

    Raises
    ------
    ValueError
        If the method is unknown.
    """
    if method == "class_transformation":
        return ClassTransformation(seed)
    family, _, base = method.partition("_")
    if method not in METHODS:
        raise ValueError(
            f"uplift method: '{method}' is unknown; expected one of {', '.join(METHODS)}. "
            "Correct the parameter."
        )
    if family == "t":
        return TLearner(base, seed)
    # The outcome is modelled simply in both: only the effects are bent.
    return XLearner("logistic", "ridge" if base == "logistic" else base, seed, first)


def trial_of(contacts: pd.DataFrame, *, outcome: str = "responded") -> pd.DataFrame:
    """Trial behind contacts: outcome, arm, and the chance of treatment by design.

    The chance is the treated share of the campaign: assignment was random within campaigns.

    Parameters
    ----------
    contacts : DataFrame, one row per person and campaign
        campaign, person_id, is_treated and the outcome (0 or 1).
    outcome : str, default "responded"
        Column of the outcome.

    Returns
    -------
    DataFrame, same rows
        outcome : int; is_treated : bool; propensity : float; campaign, person

    Raises
    ------
    Skip
        If one of the arms has fewer than 20 persons with, or without, the outcome.
    """
    treated = contacts["is_treated"].astype(bool)
    trial = pd.DataFrame(
        {
            "outcome": contacts[outcome].astype(int),
            "is_treated": treated,
            "propensity": treated.groupby(contacts["campaign"]).transform("mean"),
            "campaign": contacts["campaign"],
            "person": contacts["person_id"],
        }
    )
    fewest = trial.groupby(["is_treated", "outcome"]).size().unstack(fill_value=0).min()
    fewest = int(fewest.reindex([0, 1], fill_value=0).min()) if len(trial) else 0
    if treated.nunique() < 2 or fewest < MIN_OUTCOMES:
        raise Skip(
            f"randomized contacts: the smaller arm holds {fewest:,} persons with or without the "
            f"outcome, and an uplift model needs at least {MIN_OUTCOMES} of both. Keep a larger "
            "random control group in the next campaign."
        )
    return trial


def cross_fitted(
    methods: tuple[str, ...],
    frame: pd.DataFrame,
    trial: pd.DataFrame,
    *,
    folds: int = 3,
    seed: int = 0,
) -> dict[str, pd.DataFrame]:
    """Forecasts for each person, by each method, of learners that have not seen the person.

    Parameters
    ----------
    methods : tuple of str
        Some of METHODS.
    frame : DataFrame, one row per contact
        Predictors known before the contact.
    trial : DataFrame, same rows
        From `trial_of`.
    folds : int, default 3
        Number of parts; all rows of a person fall into the same one.
    seed : int, default 0
        For the parts and the learners.

    Returns
    -------
    dict of method to DataFrame, same rows
        treated_rate, control_rate, uplift
    """
    part, pieces = _parts(trial, folds, seed), {method: [] for method in methods}
    for fold in range(folds):
        seen = part != fold
        first = TLearner("logistic", seed).fit(frame[seen], trial[seen])
        for method in methods:
            learner = first
            if method != "t_logistic":
                learner = new_uplift_learner(method, seed=seed, first=first)
                learner.fit(frame[seen], trial[seen])
            pieces[method].append(learner.forecasts(frame[~seen]))
    return {method: pd.concat(found).loc[frame.index] for method, found in pieces.items()}


@dataclass(frozen=True)
class UpliftModel:
    """Chosen uplift learner with its spread corrected.

    Attributes
    ----------
    method : str
        One of METHODS.
    losses : DataFrame, one row per method
        method, loss : squared distance to the effect scores above that of the same effect for
        all, in thousandths of its own; below 0 is better than the same effect for all.
    slope, slope_low, slope_high : float
        Change of the measured effect per unit of predicted uplift; 1 is right, 0 says that
        the prediction tells nothing. Interval of a claim picked from all methods tried.
    """

    method: str
    losses: pd.DataFrame
    slope: float
    slope_low: float
    slope_high: float
    average: float
    centre: float
    learner: UpliftLearner

    def forecasts(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rates and uplift, the uplift pulled to the average as far as its slope says.

        Parameters
        ----------
        frame : DataFrame, one row per person

        Returns
        -------
        DataFrame, same rows
            treated_rate, control_rate, uplift
        """
        raw = self.learner.forecasts(frame)
        pull = float(np.clip(self.slope, 0.0, 1.0))
        return raw.assign(uplift=self.average + pull * (raw["uplift"] - self.centre))


def fitted_uplift(
    frame: pd.DataFrame,
    trial: pd.DataFrame,
    *,
    methods: tuple[str, ...] = METHODS,
    folds: int = 3,
    seed: int = 0,
) -> UpliftModel:
    """Uplift model whose method was chosen by cross-validation within the rows given.

    The choice goes by squared distance to doubly robust effect scores. The spread of the
    predictions is then corrected by the slope of those scores on the predictions, because
    uplift models exaggerate.

    Parameters
    ----------
    frame : DataFrame, one row per contact
        Predictors known before the contact.
    trial : DataFrame, same rows
        From `trial_of`.
    methods : tuple of str, default METHODS
        Candidates.
    folds : int, default 3
        Parts of the cross-validation.
    seed : int, default 0
        For the parts and the learners.

    Returns
    -------
    UpliftModel

    References
    ----------
    .. [1] Schuler et al. (2018), A comparison of methods for model selection when estimating
       individual treatment effects, arXiv:1804.05146.
    .. [2] Chernozhukov et al. (2018), Generic machine learning inference on heterogeneous
       treatment effects, NBER 24678 (best linear predictor).
    """
    tried = cross_fitted(methods, frame, trial, folds=folds, seed=seed)
    scores = scores_of(trial, tried[methods[0]])
    losses = _losses(scores, tried)
    method = losses["method"].iloc[0]
    uplift = tried[method]["uplift"]
    level = claim_level(len(methods))
    slope, low, high = _slope(scores, uplift, trial["person"], level)
    learner = new_uplift_learner(method, seed=seed).fit(frame, trial)
    return UpliftModel(
        method, losses, slope, low, high, float(scores.mean()), float(uplift.mean()), learner
    )


def scores_of(trial: pd.DataFrame, forecasts: pd.DataFrame) -> pd.Series:
    """Doubly robust effect score of each row of a trial, given forecasts made without it."""
    return effect_scores(
        trial["outcome"],
        trial["is_treated"],
        trial["propensity"],
        treated_forecast=forecasts["treated_rate"],
        control_forecast=forecasts["control_rate"],
    )


def _parts(trial: pd.DataFrame, folds: int, seed: int) -> np.ndarray:
    persons, names = pd.factorize(trial["person"])
    arm = 2 * trial["is_treated"].astype(int) + trial["outcome"]
    first = pd.Series(arm.to_numpy()).groupby(persons).first().to_numpy()
    order = np.random.default_rng(seed).permutation(len(names))
    order = order[np.argsort(first[order], kind="stable")]
    part = np.empty(len(names), dtype=int)
    part[order] = np.arange(len(names)) % folds
    return part[persons]


def _losses(scores: pd.Series, tried: dict[str, pd.DataFrame]) -> pd.DataFrame:
    plain = float(((scores - scores.mean()) ** 2).mean())
    losses = {m: float(((scores - f["uplift"]) ** 2).mean()) for m, f in tried.items()}
    above = {m: 1000 * (loss / plain - 1) for m, loss in losses.items()} | {SAME_FOR_ALL: 0.0}
    table = pd.DataFrame({"method": above.keys(), "loss": above.values()})
    ranked = table[table["method"] != SAME_FOR_ALL].sort_values("loss", kind="stable")
    return pd.concat([ranked, table[table["method"] == SAME_FOR_ALL]], ignore_index=True)


def _slope(
    scores: pd.Series, uplift: pd.Series, person: pd.Series, level: float
) -> tuple[float, float, float]:
    apart = uplift - uplift.mean()
    spread = float((apart**2).mean())
    if spread < 1e-12:
        return 0.0, 0.0, 0.0
    slope = float((apart * scores).mean()) / spread
    rest = scores - scores.mean() - slope * apart
    _, low, high = mean_interval(apart * rest / spread, person=person, interval_level=level)
    return slope, slope + TWICE * low, slope + TWICE * high
