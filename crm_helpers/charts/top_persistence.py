"""Tenths of customers -> what each brought when it was picked, and in the period after."""

import numpy as np
import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import HATCHES, PALETTE, figure, finish, percent_ticks


def persistence_chart(tenths: pd.DataFrame, *, what: str, **words: str) -> Chart:
    """Two bars per tenth, then and next, and one for the customers who are new since.

    Parameters
    ----------
    tenths : DataFrame
        tenth, share_then, share_next, as `measures.value.top_persistence.tenths_then_and_next`
        gives them.
    what : str
        What is shared, for the axis: "profit" or "revenue".
    **words
        title, subtitle, alt, source of the chart.
    """
    fig, axes = figure(3.6)
    place = np.arange(len(tenths))
    style = {"width": 0.4, "edgecolor": "white"}
    axes.bar(place - 0.2, tenths["share_then"], color=PALETTE.grey, label="then", **style)
    axes.bar(
        place + 0.2,
        tenths["share_next"],
        color=PALETTE.blue,
        hatch=HATCHES[1],
        label="next",
        **style,
    )
    axes.set_xticks(place, [*tenths["tenth"].iloc[:-1], "new\nsince"])
    axes.set(xlabel="Tenths of customers as picked then, 1 the best", ylabel=f"Share of {what}")
    axes.legend(loc="upper center", ncols=2)
    axes.grid(visible=False, axis="x")
    percent_ticks(axes.yaxis)
    return finish(fig, data=tenths, **words)
