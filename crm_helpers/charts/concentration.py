"""Concentration curve -> a line from the best customer to the last, with the top share marked."""

import numpy as np
import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import PALETTE, figure, finish, percent_ticks

POINTS_DRAWN = 400


def concentration_chart(curve: pd.DataFrame, *, share: float, what: str, **words: str) -> Chart:
    """Share of profit or revenue against share of customers, best first.

    Parameters
    ----------
    curve : DataFrame
        customers_share, value_share, as `concentration_curve` of measures gives them.
    share : float in (0, 1)
        Share of customers that is marked on the curve.
    what : str
        What is shared, for the axis: "profit" or "revenue".
    **words
        title, subtitle, alt, source of the chart.
    """
    drawn = _thinned(curve)
    x, y = drawn["customers_share"], drawn["value_share"]
    fig, axes = figure(3.7)
    axes.plot(x, y, color=PALETTE.blue)
    axes.plot([0, 1], [0, 1], color=PALETTE.grey, linestyle="--", linewidth=1.4)
    axes.annotate("if all brought the same", (0.98, 0.42), ha="right", color="#56606b")
    marked = float(np.interp(share, curve["customers_share"], curve["value_share"]))
    axes.plot([share, share, 0], [0, marked, marked], color=PALETTE.orange, linestyle=":")
    axes.plot([share], [marked], "o", color=PALETTE.orange)
    label = f"best {share * 100:.0f} %: {marked * 100:.0f} %"
    axes.annotate(label, (share + 0.03, marked - 0.09), fontweight="bold")
    axes.set(xlim=(0, 1), ylim=(0, max(1.0, y.max()) * 1.02))
    axes.set(xlabel="Share of customers, best first", ylabel=f"Share of {what}")
    percent_ticks(axes.xaxis)
    percent_ticks(axes.yaxis)
    return finish(fig, data=drawn, **words)


def _thinned(curve: pd.DataFrame) -> pd.DataFrame:
    """Curve in as many points as can be seen, the ends among them."""
    if len(curve) <= POINTS_DRAWN:
        return curve
    kept = np.unique(np.linspace(0, len(curve) - 1, POINTS_DRAWN).round().astype(int))
    return curve.iloc[kept].reset_index(drop=True)
