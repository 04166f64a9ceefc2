"""Leads: what became of each, and how many become customers when -> frames, one section."""

import numpy as np
import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.conversion import conversion_chart
from crm_helpers.features.leads import lead_outcomes
from crm_helpers.features.won_customers import won_customers
from crm_helpers.measures.survival.curve_pairs import clearest_pair, curve_pairs
from crm_helpers.measures.survival.kaplan_meier import share_at
from crm_helpers.models.survival.conversion import ConversionTime, conversion_curve, conversion_time
from crm_helpers.page.names import values_in_words
from crm_helpers.page.needs import need
from crm_helpers.page.numerals import capital, counted, interval, number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import answer, note

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
        Channels are compared within so many at the most; twice as many are shown.
    min_group : int
        Channels with fewer leads are not shown, nor days on which fewer were watched.

    Returns
    -------
    Section
        data : one row per channel and day with a conversion, columns channel, day, open_count,
        converted_share, low, high; findings : final_conversion
    """
    outcomes = outcomes.assign(channel=values_in_words("channel", outcomes["channel"]))
    curves = _curves(outcomes, min_group)
    says = (
        f"Of 100 leads {number(100 * waiting.final_share, 0)} become customers sooner or later, "
        f"half of them within {number(waiting.median_days())} days"
    )
    shown = Section.of(answer(says), note(_late_words(waiting)))
    if curves:
        shown = section(says, _chart(report, outcomes, curves, outcome_days), _late_words(waiting))
    return shown.finds("final_conversion", waiting.final_share, "share", n=len(outcomes))


def common_day(curves: dict[str, pd.DataFrame], *, latest: int) -> float:
    """Day at which channels are compared: the latest that two of them have reached.

    Parameters
    ----------
    curves : dict of str to DataFrame
        Each as far as enough leads were watched.
    latest : int
        No later day is taken.

    Returns
    -------
    float
    """
    reached = sorted((float(curve["day"].iloc[-1]) for curve in curves.values()), reverse=True)
    return min(float(latest), reached[min(1, len(reached) - 1)])


def compared(
    outcomes: pd.DataFrame, curves: dict[str, pd.DataFrame], *, at_day: float
) -> pd.DataFrame:
    """Every pair of the channels that were watched for so long, at that day.

    Parameters
    ----------
    outcomes : DataFrame, one row per lead
    curves : dict of str to DataFrame
        Channels shown.
    at_day : float

    Returns
    -------
    DataFrame, one row per pair
        As given by `measures.survival.curve_pairs`; the first converts fewer.
    """
    names = [name for name, curve in curves.items() if curve["day"].iloc[-1] >= at_day]
    rows = outcomes[outcomes["channel"].isin(names)]
    lives = rows.rename(
        columns={"channel": "group", "open_days": "exit_time", "is_converted": "ended"}
    )
    return curve_pairs(lives.assign(entry=-np.inf), time=at_day)


def _curves(outcomes: pd.DataFrame, min_group: int) -> dict[str, pd.DataFrame]:
    """Conversion curve of each of the largest channels, while enough leads were watched."""
    sizes = outcomes["channel"].value_counts()
    largest = sizes[sizes >= max(min_group, 1)].index[:MOST_LINES]
    parts = {channel: outcomes[outcomes["channel"] == channel] for channel in largest}
    return {
        c: conversion_curve(p["open_days"], p["is_converted"], least=min_group)
        for c, p in parts.items()
    }


def _chart(
    report: Report, outcomes: pd.DataFrame, curves: dict[str, pd.DataFrame], outcome_days: int
) -> Chart:
    at_day = common_day(curves, latest=outcome_days)
    said = _difference(curves, compared(outcomes, curves, at_day=at_day), at_day)
    young = [name for name, curve in curves.items() if curve["day"].iloc[-1] < at_day]
    left_out = f"; watched too short to be compared: {', '.join(young)}" if young else ""
    return conversion_chart(
        curves,
        days=2 * outcome_days,
        title=said,
        subtitle=f"Share of leads converted, by days since they came in; {number(len(outcomes))} "
        f"leads, each line as long as enough were watched{left_out}",
        alt=f"Rising steps, one line per channel. {said}.",
        source=f"{report.source.title}, leads",
    )


def _difference(curves: dict[str, pd.DataFrame], pairs: pd.DataFrame, at_day: float) -> str:
    """Which two channels differ beyond chance at the common day, or that none do."""
    within = f"within {counted(int(at_day), 'day')}"
    clear = clearest_pair(pairs)
    if clear is not None:
        few, many = percent(1 - clear["first_share"]), percent(1 - clear["second_share"])
        more, less = capital(clear["second"]), clear["first"]
        return f"{more} converts more than {less}: {many} against {few} {within}"
    shares = sorted(
        share_at(c.rename(columns={"day": "time"}), at_day, "converted_share")
        for c in curves.values()
        if c["day"].iloc[-1] >= at_day
    )
    if len(shares) == 1:
        return f"{percent(shares[0])} of leads convert {within}"
    spread = interval(shares[0], shares[-1], percent)
    return f"No difference between channels is shown: {spread} convert {within}"


def _late_words(waiting: ConversionTime) -> str:
    days = np.array([0.0, 30.0, 90.0])
    ahead = 100 * waiting.chance_ahead(days, 30.0)
    return (
        f"A new lead converts within 30 days with a chance of {number(ahead[0], 1)} of 100, "
        f"one open for 30 days with {number(ahead[1], 1)}, one open for 90 days with "
        f"{number(ahead[2], 1)}. Who brings them, and what they ask for, differs by channel."
    )
