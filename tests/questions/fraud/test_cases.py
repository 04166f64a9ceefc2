import pandas as pd

from crm_helpers.questions.fraud.cases import case_numbers, case_values, in_periods, suspects


def payments(count: int = 6, **columns: object) -> pd.DataFrame:
    rows = pd.DataFrame({"owner": [f"c{n}" for n in range(count)], "age_days": 1, "period": 0})
    return rows.assign(customer_id=rows["owner"], **columns)


def everybody(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(True, index=rows.index)


def sizes(rows: pd.DataFrame, suspect: pd.Series) -> list[int]:
    return sorted(case_numbers(rows, suspect, days=7).value_counts().tolist(), reverse=True)


def test_the_test_is_cut_into_lists_as_long_as_the_one_reviewed():
    rows = pd.DataFrame({"role": ["review"] + ["test"] * 5, "age_days": [3, 45, 74, 75, 105, 106]})
    found = in_periods(rows, 30)
    assert found["period"].tolist() == [0, 1, 1, 2, 3, 3]
    assert found["period_days"].tolist() == [30, 30, 30, 30, 2, 2]


def test_without_dates_the_test_is_one_list():
    found = in_periods(pd.DataFrame({"role": ["review", "test", "test"]}), 30)
    assert found["period"].tolist() == [0, 1, 1]
    assert found["period_days"].tolist() == [30] * 3


def test_suspect_is_likely_fraud_or_worth_a_check_alone():
    chance, worth = pd.Series([0.1, 0.01, 0.01]), pd.Series([-2.0, 5.0, -2.0])
    assert suspects(chance, worth).tolist() == [True, True, False]


def test_only_suspect_payments_are_put_together():
    rows = payments(card_id=["k"] * 6)
    assert sizes(rows, everybody(rows)) == [6]
    assert sizes(rows, pd.Series([True, True, True, False, False, False])) == [3, 1, 1, 1]
    assert sizes(rows, ~everybody(rows)) == [1] * 6


def test_refunds_of_one_cluster_are_a_case_and_a_shop_as_such_is_none():
    rows = payments(shop_id="S1", cluster_shop=["S1", "S1", "S1", None, None, None])
    assert sizes(rows, everybody(rows)) == [3, 1, 1, 1]


def test_more_payments_than_one_person_can_look_at_are_opened_customer_by_customer():
    rows = payments(60, cluster_shop="S1")
    rows = rows.assign(owner=[f"c{n % 20}" for n in range(60)])
    assert sizes(rows, everybody(rows)) == [3] * 20
    assert sizes(rows.head(50), everybody(rows.head(50))) == [50]


def test_a_case_saves_what_its_payments_save_and_costs_one_check():
    rows, case = payments(3), pd.Series([7, 7, 8])
    value = case_values(rows, case, pd.Series([10.0, 5.0, 2.0]), 3.0)
    assert value.tolist() == [12.0, 12.0, -1.0]
