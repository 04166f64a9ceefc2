"""Cohorts on the page: a chart where there is one, a sentence where there is none."""

import pandas as pd
import pytest

from crm_helpers.charts.chart import Chart
from crm_helpers.measures.value.cohort_retention import repeat_rates
from crm_helpers.questions.profitability import cohorts as pages


def plain(text):
    return text.replace("\u00a0", " ")


def rates(months):
    start = pd.date_range("2024-01-01", periods=months, freq="MS")
    frame = pd.DataFrame({"cohort_month": start, "customers": 10, "repeat_customers": 4})
    return repeat_rates(frame.assign(is_first_month=False))


def test_repeat_rates_become_a_chart_with_the_last_month_in_its_alt(report):
    chart = pages.repeat_page(report, rates(3), repeat_days=90)
    assert isinstance(chart, Chart)
    assert "March 2024, 40" in chart.alt
    assert "30 new customers" in chart.subtitle


def test_without_a_month_old_enough_there_is_a_sentence_and_no_finding(report):
    found = pages.come_back(report, rates(0), repeat_days=90)
    assert "once all its customers had time" in found.html
    assert found.says == "No new customer has been watched for 90 days yet"
    assert found.findings == {}


def test_the_repeat_rate_is_found_over_all_months(report):
    found = pages.come_back(report, rates(2), repeat_days=90)
    assert found.says == "40 of 100 new customers order again within 90 days"
    assert found.findings == {"repeat_rate": {"value": 0.4, "unit": "share", "n": 20}}
    assert found.data["repeat_customers"].tolist() == [4, 4]


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
    found = pages.stay(report, retention(4))
    assert found.says == "10 of 100 customers place an order in month 4 after their first"
    assert isinstance(found.parts[1], Chart)
    pd.testing.assert_frame_equal(found.data, retention(4))


def test_retention_without_a_second_month_is_told(report):
    assert pages.retention_answer(retention(0)).startswith("No customer has been watched")
    assert "second whole month" in pages.stay(report, retention(0)).html


def test_no_cohort_old_enough_is_told():
    assert (
        pages.again_answer(float("nan"), 90) == "No new customer has been watched for 90 days yet"
    )


def counted(*pairs):
    frame = pd.DataFrame(pairs, columns=["repeat_customers", "customers"])
    months = pd.date_range("2024-01-01", periods=len(pairs), freq="MS")
    return frame.assign(cohort_month=months, repeat_rate=frame.iloc[:, 0] / frame.iloc[:, 1])


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (((50, 100), (48, 100)), "no more and no less"),
        (((500, 1000), (20, 100)), "came back less often: 20 % after 50 %"),
        (((500, 1000), (80, 100)), "came back more often: 80 % after 50 %"),
        (((5, 10),), "One month"),
        (((0, 10), (0, 10)), "no more and no less"),
    ],
)
def test_a_change_of_the_repeat_rate_is_told_only_beyond_noise(pairs, expected):
    assert expected in plain(pages.repeat_title(counted(*pairs)))


def test_rates_leave_out_the_first_month_of_the_data(report):
    report.frames["cohort_repeat"] = pd.DataFrame(
        {
            "cohort_month": pd.date_range("2024-01-01", periods=3, freq="MS"),
            "customers": [90, 10, 20],
            "repeat_customers": [80, 4, 5],
            "is_first_month": [True, False, False],
        }
    )
    assert pages.rates(report, repeat_days=90)["repeat_rate"].tolist() == [0.4, 0.25]


def test_a_month_without_an_order_counts_as_nobody(report):
    report.frames["cohort_activity"] = pd.DataFrame(
        {
            "cohort_month": pd.to_datetime(["2024-02-01", "2024-02-01"]),
            "months_since": [0, 2],
            "customers": 10,
            "active_customers": [10, 3],
            "is_first_month": False,
        }
    )
    rows = pages.retention(report)
    assert rows["months_since"].tolist() == [1, 2]
    assert rows["retention_share"].tolist() == [0.0, 0.3]
