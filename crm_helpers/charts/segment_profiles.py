"""Segments -> share of customers beside share of revenue, and how likely each orders again."""

import numpy as np
import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import HATCHES, PALETTE, figure, finish, percent_ticks, reference_line


def segment_shares_chart(profiles: pd.DataFrame, **words: str) -> Chart:
    """Two bars per segment: its share of the customers, and of the revenue.

    Parameters
    ----------
    profiles : DataFrame
        segment, customers_share, revenue_share, as `measures.value.segment_profiles` gives them.
    **words
        title, subtitle, alt, source of the chart.
    """
    fig, axes = figure(0.9 + 0.55 * len(profiles))
    place = np.arange(len(profiles))
    shares = {"of customers": "customers_share", "of revenue": "revenue_share"}
    colours = (PALETTE.grey, PALETTE.blue)
    for number, (label, column) in enumerate(shares.items()):
        bars = axes.barh(
            place + (number - 0.5) * 0.4,
            profiles[column],
            height=0.38,
            color=colours[number],
            hatch=HATCHES[number],
            label=f"share {label}",
        )
        axes.bar_label(bars, [f"{share * 100:.0f} %" for share in profiles[column]], padding=4)
    axes.set_yticks(place, profiles["segment"])
    axes.invert_yaxis()
    axes.set_xlim(0, profiles[list(shares.values())].to_numpy().max() * 1.18)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.grid(visible=False)
    fig.legend(loc="outside upper right", ncols=2)
    return finish(fig, data=profiles, **words)


def order_chance_chart(outcomes: pd.DataFrame, *, overall: float, **words: str) -> Chart:
    """Share of each segment that ordered in the time that followed, with its interval.

    Parameters
    ----------
    outcomes : DataFrame
        segment, order_chance, order_chance_low, order_chance_high, as
        `measures.value.segment_profiles.segment_outcomes` gives them.
    overall : float in [0, 1]
        Share of all customers, drawn as reference.
    **words
        title, subtitle, alt, source of the chart.
    """
    fig, axes = figure(0.9 + 0.4 * len(outcomes))
    place, chance = np.arange(len(outcomes)), outcomes["order_chance"]
    reach = [chance - outcomes["order_chance_low"], outcomes["order_chance_high"] - chance]
    axes.errorbar(chance, place, xerr=reach, fmt="o", color=PALETTE.blue, capsize=4)
    for x, y in zip(outcomes["order_chance_high"], place, strict=True):
        axes.annotate(
            f"{chance.iloc[y] * 100:.0f} %",
            (x, y),
            (8, -5),
            textcoords="offset points",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )
    axes.set_yticks(place, outcomes["segment"])
    axes.set_ylim(len(outcomes) - 0.5, -1.2)
    axes.set_xlim(0, 1.08)
    reference_line(axes, overall, "all", vertical=True)
    axes.set_xlabel("Ordered in the time that followed")
    percent_ticks(axes.xaxis)
    axes.grid(visible=False, axis="y")
    return finish(fig, data=outcomes, **words)
