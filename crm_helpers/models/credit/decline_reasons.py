"""Reason codes: a card and applications -> where each lost most points, in words."""

import numpy as np
import pandas as pd

from crm_helpers.models.credit.scorecard import Scorecard

NOT_GIVEN = "not stated"


def lost_points(card: Scorecard, frame: pd.DataFrame) -> pd.DataFrame:
    """Points of each applicant below the average applicant of training, attribute by attribute.

    Parameters
    ----------
    card : Scorecard
        A fitted one.
    frame : DataFrame, one row per applicant

    Returns
    -------
    DataFrame, one row per applicant, one column per attribute of the card
        Above 0 where the attribute costs points.
    """
    table = card.card()
    counted = table.assign(sum=table["points"] * table["n"]).groupby("attribute", sort=False)
    usual = counted["sum"].sum() / counted["n"].sum()
    names = [bins.name for bins in card.bins]
    lost = usual.loc[names].to_numpy() - card.point_array(frame)
    return pd.DataFrame(lost, index=frame.index, columns=names)


def decline_reasons(card: Scorecard, frame: pd.DataFrame, *, count: int = 3) -> pd.Series:
    """The attributes that cost each applicant most points, with the answer that cost them.

    Parameters
    ----------
    card : Scorecard
    frame : DataFrame, one row per applicant
    count : int, default 3
        Reasons at most; only what costs at least one whole point is one.

    Returns
    -------
    Series of str, shape (n_applicants,), index of `frame`

    References
    ----------
    .. [1] Siddiqi (2006), Credit Risk Scorecards, ch. 6 (adverse codes: below neutral score).
    """
    lost = lost_points(card, frame)
    said = {bins.name: _phrases(bins, frame[bins.name]) for bins in card.bins}
    words = np.column_stack([said[name] for name in lost.columns])
    order = np.argsort(-lost.to_numpy(), axis=1, kind="stable")[:, :count]
    strong = np.take_along_axis(lost.to_numpy(), order, axis=1)
    chosen = np.take_along_axis(words, order, axis=1)
    told = [
        "; ".join(f"{text} (-{loss:.0f})" for text, loss in zip(own, by, strict=True) if loss >= 1)
        for own, by in zip(chosen, strong, strict=True)
    ]
    return pd.Series([text or "nothing stands out" for text in told], index=frame.index)


def _phrases(bins: object, values: pd.Series) -> np.ndarray:
    """Bin of each value as words: 'debt share over 0.39'."""
    name = bins.name.replace("_", " ")
    labels = np.array([*bins.labels, "a value not seen before"], dtype=object)
    labels[len(bins.labels) - 1] = NOT_GIVEN
    return np.array([f"{name}: {label}" for label in labels], dtype=object)[bins.codes(values)]
