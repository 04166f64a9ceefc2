"""The one look of all charts: a figure with our palette and fonts -> a Chart."""

import io
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import seaborn as sns
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from PIL import Image

from crm_helpers.charts.chart import Chart


class Palette(NamedTuple):
    """Six colours, each at least 3:1 against white and of unlike lightness where they meet."""

    blue: str = "#1f5fa8"
    orange: str = "#c8600a"
    ink: str = "#1c2733"
    green: str = "#2e8b6a"
    purple: str = "#6d3f8e"
    grey: str = "#7a8490"


PALETTE = Palette()
# Colour never stands alone: the n-th series has the n-th dash, marker and hatch too.
DASHES = (
    "solid",
    (0, (5, 2)),
    (0, (1.5, 1.5)),
    (0, (7, 2, 1.5, 2)),
    (0, (3, 1, 1, 1)),
    (0, (9, 3)),
)
MARKERS = ("o", "s", "^", "D", "v", "P")
HATCHES = ("", "//", "..", "xx", "\\\\", "++")
GRID = "#dfe3e8"

# 6 inches wide and 12.5 points: 10 pixels high letters when the page is 350 pixels wide.
WIDTH_INCHES = 6.0
FONT_POINTS = 12.5
PIXELS_PER_INCH = 190

_LOOK = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": FONT_POINTS,
    "axes.labelsize": FONT_POINTS,
    "axes.titlesize": FONT_POINTS,
    "xtick.labelsize": FONT_POINTS,
    "ytick.labelsize": FONT_POINTS,
    "legend.fontsize": FONT_POINTS,
    "legend.frameon": False,
    "text.color": PALETTE.ink,
    "axes.labelcolor": PALETTE.ink,
    "axes.edgecolor": PALETTE.grey,
    "xtick.color": PALETTE.ink,
    "ytick.color": PALETTE.ink,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "lines.linewidth": 2.4,
    "lines.markersize": 7,
    "patch.edgecolor": "white",
    # A year once and months in letters: whole dates run into each other on a page's width.
    "date.converter": "concise",
    # A price in a product name is no formula.
    "text.parse_math": False,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "hatch.color": "white",
    "hatch.linewidth": 1.2,
    "axes.prop_cycle": cycler(color=PALETTE),
}


def apply_theme() -> None:
    """Set our fonts, colours and lines for all figures drawn from here on."""
    sns.set_theme(context="paper", style="white", palette=list(PALETTE), rc=_LOOK)


def figure(height: float = 3.4, *, rows: int = 1, columns: int = 1, **axes: Any) -> tuple:
    """Empty figure in our look, as wide as the page, and its axes.

    Parameters
    ----------
    height : float, default 3.4
        Inches; the width is always 6 inches.
    rows, columns : int, default 1
        Small multiples; with more than one the second value is an array of axes.
    **axes
        Passed to ``Figure.subplots``, for example ``sharey=True``.

    Returns
    -------
    (Figure, Axes or array of Axes)
    """
    apply_theme()
    # A bare Figure, not pyplot's: nothing stays open, and no notebook draws it a second time.
    fig = Figure(figsize=(WIDTH_INCHES, height), layout="constrained")
    return fig, fig.subplots(rows, columns, **axes)


def finish(
    fig: Figure, *, title: str, subtitle: str, alt: str, source: str, data: pd.DataFrame
) -> Chart:
    """Chart of a drawn figure.

    The picture is reduced to 64 colours, a third of the bytes, so that a page with a dozen
    charts stays light enough to mail.

    Raises
    ------
    ValueError
        If title, alt or source is empty.
    """
    drawn = io.BytesIO()
    fig.savefig(drawn, format="png", dpi=PIXELS_PER_INCH, facecolor="white")
    words = {"title": title, "subtitle": subtitle, "alt": alt, "source": source}
    return Chart(_light_png(drawn), **words, data=data.copy(), figure=fig)


def _light_png(drawn: io.BytesIO) -> bytes:
    small = io.BytesIO()
    reduced = Image.open(drawn).convert("RGB").quantize(64, dither=Image.Dither.NONE)
    reduced.save(small, format="PNG", optimize=True)
    return small.getvalue()


def percent_ticks(axis: Axis) -> None:
    """Show shares between 0 and 1 on an axis as percent, never rounded away from the tick."""
    axis.set_major_formatter(FuncFormatter(lambda share, _: f"{round(share * 100, 2):,g} %"))


def number_ticks(axis: Axis) -> None:
    """Show numbers on an axis with thousands separators, from 100,000 on in thousands."""
    axis.set_major_formatter(FuncFormatter(lambda number, _: short_number(number)))


def short_number(number: float) -> str:
    """Number in the few letters that fit an axis.

    Examples
    --------
    >>> [short_number(n) for n in (0, 0.25, 0.00002, 1200.5, 45_000, 250_000, 3_400_000)]
    ['0', '0.25', '0.00002', '1,200', '45,000', '250k', '3.4m']
    """
    if abs(number) >= 1e6:
        return f"{number / 1e6:,.3g}m"
    if abs(number) >= 1e5:
        return f"{number / 1e3:,.0f}k"
    if number == int(number) or abs(number) >= 100:
        return f"{number:,.0f}"
    return np.format_float_positional(number, precision=3, fractional=False, trim="-")


def reference_line(axes: Axes, value: float, label: str, *, vertical: bool = False) -> None:
    """Draw a dashed grey line ("no model", "last period") with its label on it."""
    style = {"color": PALETTE.grey, "linestyle": DASHES[1], "linewidth": 1.6, "zorder": 1.5}
    beside = {"textcoords": "offset points", "color": "#56606b", "xytext": (4, 4)}
    if vertical:
        axes.axvline(value, **style)
        axes.annotate(label, (value, 1), xycoords=("data", "axes fraction"), va="top", **beside)
    else:
        axes.axhline(value, **style)
        axes.annotate(label, (0, value), xycoords=("axes fraction", "data"), **beside)
