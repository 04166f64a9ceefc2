"""Profit curve: profit at each share contacted, with its best point -> a Chart."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import PALETTE, figure, finish, number_ticks, percent_ticks


def profit_chart(
    curve: pd.DataFrame, *, best_share: float, low: float, high: float, currency: str, **words: str
) -> Chart:
    """Profit over the share of customers contacted, the best share and its interval marked.

    Parameters
    ----------
    curve : DataFrame, one row per distinct score
        As given by `measures.forecasts.profit_curve.profit_curve`.
    best_share, low, high : float in [0, 1]
        The best share and its interval.
    currency : str
    **words
        title, subtitle, alt, source of the chart.
    """
    fig, axes = figure(3.6)
    axes.axvspan(low, high, color=PALETTE.blue, alpha=0.14, linewidth=0)
    axes.axhline(0, color=PALETTE.grey, linewidth=1.2)
    axes.plot(curve["contacted_share"], curve["profit"], color=PALETTE.blue)
    at_best = float(curve["profit"].max())
    axes.plot([best_share], [at_best], color=PALETTE.orange, marker="D", linestyle="none")
    axes.annotate("best", (best_share, at_best), xytext=(8, 6), textcoords="offset points")
    axes.margins(y=0.16)
    axes.set_xlabel("Share of customers contacted, best first")
    axes.set_ylabel(f"Profit, {currency}")
    axes.set_xlim(0, 1)
    percent_ticks(axes.xaxis)
    number_ticks(axes.yaxis)
    return finish(fig, data=curve, **words)
