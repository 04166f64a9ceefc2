"""Amounts per group -> horizontal bars from zero, each with its number beside it."""

from collections.abc import Callable

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import PALETTE, figure, finish, short_number


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
    fig, axes = figure(0.55 + 0.42 * len(frame))
    colours = [PALETTE.grey if highlight not in ("", one) else PALETTE.blue for one in labels]
    bars = axes.barh(range(len(frame)), amounts, color=colours, height=0.68)
    axes.bar_label(bars, [form(amount) for amount in amounts], padding=5)
    axes.set_yticks(range(len(frame)), labels)
    axes.invert_yaxis()
    axes.set_xlim(min(0.0, amounts.min() * 1.2), max(amounts.max() * 1.2, 1e-9))
    # The numbers stand beside the bars: an axis would say them twice.
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False)
    return finish(fig, data=frame, **words)
