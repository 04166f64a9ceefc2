"""Effects with their intervals -> a Chart, one line per campaign or group."""

from textwrap import fill

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import PALETTE, figure, finish, reference_line

LETTERS_A_LINE = 24


def effect_chart(
    effects: pd.DataFrame,
    *,
    strong: str = "",
    needed: float | None = None,
    **words: str,
) -> Chart:
    """Treated less control per 100 persons, a dot with its interval for each row, top to bottom.

    Parameters
    ----------
    effects : DataFrame, one row per line
        First column the label; difference, low, high: differences of rates.
    strong : str
        Label of the row drawn as a diamond: all rows together.
    needed : float, optional
        Difference from which a contact pays for itself; a line is drawn there.
    **words
        title, subtitle, alt, source of the chart.

    Raises
    ------
    ValueError
        If there is no row.
    """
    if effects.empty:
        raise ValueError(
            "effects: 0 rows; expected at least one pair of arms. Say in words that none is there."
        )
    labels = [fill(str(label), LETTERS_A_LINE) for label in effects.iloc[:, 0]]
    lines = max(label.count("\n") for label in labels)
    fig, axes = figure(1.3 + (0.4 + 0.22 * lines) * len(effects))
    for place, (label, row) in enumerate(zip(labels, effects.itertuples(), strict=True)):
        is_strong = label == strong
        colour, marker = (PALETTE.orange, "D") if is_strong else (PALETTE.blue, "o")
        axes.plot([100 * row.low, 100 * row.high], [place, place], color=colour, linewidth=2.2)
        axes.plot([100 * row.difference], [place], marker=marker, color=colour, markersize=8)
    reference_line(axes, 0, "no effect", vertical=True)
    if needed is not None:
        reference_line(axes, 100 * needed, "pays for itself", vertical=True)
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -1.1)
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("Change per 100 persons")
    return finish(fig, data=effects, **words)
