"""Whether new customers come back and stay: cohorts by month of first order -> rates, curve."""

import pandas as pd
from scipy.stats import chi2_contingency

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.cohort_retention import repeat_chart, retention_chart
from crm_helpers.features.cohorts import cohort_activity, cohort_repeat
from crm_helpers.measures.value.cohort_retention import (
    overall_repeat,
    repeat_rates,
    retention_curve,
)
from crm_helpers.page.numerals import is_known, number, orders_until, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section
from crm_helpers.page.words import Html, paragraph

# A change that chance alone makes as often as this is not told.
NOISE_LEVEL = 0.05


def rates(report: Report, *, repeat_days: int) -> pd.DataFrame:
    """Share of each month's new customers who ordered again in time.

    Parameters
    ----------
    report : Report
    repeat_days : int
        Days after the first order within which the second one counts.

    Returns
    -------
    DataFrame, one row per month of first orders whose customers all had these days
        cohort_month, customers, repeat_customers, is_first_month
        repeat_rate, repeat_low, repeat_high : float in [0, 1]
    """
    return repeat_rates(report.features(cohort_repeat, repeat_days=repeat_days))


def retention(report: Report) -> pd.DataFrame:
    """Share of customers who ordered in each month after their first order.

    Returns
    -------
    DataFrame, one row per month of life from 1 on
        months_since, cohorts, customers, active_customers
        retention_share, retention_low, retention_high : float in [0, 1]
    """
    return retention_curve(report.features(cohort_activity))


def come_back(report: Report, repeats: pd.DataFrame, *, repeat_days: int) -> Section:
    """Share of new customers who order a second time.

    Parameters
    ----------
    report : Report
    repeats : DataFrame, one row per month of first orders
        As `rates` gives it.
    repeat_days : int

    Returns
    -------
    Section
        says : share over all months; figure : dots by month of first order
        data : one row per month drawn, columns as `rates` gives them; words alone without one
        findings : repeat_rate, where there is a month
    """
    again = overall_repeat(repeats)
    shown = repeat_page(report, repeats, repeat_days=repeat_days)
    found = section(again_answer(again, repeat_days), shown)
    if repeats.empty:
        return found
    return found.finds("repeat_rate", again, unit="share", n=int(repeats["customers"].sum()))


def stay(report: Report, curve: pd.DataFrame) -> Section:
    """How many customers still order long after their first order.

    Parameters
    ----------
    report : Report
    curve : DataFrame, one row per month of life
        As `retention` gives it.

    Returns
    -------
    Section
        says : share in the last month watched; figure : line by months after the first order
        data : one row per month, columns as `retention` gives them; words alone without one
    """
    return section(retention_answer(curve), retention_page(report, curve))


def again_answer(again: float, repeat_days: int) -> str:
    """Share of new customers who order again in time."""
    if not is_known(again):
        return f"No new customer has been watched for {number(repeat_days)} days yet"
    return f"{per_hundred(again, 'new customers')} order again within {number(repeat_days)} days"


def repeat_page(report: Report, repeats: pd.DataFrame, *, repeat_days: int) -> Chart | Html:
    """Chart of the repeat rate by month of first order, or a sentence."""
    if repeats.empty:
        return paragraph("A month of first orders appears here once all its customers had time.")
    again, last = overall_repeat(repeats), repeats.iloc[-1]
    return repeat_chart(
        repeats,
        overall=again,
        title=repeat_title(repeats),
        subtitle=f"Share who ordered again within {number(repeat_days)} days, by month of first "
        f"order, {number(repeats['customers'].sum())} new customers, with 95 % interval",
        alt=f"Dots by month of first order around {percent(again)}; the last month, "
        f"{last['cohort_month']:%B %Y}, {percent(last['repeat_rate'])}.",
        source=orders_until(report.source.title, report.as_of),
    )


def repeat_title(repeats: pd.DataFrame) -> str:
    """Whether the latest month of new customers comes back otherwise than those before."""
    if len(repeats) < 2:
        return "One month of new customers has been watched long enough"
    last, before = repeats.iloc[-1], repeats.iloc[:-1]
    counts = [_both(last), _both(before[["customers", "repeat_customers"]].sum())]
    name = f"{last['cohort_month']:%B %Y}"
    if min(map(min, counts)) < 1 or chi2_contingency(counts).pvalue > NOISE_LEVEL:
        return f"New customers of {name} came back no more and no less than those before"
    earlier = before["repeat_customers"].sum() / before["customers"].sum()
    change = "more" if last["repeat_rate"] > earlier else "less"
    return (
        f"New customers of {name} came back {change} often: {percent(last['repeat_rate'])} after "
        f"{percent(earlier)}"
    )


def _both(row: pd.Series) -> list[float]:
    return [row["repeat_customers"], row["customers"] - row["repeat_customers"]]


def retention_answer(curve: pd.DataFrame) -> str:
    """How many customers order long after their first order."""
    if curve.empty:
        return "No customer has been watched for a whole month after the first order"
    last = curve.iloc[-1]
    return (
        f"{per_hundred(last['retention_share'], 'customers')} place an order in month "
        f"{number(last['months_since'])} after their first"
    )


def retention_page(report: Report, curve: pd.DataFrame) -> Chart | Html:
    """Chart of the share who ordered in each month of life, or a sentence."""
    if curve.empty:
        return paragraph("The curve begins with the second whole month of the data.")
    first, last = curve.iloc[0], curve.iloc[-1]
    falls = f"{percent(first['retention_share'])} order in month 1"
    return retention_chart(
        curve,
        title=f"{falls}, {percent(last['retention_share'])} in month {last['months_since']:.0f}",
        subtitle="Share of customers who ordered in that month after their first order, "
        f"{number(first['customers'])} customers in month 1, {number(last['customers'])} in the "
        "last, with 95 % interval",
        alt=f"Line by months after the first order: {falls}, {percent(last['retention_share'])} "
        f"in month {last['months_since']:.0f}.",
        source=orders_until(report.source.title, report.as_of),
    )
