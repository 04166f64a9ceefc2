"""Leads: what became of each, and how many become customers when -> frames, one section."""

import numpy as np
import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.conversion import conversion_chart
from crm_helpers.features.leads import lead_outcomes
from crm_helpers.features.won_customers import won_customers
from crm_helpers.models.survival.conversion import ConversionTime, conversion_curve, conversion_time
from crm_helpers.page.needs import need
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import number, percent

MOST_LINES = 6


@unless_absent
def outcomes(report: Report) -> pd.DataFrame:
    """What became of each lead so far.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, one row per lead
        lead_id, channel : str; is_converted : bool; open_days : int, to the conversion or so
        far; cost : decimal
    """
    need(report.tables, leads=["lead_id", "created_on", "converted_on"])
    return report.features(lead_outcomes)


@unless_absent
def won(report: Report, *, follow_days: int, lost_days: int) -> pd.DataFrame:
    """Customers who came as leads and could be followed, with what they brought.

    Parameters
    ----------
    report : Report
    follow_days : int
        Days after the conversion that are followed.
    lost_days : int
        Last of those days, in which a customer without an order counts as lost.

    Returns
    -------
    DataFrame, one row per customer won
        customer_id, channel : str; is_lost : bool; followed_orders, followed_revenue,
        [followed_margin] : float
    """
    need(report.tables, leads=["customer_id"], transactions=["customer_id", "ordered_at"])
    return report.features(won_customers, follow_days=follow_days, lost_days=lost_days)


@unless_absent
def waiting(outcomes: pd.DataFrame) -> ConversionTime:
    """Time to conversion of all leads: the share that ever converts, and how soon.

    Parameters
    ----------
    outcomes : DataFrame, one row per lead
        From `outcomes`.

    Returns
    -------
    ConversionTime
        final_share, scale_days, shape.
    """
    return conversion_time(outcomes["open_days"], outcomes["is_converted"])


@unless_absent
def when(
    report: Report,
    outcomes: pd.DataFrame,
    waiting: ConversionTime,
    *,
    outcome_days: int,
    min_group: int,
) -> Section:
    """How many leads become customers, and when: a line per channel.

    Parameters
    ----------
    report : Report
    outcomes : DataFrame, one row per lead
    waiting : ConversionTime
    outcome_days : int
        Twice as many days are shown.
    min_group : int
        Channels with fewer leads are not shown.

    Returns
    -------
    Section
        data : one row per channel and day with a conversion, columns channel, day, open_count,
        converted_share, low, high; findings : final_conversion
    """
    curves = _curves(outcomes, min_group)
    chart = _chart(report, curves, leads_count=len(outcomes), days=2 * outcome_days)
    says = (
        f"Of 100 leads {number(100 * waiting.final_share, 0)} become customers sooner or later, "
        f"half of them within {number(waiting.median_days())} days"
    )
    shown = section(says, chart, _late_words(waiting))
    return shown.finds("final_conversion", waiting.final_share, "share", n=len(outcomes))


def _curves(outcomes: pd.DataFrame, min_group: int) -> dict[str, pd.DataFrame]:
    """Conversion curve of each of the largest channels."""
    sizes = outcomes["channel"].value_counts()
    largest = sizes[sizes >= min_group].index[:MOST_LINES]
    parts = {channel: outcomes[outcomes["channel"] == channel] for channel in largest}
    return {c: conversion_curve(p["open_days"], p["is_converted"]) for c, p in parts.items()}


def _chart(
    report: Report, curves: dict[str, pd.DataFrame], *, leads_count: int, days: int
) -> Chart:
    last = {c: float(curve["converted_share"].iloc[-1]) for c, curve in curves.items()}
    best, worst = max(last, key=last.get), min(last, key=last.get)
    return conversion_chart(
        curves,
        days=days,
        title=f"{best} converts best ({percent(last[best])}), {worst} least "
        f"({percent(last[worst])})",
        subtitle=f"Share of leads converted, by days since they came in; {number(leads_count)} "
        "leads, those still open counted for as long as they were watched",
        alt=f"Rising steps, one line per channel, highest {best} at {percent(last[best])}, "
        f"lowest {worst} at {percent(last[worst])}.",
        source=f"{report.source.title}, leads",
    )


def _late_words(waiting: ConversionTime) -> str:
    days = np.array([0.0, 30.0, 90.0])
    ahead = 100 * waiting.chance_ahead(days, 30.0)
    return (
        f"A new lead converts within 30 days with a chance of {number(ahead[0], 1)} of 100, "
        f"one open for 30 days with {number(ahead[1], 1)}, one open for 90 days with "
        f"{number(ahead[2], 1)}. Who brings them, and what they ask for, differs by channel."
    )
