import pandas as pd
import pytest

from crm_helpers.questions.fraud.detection import CLUSTERS, LARGEST, RULES, TOGETHER, Stakes
from tests.questions.fraud.fraud_rows import CAPACITY, NO_MODEL, STAKES, detected, rows


def test_without_a_model_a_broken_rule_has_the_assumed_chance_and_others_none():
    found = detected().scored.set_index("payment_id")
    assert found.loc[["p0", "p1", "p8"], "probability"].tolist() == [0.1] * 3
    assert (found["probability"] > 0).sum() == 3


def test_expected_value_is_chance_times_saved_money_of_a_case_less_one_check():
    found = detected().scored.set_index("payment_id")
    # p0 and p1 are a day apart and of one customer: one case, one check.
    assert found.loc["p0", "case"] == found.loc["p1", "case"]
    assert found.loc["p0", "expected_net_value"] == pytest.approx(0.1 * 900 * 0.5 - 3)
    assert found.loc["p8", "expected_net_value"] == pytest.approx(0.1 * 300 * 0.5 - 3)
    assert found.loc["p9", "expected_net_value"] == -3.0


def test_who_costs_more_than_he_saves_is_not_in_the_order():
    order = detected().scored.set_index("payment_id")[TOGETHER]
    assert order.notna().sum() == 3
    assert order.idxmax() == "p0"


def test_one_payment_a_day_is_opened_and_counted():
    one = detected().result(TOGETHER)
    assert (one.cases, one.payments, one.found, one.known) == (1, 2, 2, 2)
    assert one.money_found == 900.0


def test_only_some_payments_can_be_asked_for():
    found = detected()
    cheap = found.test["amount"] < 450
    assert found.result(TOGETHER, cheap).known == 1


def test_ways_that_score_nobody_are_left_out():
    ways = detected().ways
    assert ways[0] == TOGETHER
    assert ways[-1] == LARGEST
    assert RULES in ways
    assert CLUSTERS not in ways


def test_without_amounts_the_value_of_a_case_stands_and_without_both_there_is_no_money():
    bare = rows().drop(columns="amount")
    assert not detected(rows=bare).has_money
    valued = detected(rows=bare, stakes=Stakes(3.0, 0.5, 100.0, 0.1))
    assert valued.has_money
    assert valued.stakes.money(bare).tolist() == [100.0] * 10


def test_capacity_is_cases_a_day_times_days():
    assert CAPACITY.cases == 2


def test_one_line_says_what_was_looked_at():
    assert repr(detected()).startswith("Detection: 8 payments of the test, all together")
    assert NO_MODEL.reason
    assert isinstance(STAKES.money(rows()), pd.Series)
