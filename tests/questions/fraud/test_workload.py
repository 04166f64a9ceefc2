from crm_helpers.page.section import is_absent
from crm_helpers.questions.fraud.workload import by_capacity, how_many
from tests.questions.fraud.fraud_rows import REPORT, detected, rows


def test_more_cases_a_day_find_no_less():
    found = by_capacity(detected())
    assert found["daily"].tolist() == [1, 2, 5, 10, 20, 50]
    assert found["found"].is_monotonic_increasing
    shown = how_many(REPORT, detected(), found, test_days=8)
    assert shown.data["net"].tolist() == found["net_value"].tolist()


def test_without_dates_no_day_can_be_weighed():
    undated = by_capacity(detected(rows=rows().drop(columns="age_days")))
    assert is_absent(undated)
    assert is_absent(how_many(REPORT, detected(), undated, test_days=8))
