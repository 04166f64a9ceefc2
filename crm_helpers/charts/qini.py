"""Qini curve -> a Chart."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import DASHES, PALETTE, figure, finish, percent_ticks


def qini_chart(curve: pd.DataFrame, **words: str) -> Chart:
    """Extra outcomes per 100 persons when those with the best scores are treated first.

    Parameters
    ----------
    curve : DataFrame, one row per distinct score
        As given by `measures.effects.qini.qini_curve`.
    **words
        title, subtitle, alt, source of the chart.
    """
    fig, axes = figure(3.6)
    extra = 100 * curve["extra_outcomes"]
    axes.plot([0, 1], [0, extra.iloc[-1]], color=PALETTE.grey, linestyle=DASHES[2], linewidth=1.6)
    axes.annotate(
        "chosen by chance",
        (0.55, 0.5 * extra.iloc[-1]),
        color="#56606b",
        xytext=(6, -14),
        textcoords="offset points",
    )
    axes.plot(curve["treated_share"], extra, color=PALETTE.blue)
    axes.set_xlabel("Share of persons contacted, best first")
    axes.set_ylabel("Extra responses\nper 100 persons")
    axes.set_xlim(0, 1)
    percent_ticks(axes.xaxis)
    return finish(fig, data=curve, **words)
