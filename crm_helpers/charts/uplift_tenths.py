"""Uplift by group of the score: predicted beside measured -> a Chart."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import PALETTE, figure, finish, percent_ticks, reference_line


def uplift_tenths_chart(tenths: pd.DataFrame, **words: str) -> Chart:
    """Measured uplift with its interval, and the predicted one, from the best tenth on.

    Parameters
    ----------
    tenths : DataFrame, one row per tenth
        As given by `measures.effects.uplift_tenths.uplift_tenths`.
    **words
        title, subtitle, alt, source of the chart.
    """
    fig, axes = figure(3.6)
    place = tenths["tenth"]
    apart = [tenths["difference"] - tenths["low"], tenths["high"] - tenths["difference"]]
    axes.bar(place, tenths["difference"], color=PALETTE.blue, width=0.7, label="measured")
    axes.errorbar(
        place, tenths["difference"], apart, fmt="none", ecolor=PALETTE.ink, capsize=3, linewidth=1.4
    )
    axes.plot(
        place,
        tenths["predicted"],
        color=PALETTE.orange,
        marker="D",
        linestyle="none",
        label="predicted",
    )
    reference_line(axes, 0, "")
    axes.set_xticks(place)
    axes.set_xlabel("Group by predicted uplift, 1 is best")
    axes.set_ylabel("Change of response rate")
    axes.legend(loc="upper right")
    axes.grid(visible=False, axis="x")
    percent_ticks(axes.yaxis)
    return finish(fig, data=tenths, **words)
