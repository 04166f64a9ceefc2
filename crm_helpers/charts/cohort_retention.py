"""Retention and repeat rates -> lines and dots with their intervals."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.theme import PALETTE, figure, finish, percent_ticks, reference_line

MOST_COHORTS = 12


def retention_chart(curve: pd.DataFrame, **words: str) -> Chart:
    """Share of customers who ordered in each month after the first order, with its interval.

    Parameters
    ----------
    curve : DataFrame
        months_since, retention_share, retention_low, retention_high, as
        `measures.value.cohort_retention.retention_curve` gives them.
    **words
        title, subtitle, alt, source of the chart.
    """
    fig, axes = figure(3.3)
    x = curve["months_since"]
    axes.fill_between(
        x, curve["retention_low"], curve["retention_high"], color=PALETTE.blue, alpha=0.2, lw=0
    )
    axes.plot(x, curve["retention_share"], color=PALETTE.blue, marker="o", markersize=4)
    axes.set(xlabel="Months after the first order", ylabel="Ordered in that month")
    axes.set_ylim(0, curve["retention_high"].max() * 1.15)
    axes.xaxis.get_major_locator().set_params(integer=True)
    percent_ticks(axes.yaxis)
    return finish(fig, data=curve, **words)


def repeat_chart(rates: pd.DataFrame, *, overall: float, **words: str) -> Chart:
    """Share of each month's new customers who ordered a second time, with its interval.

    Parameters
    ----------
    rates : DataFrame
        cohort_month, repeat_rate, repeat_low, repeat_high, as
        `measures.value.cohort_retention.repeat_rates` gives them; the latest twelve are drawn.
    overall : float in [0, 1]
        Share over all cohorts, drawn as reference.
    **words
        title, subtitle, alt, source of the chart.
    """
    drawn = rates.tail(MOST_COHORTS).reset_index(drop=True)
    fig, axes = figure(3.3)
    share = drawn["repeat_rate"]
    reach = [share - drawn["repeat_low"], drawn["repeat_high"] - share]
    axes.errorbar(drawn.index, share, yerr=reach, fmt="o", color=PALETTE.blue, capsize=4)
    reference_line(axes, overall, "all months")
    labels = [f"{month:%b}\n{month:%y}" for month in drawn["cohort_month"]]
    axes.set_xticks(drawn.index, labels)
    axes.set(xlabel="Month of the first order", ylabel="Ordered again")
    axes.set_xlim(-0.27 * len(drawn), len(drawn) - 0.5)
    axes.set_ylim(0, max(drawn["repeat_high"].max(), overall) * 1.15)
    percent_ticks(axes.yaxis)
    return finish(fig, data=drawn, **words)
