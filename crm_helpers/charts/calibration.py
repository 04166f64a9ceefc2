"""Calibration table: forecast beside what happened -> a Chart."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import DASHES, PALETTE, figure, finish, percent_ticks


def calibration_chart(tenths: pd.DataFrame, *, event: str, **words: str) -> Chart:
    """Observed share over forecast share in bins of equal count.

    Parameters
    ----------
    tenths : DataFrame, one row per bin
        As given by `measures.forecasts.calibration.calibration_table`.
    event : str
        What is forecast, as a verb: 'lapsed'.
    **words
        title, subtitle, alt, source of the chart.
    """
    fig, axes = figure(3.8)
    top = min(1.0, 1.1 * float(tenths[["probability_mean", "event_rate"]].max().max()))
    axes.plot([0, top], [0, top], color=PALETTE.grey, linestyle=DASHES[2], linewidth=1.6)
    axes.annotate(
        "dotted: forecast = what happened", (top * 0.98, top * 0.1), color="#56606b", ha="right"
    )
    axes.plot(tenths["probability_mean"], tenths["event_rate"], color=PALETTE.blue, marker="o")
    axes.set_xlabel("Forecast")
    axes.set_ylabel(f"Share that {event}")
    axes.set_xlim(0, top)
    axes.set_ylim(0, top)
    percent_ticks(axes.xaxis)
    percent_ticks(axes.yaxis)
    return finish(fig, data=tenths, **words)
