"""Qini: scores, treatment and outcomes -> extra outcomes by share treated, and one coefficient."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_helpers.measures.statistics.claims import claim_reach

CELLS = 4_000_000  # weights held at a time while resampling: 32 MB


@dataclass(frozen=True)
class Qini:
    """Qini coefficient with its bootstrap interval, and its standard error."""

    value: float
    low: float
    high: float
    spread: float = 0.0

    @property
    def finds_something(self) -> bool:
        """True when the order of the persons is better than chance at the level of a claim."""
        return self.value - claim_reach() * self.spread > 0


def qini_curve(
    outcome: pd.Series, is_treated: pd.Series, score: pd.Series, *, campaign: pd.Series
) -> pd.DataFrame:
    """Extra outcomes per person when those with the best scores are treated first.

    Within a campaign the curve is, at each share, the outcomes of the treated above the score /
    all treated, less the same of the control group; campaigns count by their persons. So it is
    unbiased when treatment was random within campaigns, whatever their levels and shares of
    control persons. The last point is the average effect. Equal scores enter together.

    Parameters
    ----------
    outcome : Series of bool or float, shape (n_persons,)
        Response or amount.
    is_treated : Series of bool, shape (n_persons,)
        False: control group.
    score : Series of float, shape (n_persons,)
        Predicted uplift; only the order counts.
    campaign : Series, shape (n_persons,)
        Campaign within which assignment was random; those without both arms are left out.

    Returns
    -------
    DataFrame, one row per distinct score plus the origin
        treated_share : float in [0, 1]
        extra_outcomes : float, per person of the whole population

    Raises
    ------
    ValueError
        If one of the arms is empty.

    References
    ----------
    .. [1] Radcliffe (2007), Using control groups to target on predicted lift, Direct
       Marketing Analytics Journal 1, 14-21 (here with whole-group denominators).

    Examples
    --------
    Two are treated, two are not; the model likes the treated buyer best.

    >>> bought = pd.Series([True, False, False, True])
    >>> treated = pd.Series([True, False, True, False])
    >>> qini_curve(bought, treated, pd.Series([0.9, 0.5, 0.5, 0.1]),
    ...            campaign=pd.Series(["may"] * 4))
       treated_share  extra_outcomes
    0           0.00             0.0
    1           0.25             0.5
    2           0.75             0.5
    3           1.00             0.0
    """
    gain = _gains(outcome, is_treated, score, campaign)
    share, extra = _curve(gain, np.ones((1, len(gain))), gain["score"].to_numpy())
    points = {"treated_share": share[0], "extra_outcomes": extra[0]}
    return pd.concat(
        [pd.DataFrame({key: [0.0] for key in points}), pd.DataFrame(points)], ignore_index=True
    )


def qini_coefficient(
    outcome: pd.Series, is_treated: pd.Series, score: pd.Series, *, campaign: pd.Series
) -> float:
    """Area between the Qini curve and the straight line, as a share of the largest area possible.

    The largest area belongs to the order that puts treated persons with the outcome first and
    control persons with it last. So 1 is perfect, 0 no better than chance, -1 perfectly wrong.
    As nobody can tell who would have acted anyway, real models stay far below 1.

    Parameters
    ----------
    outcome : Series of bool or float, shape (n_persons,)
        Response or amount.
    is_treated : Series of bool, shape (n_persons,)
        False: control group.
    score : Series of float, shape (n_persons,)
        Predicted uplift; only the order counts.
    campaign : Series, shape (n_persons,)
        Campaign within which assignment was random; those without both arms are left out.

    Returns
    -------
    float
        In [-1, 1]; 0 when nobody has the outcome.

    Raises
    ------
    ValueError
        If one of the arms is empty.
    """
    gain = _gains(outcome, is_treated, score, campaign)
    return float(_coefficients(gain, np.ones((1, len(gain))))[0])


def qini_interval(
    outcome: pd.Series,
    is_treated: pd.Series,
    score: pd.Series,
    *,
    campaign: pd.Series,
    person: pd.Series | None = None,
    draws: int = 200,
    interval_level: float = 0.95,
    seed: int = 0,
) -> Qini:
    """Qini coefficient with a percentile interval from resampling persons.

    Parameters
    ----------
    outcome, is_treated, score, campaign : Series, shape (n_contacts,)
        As for `qini_coefficient`.
    person : Series, optional
        Who is behind the row; all rows of a person are drawn together.
    draws : int, default 200
        Number of resamples.
    interval_level : float, default 0.95
        Level of the interval, between 0 and 1.
    seed : int, default 0
        Seed of the resampling.

    Returns
    -------
    Qini
        value, low and high, each in [-1, 1]; spread, standard error.
    """
    gain = _gains(outcome, is_treated, score, campaign)
    codes = np.arange(len(outcome)) if person is None else pd.factorize(np.asarray(person))[0]
    codes = pd.factorize(codes[gain.index])[0]
    rng = np.random.default_rng(seed)
    values: list[float] = []
    while len(values) < draws:
        rows = min(draws - len(values), max(1, CELLS // len(gain)))
        weights = rng.poisson(1.0, size=(rows, codes.max() + 1))[:, codes].astype(float)
        values.extend(_coefficients(gain, weights))
    tail = (1 - interval_level) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    value = float(_coefficients(gain, np.ones((1, len(gain))))[0])
    return Qini(value, float(low), float(high), _spread(gain, codes))


def _spread(gain: pd.DataFrame, person: np.ndarray) -> float:
    """Standard error of the coefficient from what each person adds to the area.

    The spread of a few hundred resamples is itself uncertain, and smallest by chance where a
    claim is false.
    """
    signed = _signed(gain, np.ones((1, len(gain))))[0]
    place = (gain["score"].rank(ascending=False) - 0.5) / len(gain)
    added = pd.Series(signed * (0.5 - place), index=gain.index)
    apart = added - added.groupby([gain["campaign"], gain["is_treated"]]).transform("mean")
    most = float(_area(gain, np.ones((1, len(gain))), signed)[0])
    square = float((apart.groupby(person).sum() ** 2).sum())
    return square**0.5 / most if most > 1e-15 else 0.0


def _gains(
    outcome: pd.Series, is_treated: pd.Series, score: pd.Series, campaign: pd.Series
) -> pd.DataFrame:
    """Persons of campaigns that have both arms, by their place among all, with both as codes."""
    treated = np.asarray(is_treated, dtype=bool)
    found = pd.DataFrame(
        {
            "outcome": np.asarray(outcome, dtype=float),
            "is_treated": treated,
            "score": np.asarray(score, dtype=float),
            "campaign": np.asarray(campaign),
        }
    )
    found = found[found.groupby("campaign")["is_treated"].transform("nunique") == 2]
    if found.empty:
        raise ValueError(
            f"is_treated: {int(treated.sum()):,} of {len(treated):,} persons are treated, and no "
            "campaign has both arms; a Qini curve needs a treated and a control group. Keep a "
            "random control group."
        )
    return found.assign(campaign=pd.factorize(found["campaign"])[0])


def _signed(gain: pd.DataFrame, weights: np.ndarray) -> np.ndarray:
    """What each row adds to the curve: its outcome / the chance of its arm in its campaign."""
    campaign = gain["campaign"].to_numpy()
    cell = 2 * campaign + gain["is_treated"].to_numpy()
    cells = np.zeros((len(gain), 2 * (campaign.max() + 1)))
    cells[np.arange(len(gain)), cell] = 1.0
    sizes = weights @ cells
    persons = sizes[:, ::2] + sizes[:, 1::2]
    chance = sizes / np.maximum(np.repeat(persons, 2, axis=1), 1e-12)
    each = np.divide(1.0, chance, out=np.zeros_like(chance), where=chance > 0)
    each /= np.maximum(persons.sum(axis=1, keepdims=True), 1e-12)
    each[:, ::2] *= -1
    return weights * each[:, cell] * gain["outcome"].to_numpy()


def _curve(
    gain: pd.DataFrame, weights: np.ndarray, score: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    order = np.argsort(-score, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(score[order])), len(order) - 1)
    share = weights[:, order].cumsum(axis=1)[:, ends]
    extra = _signed(gain, weights)[:, order].cumsum(axis=1)[:, ends]
    return share / share[:, -1:], extra


def _area(gain: pd.DataFrame, weights: np.ndarray, score: np.ndarray) -> np.ndarray:
    share, extra = _curve(gain, weights, score)
    width = np.diff(share, axis=1, prepend=0.0)
    middle = extra - np.diff(extra, axis=1, prepend=0.0) / 2
    return (width * middle).sum(axis=1) - extra[:, -1] / 2


def _coefficients(gain: pd.DataFrame, weights: np.ndarray) -> np.ndarray:
    perfect = _signed(gain, np.ones((1, len(gain))))[0]
    most = _area(gain, weights, perfect)
    area = _area(gain, weights, gain["score"].to_numpy())
    return np.divide(area, most, out=np.zeros_like(area), where=most > 1e-15)
