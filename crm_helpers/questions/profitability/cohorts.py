"""Cohorts on the page: repeat rates and retention -> chart, or a sentence where there is none."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.cohort_retention import repeat_chart, retention_chart
from crm_helpers.measures.value.cohort_retention import overall_repeat
from crm_helpers.page.numerals import day, number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.words import Html, paragraph
from crm_helpers.questions.profitability.words import repeat_title


def repeat_page(rates: pd.DataFrame, report: Report, *, repeat_days: int) -> Chart | Html:
    """Chart of the repeat rate by month of first order, or a sentence."""
    if rates.empty:
        return paragraph("A month of first orders appears here once all its customers had time.")
    again, last = overall_repeat(rates), rates.iloc[-1]
    return repeat_chart(
        rates,
        overall=again,
        title=repeat_title(rates),
        subtitle=f"Share who ordered again within {number(repeat_days)} days, by month of first "
        f"order, {number(rates['customers'].sum())} new customers, with 95 % interval",
        alt=f"Dots by month of first order around {percent(again)}; the last month, "
        f"{last['cohort_month']:%B %Y}, {percent(last['repeat_rate'])}.",
        source=_source(report),
    )


def find_repeat(report: Report, rates: pd.DataFrame) -> None:
    """Keep the repeat rate as a finding, where a month has been watched long enough."""
    if len(rates):
        customers = int(rates["customers"].sum())
        report.find("repeat_rate", overall_repeat(rates), unit="share", n=customers)


def retention_answer(retention: pd.DataFrame) -> str:
    """How many customers order long after their first order."""
    if retention.empty:
        return "No customer has been watched for a whole month after the first order"
    last = retention.iloc[-1]
    return (
        f"{per_hundred(last['retention_share'], 'customers')} place an order in month "
        f"{number(last['months_since'])} after their first"
    )


def retention_page(retention: pd.DataFrame, report: Report) -> Chart | Html:
    """Chart of the share who ordered in each month of life, or a sentence."""
    if retention.empty:
        return paragraph("The curve begins with the second whole month of the data.")
    first, last = retention.iloc[0], retention.iloc[-1]
    falls = f"{percent(first['retention_share'])} order in month 1"
    return retention_chart(
        retention,
        title=f"{falls}, {percent(last['retention_share'])} in month {last['months_since']:.0f}",
        subtitle="Share of customers who ordered in that month after their first order, "
        f"{number(first['customers'])} customers in month 1, {number(last['customers'])} in the "
        "last, with 95 % interval",
        alt=f"Line by months after the first order: {falls}, {percent(last['retention_share'])} "
        f"in month {last['months_since']:.0f}.",
        source=_source(report),
    )


def _source(report: Report) -> str:
    return f"{report.source.title}, orders until {day(report.as_of)}"
