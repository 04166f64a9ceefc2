"""Rows per day and the days without rows -> a line per week with the gaps marked."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import PALETTE, figure, finish, number_ticks


def completeness_chart(days: pd.DataFrame, missing: pd.DataFrame, **words: str) -> Chart:
    """Rows per week over time; each missing day is a mark on the zero line.

    Parameters
    ----------
    days : DataFrame, one row per day
        Columns day (timestamp) and rows.
    missing : DataFrame, one row per missing day
        Column day.
    **words
        title, subtitle, alt, source of the chart.
    """
    weekly = days.set_index("day")["rows"].resample("W-SUN").sum().iloc[:-1]
    fig, axes = figure(3.2)
    axes.plot(weekly.index, weekly.to_numpy(), color=PALETTE.blue)
    axes.set_ylim(0, max(weekly.max() * 1.1, 1))
    if len(missing):
        axes.plot(
            missing["day"],
            [0] * len(missing),
            linestyle="none",
            marker="v",
            color=PALETTE.orange,
            clip_on=False,
            zorder=3,
        )
        axes.annotate(
            "days without rows",
            (missing["day"].iloc[-1], 0),
            textcoords="offset points",
            xytext=(0, 10),
            ha="right" if missing["day"].iloc[-1] > weekly.index.mean() else "left",
            color=PALETTE.orange,
        )
    number_ticks(axes.yaxis)
    axes.set_ylabel("rows per week")
    axes.xaxis.get_major_locator().set_params(maxticks=6)
    data = weekly.rename("rows").rename_axis("week").reset_index()
    return finish(fig, data=data, **words)
