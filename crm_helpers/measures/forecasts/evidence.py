"""Evidence for a model of yes/no outcomes: test rows -> every number a report states of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.auc import auc, auc_difference
from crm_helpers.measures.forecasts.brier import brier
from crm_helpers.measures.forecasts.calibration import (
    calibration_bound,
    calibration_error,
    calibration_slope,
)
from crm_helpers.measures.forecasts.ks import ks
from crm_helpers.measures.forecasts.log_loss import log_loss
from crm_helpers.measures.forecasts.score_lift import score_lift
from crm_helpers.measures.statistics.bootstrap import Interval, bootstrap_interval, bootstrap_values
from crm_helpers.measures.statistics.claims import claim_reach


@dataclass(frozen=True)
class Evidence:
    """What the test rows say about a model and about the plain rule beside it.

    The interval of the AUC decides whether anything is claimed at all, and that of the
    difference whether the model is said to beat its rule, so their level is that of a claim:
    99.5 %. The other intervals are of 95 %.
    """

    customers: int
    events: int
    base_rate: float
    auc: float
    auc_interval: Interval
    rule_auc: float
    difference: float
    difference_interval: Interval
    brier: float
    brier_interval: Interval
    base_brier: float
    log_loss: float
    base_log_loss: float
    calibration_error: float
    calibration_bound: float
    calibration_slope: float
    lift_top10: float
    lift_interval: Interval
    rule_lift_top10: float
    ks: float

    @property
    def finds_something(self) -> bool:
        """True when the AUC interval lies above 0.5: the order is better than chance."""
        return self.auc_interval.low > 0.5

    @property
    def beats_rule(self) -> bool:
        """True when the model finds something, and its AUC less the rule's lies above 0."""
        return self.finds_something and self.difference_interval.low > 0

    @property
    def loses_to_rule(self) -> bool:
        """True when the rule orders the test customers better than the model."""
        return self.difference < 0

    @property
    def is_calibrated(self) -> bool:
        """True when the error is what a perfect model of this size could show."""
        return self.calibration_error <= self.calibration_bound


def evidence(
    test: pd.DataFrame, *, customer: str | None = None, draws: int = 300, seed: int = 0
) -> Evidence:
    """Numbers and intervals of a model on rows it was not trained on.

    Parameters
    ----------
    test : DataFrame, one row per customer (and origin)
        outcome : bool; probability : float in [0, 1], the model's;
        rule_score : float, the plain rule's, higher is likelier.
    customer : str, optional
        Column that says whose row it is; resampling is by customer.
    draws : int, default 300
        Number of resamples.
    seed : int, default 0
        For the resamples.

    Returns
    -------
    Evidence

    Raises
    ------
    ValueError
        If no customer, or every customer, has the outcome.
    """
    outcome = test["outcome"].to_numpy(dtype=bool)
    chance, rule = (test[c].to_numpy(dtype=float) for c in ("probability", "rule_score"))
    resampling = {"draws": draws, "seed": seed}
    if customer is not None:
        resampling["customer"] = test[customer].to_numpy()
    return Evidence(
        customers=len(outcome),
        events=int(outcome.sum()),
        base_rate=float(outcome.mean()),
        **_order(outcome, chance, rule, resampling),
        **_chances(outcome, chance, resampling),
    )


def _order(
    outcome: np.ndarray, chance: np.ndarray, rule: np.ndarray, resampling: dict[str, Any]
) -> dict[str, Any]:
    """How well the model orders the customers, beside the rule."""
    return dict(
        auc=auc(outcome, chance),
        auc_interval=claim_interval(outcome, chance, **resampling),
        rule_auc=auc(outcome, rule),
        difference=auc_difference(outcome, chance, rule),
        difference_interval=_claimed(auc_difference, outcome, chance, rule, **resampling),
        lift_top10=score_lift(outcome, chance),
        lift_interval=bootstrap_interval(score_lift, outcome, chance, **resampling),
        rule_lift_top10=score_lift(outcome, rule),
        ks=ks(outcome, chance),
    )


def _chances(outcome: np.ndarray, chance: np.ndarray, resampling: dict[str, Any]) -> dict[str, Any]:
    """How well the probabilities hold, beside the base rate."""
    base = [outcome.mean()] * len(outcome)
    return dict(
        brier=brier(outcome, chance),
        brier_interval=bootstrap_interval(brier, outcome, chance, **resampling),
        base_brier=brier(outcome, base),
        log_loss=log_loss(outcome, chance),
        base_log_loss=log_loss(outcome, base),
        calibration_error=calibration_error(outcome, chance),
        calibration_bound=calibration_bound(chance, seed=resampling["seed"]),
        calibration_slope=calibration_slope(outcome, chance),
    )


def claim_interval(outcome: np.ndarray, chance: np.ndarray, **resampling: Any) -> Interval:
    """Interval of the AUC that decides whether an order is claimed to be better than chance.

    Its level holds the false claims of a whole quarter: Bonferroni's bound over the claims of
    all reports. A few hundred resamples cannot show such far ends, so they give the spread
    alone.

    Parameters
    ----------
    outcome : ndarray of bool, shape (n_rows,)
    chance : ndarray of float, shape (n_rows,)
        Higher is likelier.
    **resampling
        customer, draws, seed, as for `bootstrap_values`.

    Returns
    -------
    Interval, inside [0, 1]
    """
    low, high = _claimed(auc, outcome, chance, **resampling)
    return Interval(max(0.0, low), min(1.0, high))


def _claimed(measure: Callable[..., float], *arrays: np.ndarray, **resampling: Any) -> Interval:
    middle = measure(*arrays)
    reach = float(claim_reach() * np.std(bootstrap_values(measure, *arrays, **resampling)))
    return Interval(middle - reach, middle + reach)
