import pytest

from crm_helpers.models.fraud.rules import BURST
from crm_helpers.questions.fraud.detection import Stakes
from crm_helpers.questions.fraud.list import cases, first, history
from crm_helpers.questions.fraud.phrases import RULE_WORDS
from tests.questions.fraud.fraud_rows import REPORT, detected, rows


def test_only_payments_under_review_that_are_worth_it_are_listed():
    listed = cases(detected(), seed=1)
    assert listed["payment_id"].tolist() == ["p8"]
    assert listed["why"].tolist() == [RULE_WORDS[BURST]]
    assert listed["expected_net_value"].tolist() == [pytest.approx(0.1 * 300 * 0.5 - 3)]
    assert first(REPORT, listed, review_days=2).data["value"].tolist() == [300.0]


def test_where_a_check_costs_too_much_nobody_is_listed():
    listed = cases(detected(stakes=Stakes(1_000.0, 0.5, 0.0, 0.1)), seed=1)
    assert listed.empty
    with pytest.raises(ValueError, match="words alone"):
        _ = first(REPORT, listed, review_days=2).data


def test_history_is_told_where_it_is_known():
    told = (
        rows()
        .head(3)
        .assign(
            customer_count=[5, 0, None],
            customer_amount_median=[20.0, None, None],
            customer_refund_count=[1, 0, 0],
        )
    )
    assert history(told).tolist() == [
        "5 earlier payments, usually 20, 1 refunds in four months",
        "the customer's first payment",
        "no customer known",
    ]
    assert history(rows()).eq("no history in the data").all()
