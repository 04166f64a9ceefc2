"""Amounts per group -> horizontal bars from zero, each with its number beside it."""

from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import PALETTE, figure, finish, short_number

# Letters a name may have to stand beside its bar; longer ones stand above it.
LONGEST_BESIDE = 24


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
    is_long = labels.str.len().max() > LONGEST_BESIDE
    fig, axes = figure(0.55 + (0.62 if is_long else 0.42) * len(frame))
    colours = [PALETTE.grey if highlight not in ("", one) else PALETTE.blue for one in labels]
    bars = axes.barh(range(len(frame)), amounts, color=colours, height=0.42 if is_long else 0.68)
    axes.bar_label(bars, [form(amount) for amount in amounts], padding=5)
    _name_bars(axes, labels, is_long)
    axes.invert_yaxis()
    axes.set_xlim(min(0.0, amounts.min() * 1.2), max(amounts.max() * 1.2, 1e-9))
    _bare(axes)
    return finish(fig, data=frame, **words)


def _name_bars(axes: Axes, labels: pd.Series, is_long: bool) -> None:
    if not is_long:
        axes.set_yticks(range(len(labels)), labels)
        return
    # Beside the bars long names would leave no room for them on a phone.
    axes.set_yticks([])
    for place, label in enumerate(labels):
        one_line = label.replace("\n", " ")
        axes.annotate(one_line, (0, place - 0.3), xytext=(3, 0), textcoords="offset points")


def _bare(axes: Axes) -> None:
    # The numbers stand beside the bars: an axis would say them twice.
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False)
