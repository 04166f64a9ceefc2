import pytest

from crm_helpers.models.fraud.rules import BURST
from crm_helpers.questions.fraud.detection import Capacity, Stakes
from crm_helpers.questions.fraud.list import cases, first, history, worth_opening
from crm_helpers.questions.fraud.phrases import RULE_WORDS
from tests.questions.fraud.fraud_rows import REPORT, detected, rows


def test_only_payments_under_review_that_are_worth_it_are_listed():
    listed = cases(detected(), seed=1)
    assert listed["case_id"].tolist() == ["p8"]
    assert listed["payment_ids"].tolist() == ["p8"]
    assert listed["what"].tolist() == ["open the case: 1 payment"]
    assert listed["why"].tolist() == [RULE_WORDS[BURST]]
    assert listed["expected_net_value"].tolist() == [pytest.approx(0.1 * 300 * 0.5 - 3)]
    shown = first(REPORT, detected(), listed)
    assert shown.data["value"].tolist() == [300.0]
    assert shown.says == "Open 1 case of the last 2 days: 1 payment of 300 EUR"


def test_where_a_check_costs_too_much_nobody_is_listed():
    listed = cases(detected(stakes=Stakes(1_000.0, 0.5, 0.0, 0.1)), seed=1)
    assert listed.empty
    with pytest.raises(ValueError, match="words alone"):
        _ = first(REPORT, detected(), listed).data


def linked():
    """A payment under review more, small, a day before and by the same customer."""
    changed = rows().assign(card_hour_count=[3, 4, 0, 0, 0, 0, 0, 0, 5, 5])
    return changed.assign(customer_id=[*rows()["customer_id"][:8], "c9", "c9"])


def test_payments_of_one_customer_are_one_line_with_all_ids_and_one_check():
    (row,) = cases(detected(rows=linked()), seed=1).to_dict("records")
    assert row["payment_ids"] == "p8; p9"
    assert (row["payments"], row["customers"], row["amount"]) == (2, 1, 320.0)
    assert row["expected_net_value"] == pytest.approx(0.1 * 320 * 0.5 - 3)
    assert row["probability"] * row["value"] == pytest.approx(0.1 * 320)


def test_a_case_of_nobody_known_has_no_count_of_customers():
    guests = linked().assign(customer_id=None)
    listed = cases(detected(rows=guests), seed=1)
    assert listed["customers"].isna().all()
    assert len(listed) == 1  # p9 alone is not worth its check


def test_cases_beyond_the_capacity_are_counted():
    busy = rows().assign(role=["test"] * 4 + ["review"] * 6, card_hour_count=5)
    busy = busy.assign(is_fraud=busy["is_fraud"].mask(busy["role"] == "review"))
    alone = busy.assign(customer_id=[f"c{n}" for n in range(10)])
    found = detected(rows=alone, capacity=Capacity(cases_per_day=1, review_days=1))
    listed = cases(found, seed=1)
    assert listed["case_id"].tolist() == ["p8"]
    assert worth_opening(found) == 2  # of 300 and 70 EUR; the others cost more than they save
    assert "1 further case would be worth a check" in first(REPORT, found, listed).html


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
        "5 earlier payments, usually 20, 1 refund in four months",
        "the customer's first payment",
        "no customer known",
    ]
    assert history(rows()).eq("no history in the data").all()
