import ibis
import pandas as pd
import pytest

from crm_helpers.tables import identities


def lines(**columns):
    frame = pd.DataFrame(columns)
    frame["is_return"] = frame.get("is_return", False)
    return ibis.memtable(frame)


@pytest.mark.parametrize(
    ("ids", "alike"),
    [
        (["C1", "c1", "C2"], 1),
        (["17", "17.0", "18"], 1),
        (["C1", "C1 ", "c2", "C2"], 2),
        (["C1", "C2", "C10"], 0),
    ],
    ids=["case", "float", "two", "none"],
)
def test_ids_equal_but_for_case_blank_or_fraction_are_counted(ids, alike):
    found = identities.ids_alike({"transactions": lines(customer_id=ids)})
    assert found["ids"].sum() == alike


def test_rows_of_ids_alike_are_all_that_are_written_in_several_ways():
    found = identities.ids_alike({"transactions": lines(customer_id=["a", "A", "A", "b"])})
    assert found[["rows", "of_rows"]].values.tolist() == [[3, 4]]


def orders(**other):
    days = pd.to_datetime(["2026-01-01", "2026-01-01", "2026-01-05", "2026-01-05"])
    base = {"order_id": ["1", "1", "2", "2"], "customer_id": ["a", "a", "b", "b"]}
    return lines(**({**base, "ordered_at": days, "shop_id": ["S", "S", "S", "S"]} | other))


def test_an_order_of_one_customer_shop_and_day_is_one():
    assert identities.shared_order_numbers(orders()).empty


def test_an_order_over_midnight_is_one():
    days = pd.to_datetime(["2026-01-01", "2026-01-02", "2026-01-05", "2026-01-05"])
    assert identities.shared_order_numbers(orders(ordered_at=days)).empty


def test_a_return_that_comes_later_is_no_second_order():
    days = pd.to_datetime(["2026-01-01", "2026-02-02", "2026-01-05", "2026-01-05"])
    returned = [False, True, False, False]
    assert identities.shared_order_numbers(orders(ordered_at=days, is_return=returned)).empty


def test_a_number_of_two_customers_is_counted_with_its_rows():
    found = identities.shared_order_numbers(orders(customer_id=["a", "x", "b", "b"]))
    assert found.to_dict("records") == [
        {"column": "customer_id", "orders": 1, "rows": 2, "of_rows": 4, "shop_tells_apart": False}
    ]


def test_the_shop_tells_orders_of_one_number_apart():
    found = identities.shared_order_numbers(
        orders(customer_id=["a", "x", "b", "b"], shop_id=["S", "T", "S", "S"])
    )
    assert found["column"].tolist() == ["customer_id", "shop_id"]
    assert found["shop_tells_apart"].tolist() == [True, True]


def shares(largest, others=60):
    ids = ["0"] * largest + [f"C{n}" for n in range(others) for _ in range(2)]
    return identities.implausible_shares({"transactions": lines(customer_id=ids)})


def test_one_id_with_a_third_of_the_rows_is_implausible():
    assert shares(60)[["rows", "of_rows", "times_next"]].values.tolist() == [[60, 180, 30.0]]


@pytest.mark.parametrize(("largest", "others"), [(19, 60), (10, 60), (60, 20)])
def test_a_large_customer_is_none(largest, others):
    assert shares(largest, others).empty
