import pandas as pd
import pytest

from crm_helpers.models.fraud.rules import (
    AMOUNT,
    BURST,
    DEVICE,
    REFUNDS,
    broken_rules,
    kind_of_case,
)

HONEST = {
    "is_refund": False,
    "customer_count": 5,
    "amount_ratio": 1.0,
    "amount_score": 0.1,
    "card_hour_count": 0,
    "device_hour_count": 0,
    "is_new_device": False,
    "customer_refund_count": 0,
}


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"card_hour_count": 2}, BURST),
        ({"device_hour_count": 3, "card_hour_count": None}, BURST),
        ({"amount_ratio": 4.0, "amount_score": 5.0}, AMOUNT),
        ({"amount_ratio": 2.5, "is_new_device": True}, DEVICE),
        ({"is_refund": True, "customer_refund_count": 3}, REFUNDS),
    ],
)
def test_a_pattern_breaks_its_own_rule_alone(changed, rule):
    broken = broken_rules(pd.DataFrame([HONEST | changed]))
    assert broken.columns[broken.iloc[0]].tolist() == [rule]


def test_an_honest_payment_breaks_none():
    broken = broken_rules(pd.DataFrame([HONEST]))
    assert not broken.any(axis=None)
    assert kind_of_case(broken).tolist() == [""]


def test_a_short_history_judges_no_amount():
    row = HONEST | {"customer_count": 2, "amount_ratio": 9.0, "amount_score": None}
    assert not broken_rules(pd.DataFrame([row])).any(axis=None)


def test_columns_that_are_missing_break_nothing():
    assert not broken_rules(pd.DataFrame({"is_refund": [False, True]})).any(axis=None)
