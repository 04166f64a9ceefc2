"""Share still without an order, by days waited -> a Chart."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import PALETTE, figure, finish, percent_ticks, reference_line


def still_away_chart(curve: pd.DataFrame, *, outcome_days: int, **words: str) -> Chart:
    """Share of customers who have not ordered again, over the days waited.

    Parameters
    ----------
    curve : DataFrame, one row per day
        days : int; away_share : float in [0, 1]
    outcome_days : int
        The window that this report calls a lapse.
    **words
        title, subtitle, alt, source of the chart.
    """
    fig, axes = figure(3.4)
    axes.step(curve["days"], curve["away_share"], where="post", color=PALETTE.blue)
    reference_line(axes, outcome_days, f"{outcome_days} days: called a lapse", vertical=True)
    axes.set_xlabel("Days waited")
    axes.set_ylabel("Not back yet")
    axes.set_xlim(0, curve["days"].max())
    axes.set_ylim(0, 1.02)
    percent_ticks(axes.yaxis)
    return finish(fig, data=curve, **words)
