"""Rows per day and the days without rows -> a line per week with the gaps marked."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import MONTHLY, AutoDateLocator, ConciseDateFormatter

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
    weekly = days.set_index("day")["rows"].resample("W-SUN").sum()
    weekly = weekly.iloc[1:-1] if len(weekly) > 2 else weekly  # the ends are rarely whole weeks
    fig, axes = figure(3.2)
    axes.plot(weekly.index, weekly.to_numpy(), color=PALETTE.blue)
    axes.set_ylim(0, max(weekly.max() * 1.1, 1))
    if len(missing):
        _mark(axes, missing["day"], weekly.index)
    locator = AutoDateLocator(minticks=3, maxticks=6)
    locator.intervald[MONTHLY] = [1, 2, 3, 4, 6, 12]  # three years need steps of a year
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    number_ticks(axes.yaxis)
    axes.set_ylabel("rows per week")
    data = weekly.rename("rows").rename_axis("week").reset_index()
    return finish(fig, data=data, **words)


def _mark(axes: Axes, missing: pd.Series, weeks: pd.DatetimeIndex) -> None:
    axes.plot(
        missing,
        [0] * len(missing),
        linestyle="none",
        marker="v",
        color=PALETTE.orange,
        clip_on=False,
        zorder=3,
    )
    last = missing.iloc[-1]
    axes.annotate(
        f"day{'s' * (len(missing) != 1)} without the usual rows",
        (last, 0),
        textcoords="offset points",
        xytext=(0, 10),
        ha="right" if last > weeks.mean() else "left",
        color=PALETTE.orange,
    )
