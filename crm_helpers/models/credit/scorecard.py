"""Scorecard as banks build it: binned attributes + defaults -> points a person can add up."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from crm_helpers.models.credit.woe_bins import NEVER_SEEN, BinSettings, WoeBins, woe_bins

# How much a card overstates is seen on so many rows at most; it falls as rows grow.
SHRINK_ROWS = 5_000


@dataclass(frozen=True)
class Scale:
    """How log-odds become points.

    Attributes
    ----------
    base_score : int
        Points at which the odds of good to bad are `base_odds`.
    base_odds : float
        Good to bad, such as 30 for 30 : 1.
    double_odds : int
        Points that double the odds.
    """

    base_score: int = 600
    base_odds: float = 30.0
    double_odds: int = 20

    @property
    def factor(self) -> float:
        """Points for one unit of log-odds."""
        return self.double_odds / float(np.log(2))

    @property
    def offset(self) -> float:
        """Points at even odds."""
        return self.base_score - self.factor * float(np.log(self.base_odds))

    def chance(self, points: np.ndarray) -> np.ndarray:
        """Probability of default that a number of points stands for.

        Parameters
        ----------
        points : ndarray of float

        Returns
        -------
        ndarray of float in (0, 1), same shape
        """
        return 1 / (1 + np.exp((np.asarray(points, dtype=float) - self.offset) / self.factor))

    def points_at(self, chance: float) -> int:
        """Least whole points whose probability of default is no higher than the given one.

        Parameters
        ----------
        chance : float in (0, 1)

        Returns
        -------
        int
        """
        return int(np.ceil(self.offset + self.factor * np.log((1 - chance) / chance) - 1e-9))


class Scorecard:
    """Logistic regression on weight of evidence, written as whole points per bin.

    The score is the sum of whole points, exactly; the probability comes from the
    unrounded regression. A level that training never saw gets the neutral points.

    Parameters
    ----------
    scale : Scale
    bins : BinSettings
    ridge : float
        Inverse strength of the penalty (scikit-learn's C).
    least_value : float
        Attributes whose information value in training is below this stay out.
    shrink_folds : int, default 0
        Folds by which all weights are drawn together, so that chances hold for applicants the
        card has not seen; 0 leaves the weights as they are. The order of applicants stays.

    References
    ----------
    .. [1] van Houwelingen & Le Cessie (1990), Predictive value of statistical models, Statistics
       in Medicine 9 (shrinkage by cross-validated calibration slope).
    """

    def __init__(
        self,
        scale: Scale | None = None,
        bins: BinSettings | None = None,
        ridge: float = 0.5,
        least_value: float = 0.02,
        shrink_folds: int = 0,
    ):
        self.scale, self.settings = scale or Scale(), bins or BinSettings()
        self.ridge, self.least_value, self.shrink_folds = ridge, least_value, shrink_folds

    def fit(self, frame: pd.DataFrame, outcome: pd.Series) -> "Scorecard":
        """Learn bins, weights and points from a training part.

        Parameters
        ----------
        frame : DataFrame, one row per applicant
            Attributes: numbers and words; may be missing.
        outcome : Series of bool, shape (n_applicants,)
            True where the applicant defaulted.

        Returns
        -------
        Scorecard, itself

        Raises
        ------
        ValueError
            If there are no defaults, or nothing else, or no attribute tells enough.

        References
        ----------
        .. [1] Siddiqi (2006), Credit Risk Scorecards, ch. 6 (scaling).
        """
        found = [woe_bins(frame[name], outcome, self.settings) for name in frame]
        self.values = pd.Series({bins.name: bins.information_value for bins in found})
        self.bins: list[WoeBins] = [
            bins for bins in found if bins.information_value >= self.least_value
        ]
        if not self.bins:
            raise ValueError(
                f"scorecard: no attribute has an information value of {self.least_value}; the "
                f"best, {self.values.idxmax()}, has {self.values.max():.3f}. Lower least_value."
            )
        self.model = LogisticRegression(C=self.ridge, solver="newton-cholesky")
        self.model.fit(self._evidence(frame), np.asarray(outcome).astype(int))
        self._shrink(frame, outcome)
        self.points = [self._points(bins, weight) for bins, weight in self._weights()]
        return self

    def probability(self, frame: pd.DataFrame) -> np.ndarray:
        """Probability of default, shape (n_applicants,)."""
        return self.model.predict_proba(self._evidence(frame))[:, 1]

    def score(self, frame: pd.DataFrame) -> np.ndarray:
        """Points of each applicant: what the card adds up to; higher is safer.

        Returns
        -------
        ndarray of int, shape (n_applicants,)
        """
        return self.point_array(frame).sum(axis=1)

    def point_array(self, frame: pd.DataFrame) -> np.ndarray:
        """Points of each applicant for each attribute of the card.

        Returns
        -------
        ndarray of int, shape (n_applicants, n_attributes)
        """
        columns = []
        for bins, points in zip(self.bins, self.points, strict=True):
            codes = bins.codes(frame[bins.name])
            columns.append(np.where(codes < 0, points[-1], points[codes]))
        return np.column_stack(columns)

    def card(self) -> pd.DataFrame:
        """The card itself.

        Returns
        -------
        DataFrame, one row per attribute and bin
            attribute : str; bin : int, its number, last those of missing answers and (-1) of
            answers that training never saw; points : int; n : int, applicants in training;
            event_rate : float, missing where training saw none; woe : float
        """
        parts = []
        for bins, points in zip(self.bins, self.points, strict=True):
            codes = [*range(len(bins.woe)), NEVER_SEEN]
            part = pd.DataFrame({"bin": codes, "points": points})
            part = part.merge(bins.table[["bin", "n", "event_rate", "woe"]], on="bin", how="left")
            parts.append(part.assign(attribute=bins.name, n=part["n"].fillna(0).astype(int)))
        order = ["attribute", "bin", "points", "n", "event_rate", "woe"]
        return pd.concat(parts, ignore_index=True)[order]

    def _shrink(self, frame: pd.DataFrame, outcome: pd.Series) -> None:
        """Draw the weights together by the slope that unseen applicants show."""
        happened = np.asarray(outcome).astype(bool)
        folds = min(self.shrink_folds, int(happened.sum()), int((~happened).sum()))
        slope = self._unseen_slope(frame, happened, folds) if folds > 1 else 1.0
        self.model.coef_ = self.model.coef_ * slope
        logits = self._evidence(frame) @ self.model.coef_[0]
        if slope < 1:
            self.model.intercept_ = np.array([_level(logits, happened.mean())])

    def _unseen_slope(self, frame: pd.DataFrame, happened: np.ndarray, folds: int) -> float:
        """Slope of the outcome on log-odds of cards that had not seen it, between 0.05 and 1.

        What it lacks to 1 falls as one over the rows, so a sample tells it for all of them.
        """
        rows = len(frame)
        if rows > SHRINK_ROWS:
            drawn = np.sort(np.random.default_rng(0).permutation(rows)[:SHRINK_ROWS])
            frame, happened = frame.iloc[drawn], happened[drawn]
            folds = min(folds, int(happened.sum()), int((~happened).sum()))
            if folds < 2:
                return 1.0
        logits = self._unseen_logits(frame, happened, folds)
        line = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1_000)
        slope = line.fit(logits[:, None], happened).coef_[0, 0]
        return float(np.clip(1 - (1 - slope) * len(frame) / rows, 0.05, 1.0))

    def _unseen_logits(self, frame: pd.DataFrame, happened: np.ndarray, folds: int) -> np.ndarray:
        logits = np.empty(len(frame))
        for seen, unseen in StratifiedKFold(folds).split(frame, happened):
            part = Scorecard(self.scale, self.settings, self.ridge, self.least_value)
            try:
                part.fit(frame.iloc[seen], pd.Series(happened[seen]))
                logits[unseen] = logit(part.probability(frame.iloc[unseen]))
            except ValueError:  # nothing tells enough in this part: the base rate for everybody
                logits[unseen] = logit(happened[seen].mean())
        return logits

    def _evidence(self, frame: pd.DataFrame) -> np.ndarray:
        return np.column_stack([bins.encoded(frame[bins.name]) for bins in self.bins])

    def _weights(self) -> list[tuple[WoeBins, float]]:
        return list(zip(self.bins, self.model.coef_[0], strict=True))

    def _points(self, bins: WoeBins, weight: float) -> np.ndarray:
        """Whole points of each bin, then of a level never seen."""
        share = (self.scale.offset - self.scale.factor * self.model.intercept_[0]) / len(self.bins)
        woe = np.append(bins.woe, 0.0)
        return np.rint(share - self.scale.factor * weight * woe).astype(int)


def _level(logits: np.ndarray, rate: float) -> float:
    """Intercept with which the mean chance is the rate that was seen."""
    return float(brentq(lambda level: expit(logits + level).mean() - rate, -30, 30))
