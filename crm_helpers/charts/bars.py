"""Amounts per group -> horizontal bars from zero, each with its number beside it."""

from collections.abc import Callable
from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import PALETTE, figure, finish, short_number

# Letters a name may have to stand beside its bar; longer ones stand above it.
LONGEST_BESIDE = 24
LONGEST_ABOVE = 56
BAR_INCHES, LINE_INCHES = 0.26, 0.2


def bar_chart(
    frame: pd.DataFrame,
    *,
    form: Callable[[float], str] = short_number,
    highlight: str = "",
    **words: str,
) -> Chart:
    """Horizontal bars in the order of the rows, first row on top.

    Parameters
    ----------
    frame : DataFrame, one row per group
        First column the label, second the amount (a number, 0 or more, same unit for all).
    form : callable
        Turns an amount into the words beside its bar.
    highlight : str
        Label of the bar that the title speaks of; the others turn grey.
    **words
        title, subtitle, alt, source of the chart.

    Raises
    ------
    ValueError
        If there is no row, or an amount is missing.
    """
    labels, amounts = frame.iloc[:, 0].astype(str), frame.iloc[:, 1].astype(float)
    if frame.empty or amounts.isna().any():
        raise ValueError(
            f"bars: {int(amounts.isna().sum())} of {len(frame)} amounts are missing; expected a "
            "number per bar and at least one bar. Leave groups without a number out."
        )
    draw = _named_above if labels.str.len().max() > LONGEST_BESIDE else _named_beside
    fig, axes, height = draw(labels)
    colours = [PALETTE.grey if highlight not in ("", one) else PALETTE.blue for one in labels]
    bars = axes.barh(range(len(frame)), amounts, color=colours, height=height)
    axes.bar_label(bars, [form(amount) for amount in amounts], padding=5)
    axes.set_xlim(min(0.0, amounts.min() * 1.2), max(amounts.max() * 1.2, 1e-9))
    _bare(axes)
    return finish(fig, data=frame, **words)


def _named_beside(labels: pd.Series) -> tuple[Figure, Axes, float]:
    fig, axes = figure(0.55 + 0.42 * len(labels))
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    return fig, axes, 0.68


def _named_above(labels: pd.Series) -> tuple[Figure, Axes, float]:
    """Beside the bars long names would leave no room for them on a phone."""
    names = ["\n".join(fill(line, LONGEST_ABOVE) for line in one.split("\n")) for one in labels]
    lines = max(name.count("\n") + 1 for name in names)
    pitch = BAR_INCHES + LINE_INCHES * lines + 0.14
    fig, axes = figure(pitch * len(labels) + 0.1)
    half = BAR_INCHES / pitch / 2
    for place, name in enumerate(names):
        where = {"xytext": (3, 3), "textcoords": "offset points", "va": "bottom"}
        axes.annotate(name, (0, place - half), **where)
    axes.set_yticks([])
    axes.set_ylim(len(labels) - 1 + half + 0.05, half - 1)
    return fig, axes, 2 * half


def _bare(axes: Axes) -> None:
    # The numbers stand beside the bars: an axis would say them twice.
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False)
