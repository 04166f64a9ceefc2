"""Cohorts on the page: a chart where there is one, a sentence where there is none."""

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.charts.chart import Chart
from crm_helpers.measures.value.cohort_retention import repeat_rates
from crm_helpers.questions.profitability import cohorts as pages


@pytest.fixture
def report():
    found = {}
    source = SimpleNamespace(title="Demo")
    return SimpleNamespace(
        source=source,
        as_of=dt.date(2024, 6, 30),
        findings=found,
        find=lambda name, value, **beside: found.update({name: value}),
    )


def rates(months):
    start = pd.date_range("2024-01-01", periods=months, freq="MS")
    frame = pd.DataFrame({"cohort_month": start, "customers": 10, "repeat_customers": 4})
    return repeat_rates(frame.assign(is_first_month=False))


def test_repeat_rates_become_a_chart_with_the_last_month_in_its_alt(report):
    chart = pages.repeat_page(rates(3), report, repeat_days=90)
    assert isinstance(chart, Chart)
    assert "March 2024, 40" in chart.alt
    assert "30 new customers" in chart.subtitle


def test_without_a_month_old_enough_there_is_a_sentence_and_no_finding(report):
    html = pages.repeat_page(rates(0), report, repeat_days=90).html
    assert "once all its customers had time" in html
    pages.find_repeat(report, rates(0))
    assert report.findings == {}


def test_the_repeat_rate_is_found_over_all_months(report):
    pages.find_repeat(report, rates(2))
    assert report.findings == {"repeat_rate": 0.4}


def retention(months):
    return pd.DataFrame(
        {
            "months_since": range(1, months + 1),
            "customers": 100,
            "retention_share": [0.4 / n for n in range(1, months + 1)],
            "retention_low": 0.05,
            "retention_high": 0.5,
        }
    )


def test_retention_answers_with_the_last_month(report):
    assert pages.retention_answer(retention(4)) == (
        "10 of 100 customers place an order in month 4 after their first"
    )
    assert isinstance(pages.retention_page(retention(4), report), Chart)


def test_retention_without_a_second_month_is_told(report):
    assert pages.retention_answer(retention(0)).startswith("No customer has been watched")
    assert "second whole month" in pages.retention_page(retention(0), report).html
