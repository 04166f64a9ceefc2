"""A ring as a picture: customers on the left, what they share on the right -> a Chart."""

import pandas as pd
from matplotlib.axes import Axes

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import PALETTE, figure, finish

ROW_INCHES = 0.36
LEFT, RIGHT = 0.0, 1.0


def ring_chart(links: pd.DataFrame, **words: str) -> Chart:
    """Two columns of names joined by lines, thicker for more payments.

    Parameters
    ----------
    links : DataFrame, one row per pair that is joined
        customer : str; shared : str, a card or device; payments : int
    **words
        title, subtitle, alt, source of the chart.

    Raises
    ------
    ValueError
        If nothing is joined.
    """
    if links.empty:
        raise ValueError("ring: 0 links; expected one per customer and card. Draw rings alone.")
    left, right = _heights(links["customer"]), _heights(links["shared"])
    fig, axes = figure(0.5 + ROW_INCHES * max(len(left), len(right)))
    widest = links["payments"].max()
    for one in links.itertuples():
        ends = [left[one.customer], right[one.shared]]
        axes.plot([LEFT, RIGHT], ends, color=PALETTE.grey, lw=0.8 + 3.4 * one.payments / widest)
    _name(axes, left, LEFT, "o", PALETTE.blue)
    _name(axes, right, RIGHT, "s", PALETTE.orange)
    axes.set_xlim(-0.55, 1.5)
    axes.set_ylim(1.08, -0.08)
    axes.set_axis_off()
    return finish(fig, data=links, **words)


def _heights(names: pd.Series) -> dict[str, float]:
    """Height of each name between 0 and 1, in the order of first mention by number."""
    order = sorted(names.unique(), key=lambda name: (len(name), name))
    return {name: (place + 0.5) / len(order) for place, name in enumerate(order)}


def _name(axes: Axes, places: dict[str, float], at: float, marker: str, colour: str) -> None:
    side = "right" if at == LEFT else "left"
    gap = -0.06 if at == LEFT else 0.06
    for name, height in places.items():
        axes.plot([at], [height], marker=marker, color=colour, markersize=9, linestyle="none")
        axes.text(at + gap, height, name, ha=side, va="center")
