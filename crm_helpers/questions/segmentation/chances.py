"""How likely each segment orders again: segments of an earlier day, later orders -> shares."""

import pandas as pd

from crm_helpers.charts.segment_profiles import order_chance_chart
from crm_helpers.features.data_span import TwoDays, data_span
from crm_helpers.features.rfm import rfm
from crm_helpers.measures.value.segment_profiles import segment_outcomes, segments_differ
from crm_helpers.models.segments.rfm import RfmSegments, segment_of
from crm_helpers.page.numerals import day, number, orders_until, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.questions import consents
from crm_helpers.tables.needs import Skip


@unless_absent
def two_days(report: Report, *, observation_days: int, outcome_days: int) -> TwoDays:
    """as_of and the day outcome_days before it, with the longest window that both can have.

    Absent where four weeks do not remain before the earlier day.

    Returns
    -------
    TwoDays
    """
    length = {"observation_days": observation_days, "outcome_days": outcome_days}
    return TwoDays.of_outcome(report.features(data_span), as_of=report.as_of, **length)


@unless_absent
def customers_before(report: Report, agreed: pd.DataFrame, days: TwoDays) -> pd.DataFrame:
    """Customers of the earlier day who may be grouped.

    Absent where nobody had ordered by then.

    Returns
    -------
    DataFrame, one row per customer
        As `features.rfm` gives them.
    """
    window = {"as_of": days.earlier, "observation_days": days.observation_days}
    found = consents.who_may_be_grouped(report.features(rfm, **window), agreed)
    if found.empty:
        raise Skip(
            f"Nobody ordered in the {number(days.observation_days)} days to {day(days.earlier)}, "
            "so what followed such orders is not known."
        )
    return found


@unless_absent
def segments_before(rules: RfmSegments, before: pd.DataFrame) -> pd.Series:
    """Segment of each customer on the earlier day, by the cut points of now.

    Returns
    -------
    Series of category, indexed as before
    """
    return segment_of(rules, before)


@unless_absent
def outcomes(segment: pd.Series, ordered: pd.Series, *, min_group: int) -> pd.DataFrame:
    """Share of each earlier segment that ordered in the days that followed.

    Returns
    -------
    DataFrame, one row per segment shown
        As `measures.value.segment_profiles.segment_outcomes` gives them.
    """
    return segment_outcomes(segment, ordered, min_group=min_group)


@unless_absent
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


@unless_absent
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
        says : the most and the least likely segment, where they differ beyond chance
        figure : dots with intervals
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
    within = f"ordered within {days.outcome_days} days"
    if not segments_differ(outcomes):
        alike = f"{per_hundred(overall, 'customers')} {within}; no segment stands out beyond chance"
        return section(alike, chart)
    says = f"{per_hundred(chances[high])} {high} {within}, {per_hundred(chances[low])} in {low}"
    return section(says, chart)
