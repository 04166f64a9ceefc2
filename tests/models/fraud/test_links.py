import numpy as np
import pandas as pd

from crm_helpers.models.fraud.links import connected, hub_count, without_hubs


def groups(rows, **options) -> list[set[int]]:
    found = connected(rows, **options)
    return sorted((set(np.flatnonzero(found == one)) for one in set(found)), key=min)


def test_payments_are_linked_by_any_key_and_by_way_of_others():
    rows = pd.DataFrame(
        {
            "card_id": ["a", "a", None, None, None],
            "device_id": [None, "x", "x", None, None],
            "customer_id": [None, None, "c", "c", None],
        }
    )
    assert groups(rows) == [{0, 1, 2, 3}, {4}]


def test_days_count_from_one_payment_to_the_next():
    rows = pd.DataFrame({"card_id": ["a"] * 4, "age_days": [1, 8, 15, 23]})
    assert groups(rows, days=7) == [{0, 1, 2}, {3}]
    assert groups(rows, days=8) == [{0, 1, 2, 3}]
    assert groups(rows, days=6) == [{0}, {1}, {2}, {3}]


def test_the_order_of_the_rows_changes_no_group():
    rows = pd.DataFrame({"card_id": list("abab"), "age_days": [9, 1, 2, 5]})
    backwards = rows.iloc[::-1].reset_index(drop=True)
    assert groups(rows, days=7) == [{0, 2}, {1, 3}]
    assert groups(backwards, days=7) == [{0, 2}, {1, 3}]


def test_payments_of_different_periods_are_not_linked():
    rows = pd.DataFrame({"card_id": ["a"] * 3, "age_days": [29, 30, 31], "period": [0, 1, 1]})
    assert groups(rows, days=7) == [{0}, {1, 2}]


def test_what_is_not_known_links_nothing():
    assert groups(pd.DataFrame({"card_id": [None, None]})) == [{0}, {1}]
    assert groups(pd.DataFrame({"amount": [1.0, 2.0]})) == [{0}, {1}]
    assert connected(pd.DataFrame({"card_id": []})).tolist() == []


def shared_till(persons: int) -> pd.DataFrame:
    return pd.DataFrame({"device_id": "till", "owner": [f"c{n}" for n in range(persons)]})


def test_a_device_of_thousands_links_nothing():
    till = shared_till(1_000)
    assert without_hubs(till)["device_id"].isna().all()
    assert hub_count(till) == 1
    assert len(groups(without_hubs(till))) == 1_000


def test_a_device_of_a_household_links():
    home = shared_till(30)
    assert hub_count(home) == 0
    assert len(groups(without_hubs(home))) == 1


def test_a_device_of_many_whose_payments_are_mostly_suspect_is_an_attack_and_no_hub():
    till = shared_till(100)
    mostly, few = pd.Series([True] * 60 + [False] * 40), pd.Series([True] * 40 + [False] * 60)
    assert without_hubs(till, mostly)["device_id"].notna().all()
    assert without_hubs(till, few)["device_id"].isna().all()
