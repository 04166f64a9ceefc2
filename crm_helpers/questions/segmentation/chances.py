"""How likely each segment orders again: segments of an earlier day, later orders -> shares."""

import pandas as pd

from crm_helpers.charts.segment_profiles import order_chance_chart
from crm_helpers.features.data_span import TwoDays
from crm_helpers.page.numerals import day, number, orders_until, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section


def has_ordered(before: pd.DataFrame, later: pd.DataFrame) -> pd.Series:
    """Whether each customer of an earlier day ordered in the days that followed.

    Parameters
    ----------
    before : DataFrame, one row per customer of the earlier day
        customer_id.
    later : DataFrame, one row per customer with a sale or a return afterwards
        customer_id, frequency_orders, as `features.customer_value` gives them.

    Returns
    -------
    Series of bool, indexed as before
        False for a customer who only sent something back.
    """
    ordered = later.set_index("customer_id")["frequency_orders"] > 0
    return before["customer_id"].map(ordered).eq(True).rename("has_ordered")


def order_chances(
    report: Report, outcomes: pd.DataFrame, ordered: pd.Series, days: TwoDays
) -> Section:
    """Share of each segment of the earlier day that ordered in the days after it.

    Parameters
    ----------
    report : Report
    outcomes : DataFrame, one row per segment shown
        As `measures.value.segment_profiles.segment_outcomes` gives them.
    ordered : Series of bool, one per customer of the earlier day
    days : TwoDays

    Returns
    -------
    Section
        says : the most and the least likely segment; figure : dots with intervals
        data : one row per segment, columns segment, earlier_customers, ordered_customers,
        order_chance, order_chance_low, order_chance_high (shares from 0 to 1)
    """
    chances = outcomes.set_index("segment")["order_chance"]
    low, high, overall = chances.idxmin(), chances.idxmax(), ordered.mean()
    chart = order_chance_chart(
        outcomes,
        overall=overall,
        title=f"Of all customers, {percent(overall)} ordered again",
        subtitle=f"Share who ordered in the {days.outcome_days} days after {day(days.earlier)}, "
        f"with 95 % interval, {number(len(ordered))} customers",
        alt=f"Dots with intervals by segment, from {low} {percent(chances[low])} to {high} "
        f"{percent(chances[high])}.",
        source=orders_until(report.source.title, report.as_of),
    )
    says = (
        f"{per_hundred(chances[high])} {high} ordered within {days.outcome_days} days, "
        f"{per_hundred(chances[low])} in {low}"
    )
    return section(says, chart)
