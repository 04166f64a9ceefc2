"""Step curves with bands by group (survival, share gone by cause) -> a Chart."""

import pandas as pd
from matplotlib.axes import Axes

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import DASHES, PALETTE, figure, finish, percent_ticks

MONTH_DAYS = 365.25 / 12


def step_band_chart(
    curves: pd.DataFrame, *, group: str, y_label: str, to_whole: bool = True, **words: str
) -> Chart:
    """Shares over months of tenure, one stepped line with its band per group.

    Parameters
    ----------
    curves : DataFrame, one row per group and step
        The group's column; time : float, days; share, low, high : float in [0, 1].
    group : str
        Column that names the groups, six at most.
    y_label : str
    to_whole : bool, default True
        Whether the axis of shares goes up to 100 %, or only as far as the curves.
    **words
        title, subtitle, alt, source of the chart.

    Raises
    ------
    ValueError
        If there are more than six groups, which colours and dashes could not tell apart.
    """
    names = list(dict.fromkeys(curves[group]))
    if len(names) > len(DASHES):
        raise ValueError(
            f"{group}: {len(names):,} groups (first: {names[0]}); a chart can tell "
            f"{len(DASHES)} apart. Show the largest and leave the others to a table."
        )
    fig, axes = figure(3.9)
    for place, name in enumerate(names):
        _line(axes, curves[curves[group] == name], name, place)
    axes.set_xlabel("Months since the start of the contract")
    axes.set_ylabel(y_label)
    axes.set_xlim(0, curves["time"].max() / MONTH_DAYS)
    axes.set_ylim(0, 1.02 if to_whole else min(1.02, 1.15 * curves["high"].max()))
    axes.legend(handlelength=3.2)
    percent_ticks(axes.yaxis)
    return finish(fig, data=curves, **words)


def _line(axes: Axes, curve: pd.DataFrame, name: str, place: int) -> None:
    months, colour = curve["time"] / MONTH_DAYS, PALETTE[place]
    style = {"color": colour, "linestyle": DASHES[place]}
    axes.step(months, curve["share"], where="post", label=str(name), **style)
    axes.fill_between(
        months, curve["low"], curve["high"], step="post", color=colour, alpha=0.15, linewidth=0
    )
