"""Who the customers are: segments by stated rules -> what each brings, and the rule behind it."""

import pandas as pd

from crm_helpers.charts.segment_profiles import segment_shares_chart
from crm_helpers.features.data_span import TwoDays, data_span
from crm_helpers.models.segments.rfm import RfmSegments
from crm_helpers.page.numerals import day, number, orders_until, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent, section
from crm_helpers.page.words import table
from crm_helpers.questions.segmentation.phrases import segment_rules


def looked_back(report: Report, days: TwoDays | Section, *, observation_days: int) -> int:
    """Days that the segments look back: as far as on the earlier day, where there is one.

    Parameters
    ----------
    report : Report
    days : TwoDays, or absent
        As `chances.two_days` gives them.
    observation_days : int
        Days asked for.
    """
    if not is_absent(days):
        return days.observation_days
    known = report.features(data_span)["days_of_data"].iloc[0]
    return max(1, min(observation_days, int(known)))


def shares(
    report: Report, profiles: pd.DataFrame, customers: pd.DataFrame, *, window_days: int
) -> Section:
    """Share of the customers and of the revenue that each segment holds.

    Parameters
    ----------
    report : Report
    profiles : DataFrame, one row per segment shown
        As `measures.value.segment_profiles.segment_profiles` gives them.
    customers : DataFrame, one row per customer
        Counted alone.
    window_days : int
        As `looked_back` gives it.

    Returns
    -------
    Section
        says : the segment that brings most; figure : two bars per segment
        data : one row per segment, columns segment, customers, customers_share, revenue_share,
        recency_median, orders_mean, order_value, revenue_mean; findings : segments
    """
    best = profiles.loc[profiles["revenue_share"].idxmax()]
    most = profiles.loc[profiles["customers_share"].idxmax()]
    brings = f"bring {percent(best['revenue_share'])} of the revenue"
    chart = segment_shares_chart(
        profiles,
        title=f"{most['segment']} is the largest segment: {percent(most['customers_share'])} of "
        f"the customers, {percent(most['revenue_share'])} of the revenue",
        subtitle=f"Share of {number(len(customers))} customers and of their revenue after "
        f"returns, {number(window_days)} days to {day(report.as_of)}",
        alt=f"Bars by segment: {best['segment']} {percent(best['customers_share'])} of customers, "
        f"{percent(best['revenue_share'])} of revenue.",
        source=orders_until(report.source.title, report.as_of),
    )
    says = f"{best['segment']}, {per_hundred(best['customers_share'], 'customers')}, {brings}"
    found = section(says, chart)
    return found.finds("segments", len(profiles), unit="segments", n=len(customers))


def cut_points(
    report: Report,
    rules: RfmSegments,
    profiles: pd.DataFrame,
    *,
    window_days: int,
    min_group: int,
) -> Section:
    """Rule of each segment in words.

    Parameters
    ----------
    report : Report
    rules : RfmSegments
        Fitted.
    profiles : DataFrame, one row per segment shown
        segment, customers.
    window_days : int
        As `looked_back` gives it.
    min_group : int
        Segments with fewer customers are not in the profiles.

    Returns
    -------
    Section
        says : the cut points of frequent and quiet
        data : one row per segment, the columns of profiles and rule (text)
    """
    words = segment_rules(rules, report.currency)
    # Three columns, so that a phone can show them.
    shown = table(
        profiles.assign(rule=profiles["segment"].map(words)),
        {"segment": "Segment", "rule": "Rule", "customers": ("Customers", number)},
    )
    return section(
        f"{number(rules.frequent_orders_)} orders within {number(window_days)} days "
        f"make a frequent customer, {number(rules.quiet_days_)} days without one a quiet one",
        shown,
        "The cut points belong to this report: next quarter's fifths may lie elsewhere. Segments "
        f"under {number(min_group)} customers are not shown.",
    )
