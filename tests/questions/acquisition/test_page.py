from types import SimpleNamespace

import pytest

from crm_helpers.questions.acquisition.page import Pursuit


@pytest.mark.parametrize(
    ("late", "warns"),
    [({"low": 0.60, "high": 0.64}, True), ({"low": 0.75, "high": 0.82}, False), (None, False)],
    ids=["weaker", "alike", "not tried"],
)
def test_a_model_that_is_weaker_on_the_latest_rows_is_said_to_be(late, warns):
    findings = {"test_auc": {"low": 0.79, "high": 0.82}, "in_order_auc": late}
    page = SimpleNamespace(report=SimpleNamespace(findings=findings))
    said = Pursuit._weaker_in_time(page)
    assert ("expect less" in said) == warns
