import pandas as pd

from crm_helpers.models.fraud.rings import ring_payments


def payments(**changed: object) -> pd.DataFrame:
    """Three customers with one card, two of them with one device as well, and a couple."""
    rows = pd.DataFrame(
        {
            "customer_id": ["a", "b", "c", "a", "d", "e", None],
            "card_id": ["k", "k", "k", "own", "joint", "joint", "k"],
            "device_id": ["x", "x", None, "y", None, None, None],
            "age_days": [1, 3, 6, 2, 1, 2, 4],
        }
    ).assign(**changed)
    return rows.assign(owner=rows["customer_id"].fillna("p6"))


def test_three_customers_with_one_card_are_a_ring_and_a_couple_is_none():
    found = ring_payments(payments(), days=7, customers=3)
    assert found.notna().tolist() == [True, True, True, False, False, False, False]
    assert found.dropna().nunique() == 1


def test_two_make_a_ring_where_that_is_asked_for():
    found = ring_payments(payments(), days=7, customers=2)
    assert found.dropna().nunique() == 2


def test_what_a_member_pays_with_a_card_of_his_own_is_not_part_of_it():
    assert ring_payments(payments(), days=7, customers=3).isna()[3]


def test_far_apart_in_time_is_no_ring():
    apart = payments(age_days=[1, 20, 40, 2, 1, 2, 4])
    assert ring_payments(apart, days=7, customers=3).isna().all()


def test_without_customers_or_without_cards_no_ring_can_be_seen():
    rows = payments()
    assert ring_payments(rows.drop(columns="customer_id"), days=7, customers=3).isna().all()
    bare = rows.drop(columns=["card_id", "device_id"])
    assert ring_payments(bare, days=7, customers=3).isna().all()
    assert ring_payments(rows.head(0), days=7, customers=3).empty


def test_an_office_of_many_customers_is_no_ring():
    office = pd.DataFrame({"customer_id": [f"c{n}" for n in range(40)], "device_id": "office"})
    office = office.assign(owner=office["customer_id"], age_days=1)
    assert ring_payments(office, days=7, customers=3).isna().all()
    assert ring_payments(office.head(30), days=7, customers=3).notna().all()
