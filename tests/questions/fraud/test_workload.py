from crm_helpers.page.section import is_absent
from crm_helpers.questions.fraud.detection import Capacity
from crm_helpers.questions.fraud.workload import by_capacity, how_many
from tests.questions.fraud.fraud_rows import REPORT, detected, rows


def test_more_cases_a_day_find_no_less():
    found = by_capacity(detected())
    assert found["daily"].tolist() == [1, 2, 5, 10, 20, 50]
    assert found["found"].is_monotonic_increasing
    shown = how_many(REPORT, detected(), found)
    assert shown.data["net"].tolist() == found["net_value"].tolist()


def test_without_dates_no_day_can_be_weighed():
    undated = by_capacity(detected(rows=rows().drop(columns="age_days")))
    assert is_absent(undated)
    assert is_absent(how_many(REPORT, detected(), undated))


def test_one_half_chooses_the_other_values():
    found = by_capacity(detected())
    # Both frauds lie in the later half: the earlier one has nothing to choose by.
    assert found["earlier_value"].tolist() == [0.0] * 6
    assert found["net_value"].tolist() == [900 * 0.5 - 3] * 6
    assert found["cases"].tolist() == [1] * 6


def test_a_test_of_one_period_cannot_be_halved():
    short = detected(capacity=Capacity(cases_per_day=1, review_days=30))
    assert by_capacity(short).reason == (
        "the test is too short to choose in one half and to value in the other."
    )


def test_a_capacity_that_is_not_needed_is_said_and_one_case_is_one():
    shown = how_many(REPORT, detected(), by_capacity(detected()))
    assert shown.says == (
        "1 case in 4 days was worth a check, fewer than the 1 a day that can be opened"
    )
    assert "1 case a day" in shown.parts[1].title
