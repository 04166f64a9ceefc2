"""How concentrated the profit is: profit of each customer -> curve, Gini, what the best bring."""

from dataclasses import dataclass

import pandas as pd

from crm_helpers.charts.concentration import concentration_chart
from crm_helpers.features.data_span import data_span
from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.measures.value.concentration import (
    FIFTH,
    concentration_curve,
    concentration_gini,
    concentration_intervals,
    gini_with_losses,
    share_for,
    top_share,
)
from crm_helpers.measures.value.profit_basis import ProfitBasis
from crm_helpers.page.numerals import day, number, orders_until, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section
from crm_helpers.page.words import table
from crm_helpers.questions.profitability.phrases import counted_from


@dataclass(frozen=True, repr=False, eq=False)
class Concentration:
    """How profit is spread over customers.

    Attributes
    ----------
    curve : DataFrame
        customers_share, value_share, best customer first.
    gini, top_share : float
        Gini coefficient, and what the best fifth of the customers bring.
    gini_interval, top_interval : Interval
        At 95 %, customers drawn again.
    """

    curve: pd.DataFrame
    gini: float
    top_share: float
    gini_interval: Interval
    top_interval: Interval

    def __repr__(self) -> str:
        """Both numbers with their intervals, in one line."""
        gini, top = self.gini_interval, self.top_interval
        return (
            f"Concentration: Gini {self.gini:.3f} ({gini.low:.3f} to {gini.high:.3f}), the best "
            f"{FIFTH:.0%} bring {self.top_share:.1%} ({top.low:.1%} to {top.high:.1%})"
        )


def study(earned: ProfitBasis, *, bootstraps: int, seed: int) -> Concentration:
    """Curve, Gini coefficient and share of the best fifth, with their intervals.

    Parameters
    ----------
    earned : ProfitBasis
        Profit of each customer.
    bootstraps : int
        Resamples behind the intervals.
    seed : int

    Returns
    -------
    Concentration
        curve (DataFrame: customers_share, value_share), gini, top_share, gini_interval,
        top_interval
    """
    reach = concentration_intervals(earned.profit, draws=bootstraps, seed=seed)
    return Concentration(
        curve=concentration_curve(earned.profit),
        gini=concentration_gini(earned.profit),
        top_share=top_share(earned.profit),
        gini_interval=reach["gini"],
        top_interval=reach["top_share"],
    )


def best_fifth(
    report: Report, spread: Concentration, earned: ProfitBasis, *, observation_days: int
) -> Section:
    """Share of the profit that the best fifth of the customers bring.

    Parameters
    ----------
    report : Report
    spread : Concentration
        As `study` gives it.
    earned : ProfitBasis
    observation_days : int
        Length of the window asked for.

    Returns
    -------
    Section
        says : what the best fifth bring; figure : curve over customers, best first
        data : one row per point drawn, columns customers_share, value_share
        findings : basis, profit_gini, top20_profit_share
    """
    n, basis, top = len(earned.profit), earned.basis, percent(spread.top_share)
    known_days = int(report.features(data_span)["days_of_data"].iloc[0])
    window = f"{number(min(observation_days, known_days))} days to {day(report.as_of)}"
    chart = concentration_chart(
        spread.curve,
        share=FIFTH,
        what=basis,
        title=f"Half of the {basis} comes from {percent(share_for(spread.curve, 0.5))} of the "
        "customers",
        subtitle=f"Share of {basis} ({counted_from(earned)}), {number(n)} customers, {window}",
        alt=f"Curve of the share of {basis} over customers, best first: {percent(FIFTH)} of them "
        f"bring {top}, all of them 100 %.",
        source=orders_until(report.source.title, report.as_of),
    )
    says = f"The best {percent(FIFTH)} of customers bring {top} of the {basis}"
    found = section(says, chart).finds("basis", basis)
    found = found.finds("profit_gini", spread.gini, **spread.gini_interval._asdict(), n=n)
    limits = spread.top_interval._asdict()
    return found.finds("top20_profit_share", spread.top_share, unit="share", **limits, n=n)


def gini(spread: Concentration, earned: ProfitBasis) -> Section:
    """Gini coefficient, and what losses do to it.

    Returns
    -------
    Section
        data : three rows (as it is, losses counted as zero, normalized), columns reading, gini,
        limits (text)
        findings : gini_without_losses
    """
    low, high = spread.gini_interval
    limits = [f"{low:.2f} to {high:.2f}", "", ""]
    shown = table(
        gini_with_losses(earned.profit).assign(limits=limits),
        {"reading": "Gini coefficient", "gini": ("Value", "{:.3f}".format), "limits": "95 %"},
        caption="0: all bring the same; 1: one brings all. Losses push it up; the normalized one "
        "stays below 1.",
    )
    without_losses = concentration_gini(earned.profit.clip(lower=0))
    return Section.of(shown).finds("gini_without_losses", without_losses)
