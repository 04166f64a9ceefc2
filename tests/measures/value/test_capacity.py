import pandas as pd

from crm_helpers.measures.value.capacity import at_capacity, opened

DAY = pd.Series([1, 1, 1, 2, 2])
SCORE = pd.Series([0.9, 0.8, 0.7, 0.1, 0.2])
FRAUD = pd.Series([True, None, False, True, None], dtype="boolean")
AMOUNT = pd.Series([100.0, 10.0, 10.0, 50.0, 10.0])


def test_each_day_opens_its_own_best():
    assert opened(SCORE, DAY, cases_per_day=1).tolist() == [True, False, False, False, True]


def test_a_capacity_beyond_the_payments_opens_all():
    assert opened(SCORE, DAY, cases_per_day=9).all()


def test_equal_scores_are_opened_in_the_order_of_the_rows():
    assert opened(pd.Series([1.0, 1.0]), pd.Series([1, 1]), cases_per_day=1).tolist() == [
        True,
        False,
    ]


def test_a_payment_without_a_score_is_never_opened():
    score = pd.Series([None, 0.1], dtype=float)
    assert opened(score, pd.Series([1, 1]), cases_per_day=2).tolist() == [False, True]


def test_what_is_found_is_counted_in_cases_and_money():
    one = at_capacity(opened(SCORE, DAY, cases_per_day=1), FRAUD, AMOUNT)
    assert (one.cases, one.found, one.known) == (2, 1, 2)
    assert (one.precision, one.recall, one.payments) == (0.5, 0.5, 2)
    assert (one.money_found, one.money_known) == (100.0, 150.0)
    assert one.net_value(recoverable_share=0.5, check_cost=10.0) == 30.0


def test_nothing_opened_finds_nothing():
    one = at_capacity(pd.Series([False] * 5), FRAUD, AMOUNT)
    assert (one.precision, one.recall, one.cases) == (0.0, 0.0, 0)


def test_a_case_is_opened_whole_and_costs_one_check():
    case = pd.Series([1, 1, 2, 3, 3])
    picked = opened(SCORE, DAY, cases_per_day=1, case=case)
    assert picked.tolist() == [True, True, False, True, True]
    one = at_capacity(picked, FRAUD, AMOUNT, case)
    assert (one.cases, one.payments, one.found) == (2, 4, 2)
    assert one.net_value(recoverable_share=0.5, check_cost=10.0) == 55.0


def test_each_day_may_have_a_capacity_of_its_own():
    most = pd.Series([2, 2, 2, 0, 0])
    assert opened(SCORE, DAY, cases_per_day=most).tolist() == [True, True, False, False, False]


def test_the_tables_given_are_left_unchanged():
    before = FRAUD.copy()
    at_capacity(opened(SCORE, DAY, cases_per_day=1), FRAUD, AMOUNT)
    pd.testing.assert_series_equal(FRAUD, before)
