"""Vintage curves: share defaulted by age of the account, a line per quarter -> a Chart."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import DASHES, MARKERS, PALETTE, figure, finish, percent_ticks

MOST = 6


def vintage_chart(curves: pd.DataFrame, **words: str) -> Chart:
    """Share defaulted over months since approval, one line per quarter, the latest in orange.

    Parameters
    ----------
    curves : DataFrame, one row per quarter and month
        As given by `measures.credit.vintage_curves.vintage_curves`, six quarters at most.
    **words
        title, subtitle, alt, source of the chart.

    Raises
    ------
    ValueError
        If there are more than six quarters, which dashes could not tell apart.
    """
    names = list(dict.fromkeys(curves["vintage"]))
    if len(names) > MOST:
        raise ValueError(
            f"vintages: {len(names):,} quarters (first: {names[0]}); a chart can tell {MOST} "
            "apart. Show the latest."
        )
    fig, axes = figure(3.8)
    for place, name in enumerate(names):
        curve = curves[curves["vintage"] == name]
        axes.plot(
            curve["age_months"],
            curve["defaulted_share"],
            label=str(name),
            markersize=5,
            color=PALETTE.orange if name == names[-1] else PALETTE[(0, 2, 3, 4, 5)[place % 5]],
            linestyle=DASHES[place],
            marker=MARKERS[place],
        )
    axes.set_xlabel("Months since approval")
    axes.set_ylabel("Defaulted so far")
    axes.set_xlim(0, curves["age_months"].max())
    axes.set_ylim(bottom=0)
    axes.legend(loc="upper left", handlelength=3)
    percent_ticks(axes.yaxis)
    return finish(fig, data=curves, **words)
