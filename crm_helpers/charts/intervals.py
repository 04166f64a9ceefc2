"""Estimates with intervals, one per line -> a Chart."""

from collections.abc import Callable

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import DASHES, PALETTE, figure, finish


def interval_chart(
    frame: pd.DataFrame,
    *,
    form: Callable[[float], str],
    x_label: str,
    reference: float | None = None,
    is_ratio: bool = False,
    **words: str,
) -> Chart:
    """Points with their intervals, the number beside each.

    Parameters
    ----------
    frame : DataFrame, one row per estimate, first row on top
        label : str; value, low, high : float
    form : callable
        Turns a value into the words beside its point.
    x_label : str
    reference : float, optional
        Where no difference would be: a dashed line.
    is_ratio : bool, default False
        Ratios stand on a logarithmic axis, so that x 2 and x 1/2 are equally far from 1.
    **words
        title, subtitle, alt, source of the chart.

    Raises
    ------
    ValueError
        If there is no estimate.
    """
    if frame.empty:
        raise ValueError("intervals: 0 estimates; expected one or more. Leave the chart out.")
    fig, axes = figure(0.9 + 0.46 * len(frame))
    rows = range(len(frame))
    reach = [frame["value"] - frame["low"], frame["high"] - frame["value"]]
    axes.errorbar(
        frame["value"], rows, xerr=reach, fmt="o", color=PALETTE.blue, capsize=4, linewidth=1.8
    )
    for row, high, value in zip(rows, frame["high"], frame["value"], strict=True):
        axes.annotate(form(value), (high, row), xytext=(8, -4), textcoords="offset points")
    if reference is not None:
        axes.axvline(reference, color=PALETTE.grey, linestyle=DASHES[1], linewidth=1.6)
    axes.set_yticks(list(rows), frame["label"])
    axes.invert_yaxis()
    if is_ratio:
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.xaxis.set_minor_formatter(lambda value, _: "")
    axes.margins(x=0.22)
    axes.set_xlabel(x_label)
    axes.grid(visible=False, axis="y")
    return finish(fig, data=frame, **words)
