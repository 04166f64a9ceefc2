"""Gain curve of a model beside its rule: curves -> a Chart."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import DASHES, PALETTE, figure, finish, percent_ticks


def gain_chart(
    model: pd.DataFrame, rule: pd.DataFrame, *, rule_name: str, event: str, **words: str
) -> Chart:
    """Share of all events found when customers are contacted best score first.

    Parameters
    ----------
    model, rule : DataFrame, one row per distinct score
        As given by `measures.forecasts.gain.gain_curve`.
    rule_name : str
        What the plain rule is called on its line.
    event : str
        What is found, in the plural: 'lapses'.
    **words
        title, subtitle, alt, source of the chart.
    """
    fig, axes = figure(3.8)
    axes.plot([0, 1], [0, 1], color=PALETTE.grey, linestyle=DASHES[2], linewidth=1.6)
    axes.annotate("by chance", (0.86, 0.80), color="#56606b", ha="left", va="top")
    _curve(axes, model, PALETTE.blue, DASHES[0], "model")
    _curve(axes, rule, PALETTE.orange, DASHES[1], f"rule: {rule_name}")
    axes.set_xlabel("Share of customers contacted")
    axes.set_ylabel(f"Share of the {event} found")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.01)
    axes.legend(loc="lower right", handlelength=2.6)
    percent_ticks(axes.xaxis)
    percent_ticks(axes.yaxis)
    data = pd.concat({"model": model, "rule": rule}, names=["order"]).reset_index(level=0)
    return finish(fig, data=data, **words)


def _curve(axes: object, curve: pd.DataFrame, colour: str, dash: object, label: str) -> None:
    axes.plot(
        curve["contacted_share"], curve["found_share"], color=colour, linestyle=dash, label=label
    )
