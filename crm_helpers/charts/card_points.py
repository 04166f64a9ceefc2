"""A scorecard as a picture: points per attribute and answer -> a Chart to add up by pencil."""

from textwrap import shorten

import numpy as np
import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import PALETTE, figure, finish

LETTERS = 36
ROW_INCHES = 0.25


def card_points_chart(card: pd.DataFrame, **words: str) -> Chart:
    """Bars of points, one per answer, under the name of their attribute.

    Parameters
    ----------
    card : DataFrame, one row per attribute and answer, in the order of the card
        attribute : str; bin : str; points : int
    **words
        title, subtitle, alt, source of the chart.

    Raises
    ------
    ValueError
        If the card has no rows.
    """
    if card.empty:
        raise ValueError("card: 0 rows; expected points per attribute and answer. Fit it before.")
    starts = (card["attribute"] != card["attribute"].shift()).to_numpy()
    places = np.arange(len(card)) + np.cumsum(starts) * 1.25
    fig, axes = figure(0.4 + ROW_INCHES * (places[-1] + 1))
    bars = axes.barh(places, card["points"], height=0.78, color=PALETTE.blue)
    axes.bar_label(bars, [f"{points}" for points in card["points"]], padding=4)
    for place, name in zip(places[starts], card.loc[starts, "attribute"], strict=True):
        said = str(name).replace("_", " ")
        axes.annotate(said, (0, place - 1), fontweight="bold", va="center", annotation_clip=False)
    axes.set_yticks(places, [shorten(str(one), LETTERS, placeholder=" …") for one in card["bin"]])
    axes.set_ylim(places[-1] + 0.7, places[0] - 1.6)
    axes.set_xlim(min(0, card["points"].min() * 1.15), card["points"].max() * 1.15)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False)
    return finish(fig, data=card, **words)
