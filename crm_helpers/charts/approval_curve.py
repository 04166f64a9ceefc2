"""Something over the share approved (bad rate, profit), the chosen cut-off marked -> a Chart."""

import pandas as pd
from matplotlib.axes import Axes

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import PALETTE, figure, finish, number_ticks, percent_ticks


def strategy_chart(curve: pd.DataFrame, *, chosen: float, **words: str) -> Chart:
    """Default rate of the approved over the share approved, with its band.

    Parameters
    ----------
    curve : DataFrame, one row per cut-off
        As given by `measures.credit.strategy_curve.strategy_curve`.
    chosen : float in [0, 1]
        Share approved at the cut-off in use.
    **words
        title, subtitle, alt, source of the chart.
    """
    fig, axes = figure(3.6)
    shares = curve["approved_share"]
    shown = curve[shares >= min(0.05, shares.max())]
    axes.fill_between(
        shown["approved_share"],
        shown["low"],
        shown["high"],
        color=PALETTE.blue,
        alpha=0.15,
        linewidth=0,
    )
    axes.plot(shown["approved_share"], shown["bad_rate"], color=PALETTE.blue)
    axes.set_ylim(0, 1.1 * shown["high"].tail(max(1, len(shown) // 2)).max())
    axes.set_ylabel("Of the approved, defaulted")
    percent_ticks(axes.yaxis)
    _marked(axes, chosen)
    return finish(fig, data=curve, **words)


def credit_profit_chart(
    curve: pd.DataFrame, *, chosen: float, low: float, high: float, currency: str, **words: str
) -> Chart:
    """Profit over the share approved; the range in which the best cut-off lies is shaded.

    Parameters
    ----------
    curve : DataFrame, one row per cut-off
        contacted_share (here: approved), profit, as `measures.forecasts.profit_curve` gives it.
    chosen : float in [0, 1]
        Share approved at the cut-off in use.
    low, high : float in [0, 1]
        Interval of the best share.
    currency : str
    **words
        title, subtitle, alt, source of the chart.
    """
    fig, axes = figure(3.6)
    axes.axvspan(low, high, color=PALETTE.orange, alpha=0.16, linewidth=0)
    axes.axhline(0, color=PALETTE.grey, linewidth=1.2)
    axes.plot(curve["contacted_share"], curve["profit"], color=PALETTE.blue)
    axes.margins(y=0.16)
    axes.set_ylabel(f"Profit, {currency}")
    number_ticks(axes.yaxis)
    _marked(axes, chosen)
    return finish(fig, data=curve, **words)


def _marked(axes: Axes, chosen: float) -> None:
    axes.axvline(chosen, color=PALETTE.orange, linestyle=(0, (5, 2)), linewidth=1.8)
    side = {"ha": "right", "xytext": (-5, -14)} if chosen > 0.5 else {"xytext": (5, -14)}
    axes.annotate(
        "cut-off",
        (chosen, 1),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        color=PALETTE.ink,
        **side,
    )
    axes.set_xlim(0, 1)
    axes.set_xlabel("Share of applications approved, best first")
    percent_ticks(axes.xaxis)
