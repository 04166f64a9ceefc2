"""Tickets and calls: how many, how often again, how long."""

import pandas as pd
import pytest

from crm_helpers.questions.satisfaction.service import cases, workload

TIMED = {"feedback": ("given_at", "collected_by", "resolved_at")}


def tickets(*rows: tuple) -> pd.DataFrame:
    """Cases from period, repeat, days until closed (None: open)."""
    frame = pd.DataFrame(list(rows), columns=["period", "is_repeat", "case_days"])
    return frame.assign(
        feedback_id=[f"f{n}" for n in range(len(frame))],
        customer_id=[f"c{n}" for n in range(len(frame))],
        case_days=frame["case_days"].astype(float),
        is_open=frame["case_days"].isna(),
    )


ROWS = tickets(
    (0, False, 1.0),
    (0, True, 3.0),
    (0, False, None),
    (0, False, None),
    (1, False, 2.0),
    (2, True, 9.0),
)


def test_source_without_ways_of_collecting_says_what_to_add(told, nobody):
    found = cases(told({"feedback": ("given_at",)}), nobody, period_days=91)
    assert "The source has no collected_by in feedback" in found.reason
    assert workload(found, period_days=91).reason == found.reason


def test_last_period_without_a_case_has_no_workload(told, nobody):
    report = told(TIMED, service_cases=tickets((1, False, 2.0)))
    found = cases(report, nobody, period_days=91)
    assert found.reason == "The source has no tickets or calls of the last period."


def test_cases_of_both_periods_are_counted_with_repeats_times_and_open_ones(told, nobody):
    section = workload(
        cases(told(TIMED, service_cases=ROWS), nobody, period_days=91), period_days=91
    )
    assert section.says == "4 tickets and calls, 1 in the period before; 2 of them still open"
    assert section.data["cases"].tolist() == [1, 4]
    assert section.data["repeats"].tolist() == [0.0, 0.25]
    assert section.data["days"].tolist() == [2.0, 2.0]
    assert section.data["slow"].tolist() == pytest.approx([2.0, 2.8])
    assert section.findings == {
        "service_cases": {"value": 4, "unit": "cases"},
        "open_cases": {"value": 2, "unit": "cases", "n": 4},
    }


def test_source_that_never_says_when_a_case_closed_counts_no_open_ones(told, nobody):
    report = told({"feedback": ("given_at", "collected_by")}, service_cases=ROWS)
    found = cases(report, nobody, period_days=91)
    assert found["is_open"].isna().all()
    section = workload(found, period_days=91)
    assert section.says == "4 tickets and calls, 1 in the period before"
    assert list(section.findings) == ["service_cases"]
    assert "Still open" not in section.html


def test_who_refused_to_be_profiled_is_not_counted(told):
    agreed = pd.DataFrame({"customer_id": ["c0"], "may_profile": [True]})
    found = cases(told(TIMED, service_cases=ROWS), agreed, period_days=91)
    assert found["customer_id"].tolist() == ["c0"]
