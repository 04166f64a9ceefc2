"""Reason codes: a card and applications -> attributes and bins where each lost most points."""

import numpy as np
import pandas as pd

from crm_helpers.models.credit.scorecard import Scorecard


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


def decline_reasons(card: Scorecard, frame: pd.DataFrame, *, count: int = 3) -> pd.DataFrame:
    """The attributes that cost each applicant most points, with the answer that cost them.

    Parameters
    ----------
    card : Scorecard
    frame : DataFrame, one row per applicant
    count : int, default 3
        Reasons at most; only what costs at least one whole point is one.

    Returns
    -------
    DataFrame, one row per applicant and reason, applicants in order, the dearest reason first
        place : int, row of the applicant in `frame`, from 0; who has no reason has no row
        attribute : str
        bin : int, number of the answer's bin on the card; -1 for one that training never saw
        lost : float >= 1, points

    References
    ----------
    .. [1] Siddiqi (2006), Credit Risk Scorecards, ch. 6 (adverse codes: below neutral score).
    """
    lost = lost_points(card, frame).to_numpy()
    answers = np.column_stack([bins.codes(frame[bins.name]) for bins in card.bins])
    order = np.argsort(-lost, axis=1, kind="stable")[:, :count]
    names = np.array([bins.name for bins in card.bins], dtype=object)
    reasons = pd.DataFrame(
        {
            "place": np.repeat(np.arange(len(frame)), order.shape[1]),
            "attribute": names[order].ravel(),
            "bin": np.take_along_axis(answers, order, axis=1).ravel(),
            "lost": np.take_along_axis(lost, order, axis=1).ravel(),
        }
    )
    return reasons[reasons["lost"] >= 1].reset_index(drop=True)
