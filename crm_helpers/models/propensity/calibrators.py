"""Calibration of probabilities: raw probabilities + outcomes -> a map to calibrated ones."""

from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

CALIBRATIONS = ("none", "logistic", "isotonic")
FLOOR = 1e-4
LEVEL_ROWS = 20_000
Calibrator = Callable[[np.ndarray], np.ndarray]


def calibrator(kind: str, raw: np.ndarray, outcome: np.ndarray) -> Calibrator:
    """Map from raw to calibrated probabilities.

    Parameters
    ----------
    kind : str
        none, logistic (a line between log-odds) or isotonic (any rising steps).
    raw : ndarray of float in [0, 1], shape (n_subjects,)
        Raw probabilities of subjects the learner has not seen.
    outcome : ndarray of bool, shape (n_subjects,)
        What they did.

    Returns
    -------
    callable from raw to calibrated probabilities, kept between 0.0001 and 0.9999

    Raises
    ------
    ValueError
        If the kind is unknown.

    References
    ----------
    .. [1] Platt (1999), Probabilistic Outputs for Support Vector Machines.
    .. [2] Zadrozny & Elkan (2002), Transforming Classifier Scores into
       Accurate Multiclass Probability Estimates.
    """
    if kind == "none":
        return _inside
    if kind == "isotonic":
        steps = IsotonicRegression(y_min=FLOOR, y_max=1 - FLOOR, out_of_bounds="clip")
        return steps.fit(raw, np.asarray(outcome, dtype=float)).predict
    if kind != "logistic":
        raise ValueError(
            f"calibration: '{kind}' is unknown; expected one of {', '.join(CALIBRATIONS)}. "
            "Correct the parameter."
        )
    line = LogisticRegression(C=1e6, solver="newton-cholesky", tol=1e-10)
    line.fit(_column(raw), np.asarray(outcome).astype(int))
    if line.coef_[0, 0] <= 0:
        # Scores that rank the wrong way round know nothing: everybody gets the base rate.
        base = float(np.mean(outcome))
        return lambda raw: _inside(np.full(len(raw), base))
    return lambda raw: _inside(line.predict_proba(_column(raw))[:, 1])


def levelled(
    calibrate: Calibrator,
    raw: np.ndarray,
    outcome: np.ndarray,
    *,
    season: np.ndarray | None = None,
) -> Calibrator:
    """Calibration whose average over given raw scores is their event rate.

    The latest origin tells how steep probabilities should be, but its level is that of one
    season; the level comes from all origins, and as far as it was more than noise from the
    origin of the same season a year before.

    Parameters
    ----------
    calibrate : callable
        From raw to calibrated probabilities.
    raw : ndarray of float in [0, 1], shape (n_subjects,)
        Raw scores whose outcomes are known.
    outcome : ndarray of bool, shape (n_subjects,)
    season : ndarray of bool, shape (n_subjects,), optional
        Rows of the same season a year before.

    Returns
    -------
    callable from raw to calibrated probabilities
    """
    rate = float(np.mean(outcome))
    # In order of size, so that the rows taken stand for all in any order of the rows.
    some = np.sort(raw)[:: max(1, len(raw) // LEVEL_ROWS)]
    shift = _shift(_odds(calibrate(some)), rate)
    if season is not None and season.any():
        shift += _season_shift(_odds(calibrate(raw[season])) + shift, outcome[season])
    return lambda raw: _inside(expit(_odds(calibrate(raw)) + shift))


def _season_shift(odds: np.ndarray, outcome: np.ndarray) -> float:
    """Log-odds by which a season lies off the level, shrunk by what noise alone would show."""
    rate = float(np.clip(outcome.mean(), FLOOR, 1 - FLOOR))
    off = _shift(odds, rate)
    noise = 1 / (len(outcome) * rate * (1 - rate))
    return off * max(0.0, 1 - noise / max(off**2, 1e-12))


def calibrated_losses(
    raw: np.ndarray, outcome: np.ndarray, *, seed: int = 0
) -> dict[str, np.ndarray]:
    """Surprise of each subject under each kind of calibration, learned on the other half.

    Measured with the level put right: whether a method knows the season is not the question.

    Parameters
    ----------
    raw : ndarray of float in [0, 1], shape (n_subjects,)
        Raw probabilities of subjects the learner has not seen.
    outcome : ndarray of bool, shape (n_subjects,)
        What they did.
    seed : int, default 0
        For the split into halves.

    Returns
    -------
    dict of kind to ndarray of float, shape (n_subjects,), in nats
    """
    half = np.zeros(len(raw), dtype=bool)
    order = np.random.default_rng(seed).permutation(len(raw))
    half[order[np.argsort(outcome[order], kind="stable")][::2]] = True
    losses = {}
    for kind in CALIBRATIONS:
        calibrated = np.empty(len(raw))
        for part in (half, ~half):
            shape = calibrator(kind, raw[~part], outcome[~part])
            calibrated[part] = levelled(shape, raw[part], outcome[part])(raw[part])
        losses[kind] = -np.log(np.where(outcome, calibrated, 1 - calibrated))
    return losses


def _inside(raw: np.ndarray) -> np.ndarray:
    return np.clip(raw, FLOOR, 1 - FLOOR)


def _odds(raw: np.ndarray) -> np.ndarray:
    return logit(_inside(raw))


def _column(raw: np.ndarray) -> np.ndarray:
    return _odds(raw).reshape(-1, 1)


def _shift(odds: np.ndarray, rate: float) -> float:
    """Log-odds to add so that the mean probability is the event rate."""
    inside = float(np.clip(rate, FLOOR, 1 - FLOOR))
    return brentq(lambda shift: expit(odds + shift).mean() - inside, -30, 30)
