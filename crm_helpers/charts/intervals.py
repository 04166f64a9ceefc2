"""Estimates with intervals, one per line -> a Chart."""

from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator

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
    look = {"fmt": "o", "color": PALETTE.blue, "capsize": 4, "linewidth": 1.8}
    axes.errorbar(frame["value"], rows, xerr=_reach(frame), **look)
    _write_values(axes, frame, form)
    if reference is not None:
        axes.axvline(reference, color=PALETTE.grey, linestyle=DASHES[1], linewidth=1.6)
    axes.set_yticks(list(rows), frame["label"])
    axes.invert_yaxis()
    if is_ratio:
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(FixedLocator(_ratio_ticks(frame)))
        axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(lambda value, _: form(value))
    axes.margins(x=0.22)
    if frame["low"].min() >= 0 and not is_ratio:
        axes.set_xlim(left=max(0.0, axes.get_xlim()[0]))  # nothing here falls below none
    axes.set_xlabel(x_label)
    axes.grid(visible=False, axis="y")
    return finish(fig, data=frame, **words)


def _reach(frame: pd.DataFrame) -> list[pd.Series]:
    """Length of both arms; a share of 0 or 1 may miss its own value by a hair."""
    arms = frame["value"] - frame["low"], frame["high"] - frame["value"]
    return [arm.clip(lower=0) for arm in arms]


def _write_values(axes: Axes, frame: pd.DataFrame, form: Callable[[float], str]) -> None:
    for row, (high, value) in enumerate(zip(frame["high"], frame["value"], strict=True)):
        axes.annotate(
            form(value),
            (high, row),
            xytext=(8, -4),
            textcoords="offset points",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )


def _ratio_ticks(frame: pd.DataFrame) -> list[float]:
    """Round ratios inside the range shown, few enough to be read."""
    low, high = frame["low"].min(), frame["high"].max()
    steps = (0.05, 0.1, 0.2, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0)
    inside = [step for step in steps if low * 0.9 <= step <= high * 1.1] or [1.0]
    return inside[:: max(1, len(inside) // 5)]
