from pathlib import Path

import pytest

from crm_helpers.questions.overview import agreement as q
from tests.questions.overview.test_quarter import NOW, put, read


def test_reports_that_state_other_numbers_are_found(tmp_path: Path) -> None:
    put(tmp_path, NOW, "churn", findings={"customers": {"value": 5, "unit": "customers"}})
    put(tmp_path, NOW, "profitability", findings={"customers": {"value": 6, "unit": "customers"}})
    quarter = read(tmp_path, "churn", "profitability")
    (row,) = q.disagreements(quarter).to_dict("records")
    assert row == {
        "finding": "customers",
        "said": "profitability: 6 customers; churn: 5 customers",
    }


def test_the_last_bits_of_a_sum_are_no_disagreement(tmp_path: Path) -> None:
    put(tmp_path, NOW, "churn", findings={"sales": {"value": 0.1 + 0.2, "unit": "EUR"}})
    put(tmp_path, NOW, "profitability", findings={"sales": {"value": 0.3, "unit": "EUR"}})
    quarter = read(tmp_path, "churn", "profitability")
    assert q.disagreements(quarter).empty
    assert q.stated_by_several(quarter) == ["sales"]


@pytest.mark.parametrize(
    "other",
    [{"value": 5, "unit": "orders"}, {"value": "5", "unit": "x"}, {"value": 5.1, "unit": "x"}],
)
def test_another_unit_or_kind_is_a_disagreement(tmp_path: Path, other: dict) -> None:
    put(tmp_path, NOW, "churn", findings={"n": {"value": 5, "unit": "x"}})
    put(tmp_path, NOW, "profitability", findings={"n": other})
    assert len(q.disagreements(read(tmp_path, "churn", "profitability"))) == 1
