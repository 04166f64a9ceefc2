"""Figure of each period with its limits -> a Chart."""

from collections.abc import Callable

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import PALETTE, figure, finish


def control_chart_of(
    chart: pd.DataFrame, *, labels: list[str], form: Callable[[float], str], **words: str
) -> Chart:
    """Line of the figure over time, centre and limits grey; periods outside as diamonds.

    Parameters
    ----------
    chart : DataFrame, one row per period, oldest first
        mean, centre, lower_limit, upper_limit : float; is_outside : bool
    labels : list of str
        Last month of each period.
    form : callable
        Turns a figure into the words of the axis.
    **words
        title, subtitle, alt, source of the chart.

    Raises
    ------
    ValueError
        If labels and periods are not equally many.
    """
    if len(labels) != len(chart):
        raise ValueError(
            f"control chart: {len(labels)} labels for {len(chart)} periods; expected one each. "
            "Name every period."
        )
    fig, axes = figure(3.4)
    places = range(len(chart))
    band = {"color": PALETTE.grey, "alpha": 0.18, "linewidth": 0, "step": "mid"}
    axes.fill_between(places, chart["lower_limit"], chart["upper_limit"], **band)
    axes.plot(places, chart["centre"], color=PALETTE.grey, linestyle="--", linewidth=1.4)
    axes.plot(places, chart["mean"], color=PALETTE.blue, marker="o")
    out = chart["is_outside"].to_numpy(dtype=bool)
    diamond = {"color": PALETTE.orange, "markersize": 11, "zorder": 4}
    axes.plot([p for p in places if out[p]], chart.loc[out, "mean"], "D", **diamond)
    every = -(-len(labels) // 6)
    shown = [p for p in places if (len(labels) - 1 - p) % every == 0]
    axes.set_xticks(shown, [labels[p] for p in shown])
    axes.yaxis.set_major_formatter(lambda value, _: form(value))
    return finish(fig, data=chart, **words)
