"""Conversion of leads over time, by channel -> a Chart."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import DASHES, PALETTE, figure, finish, percent_ticks


def conversion_chart(curves: dict[str, pd.DataFrame], *, days: int, **words: str) -> Chart:
    """Share of leads converted by each day since they came in, one line per channel.

    Parameters
    ----------
    curves : dict of str to DataFrame
        At most six; as given by `models.survival.conversion.conversion_curve`.
    days : int
        Days shown.
    **words
        title, subtitle, alt, source of the chart.

    Raises
    ------
    ValueError
        If there are more than six lines.
    """
    if len(curves) > len(PALETTE):
        raise ValueError(
            f"conversion chart: {len(curves)} lines; at most {len(PALETTE)} can be told apart. "
            "Keep the largest channels."
        )
    fig, axes = figure(4.4)
    for number, (name, curve) in enumerate(curves.items()):
        shown = curve[curve["day"] <= days]
        axes.step(
            shown["day"],
            shown["converted_share"],
            where="post",
            color=PALETTE[number],
            linestyle=DASHES[number % len(DASHES)],
            label=name,
        )
    axes.set_xlim(0, days)
    axes.set_ylim(0, None)
    axes.set_xlabel("Days since the lead came in")
    axes.set_ylabel("Converted")
    # Above the lines: six of them leave no corner free.
    axes.legend(loc="lower left", bbox_to_anchor=(-0.15, 1.0), handlelength=2.2, ncols=3)
    percent_ticks(axes.yaxis)
    data = pd.concat(curves, names=["channel"]).reset_index(level=0)
    return finish(fig, data=data, **words)
