import pandas as pd
import pytest

from crm_helpers.page.section import is_absent
from crm_helpers.questions.fraud.rings import biggest_in_words, biggest_ring, rings
from tests.questions.fraud.fraud_rows import REPORT, rows


def shared(customers: int = 3, **changed: object) -> pd.DataFrame:
    """Payments under review: one card goes round, and everybody has a device of his own."""
    count = 2 * customers
    made = pd.DataFrame(
        {
            "payment_id": [f"p{n}" for n in range(count)],
            "customer_id": [f"who{n % customers}" for n in range(count)],
            "card_id": "secret-card",
            "device_id": [f"own{n % customers}" for n in range(count)],
            "amount": 50.0,
            "age_days": range(count),
            "role": "review",
        }
    )
    return made.assign(owner=made["customer_id"], **changed)


def found(payments: pd.DataFrame):
    return rings(payments, review_days=30, link_days=7, ring_customers=3)


def test_the_ring_is_told_drawn_and_named_without_ids():
    one = biggest_ring(REPORT, found(shared()), review_days=30)
    assert one.says == "3 customers pay with the same card: 6 payments of 300 EUR"
    assert one.data["customer"].tolist() == ["customer 1", "customer 2", "customer 3"]
    assert one.data["shared"].tolist() == ["card 1"] * 3
    assert one.data["payments"].tolist() == [2, 2, 2]
    assert one.findings["ring_count"]["value"] == 1
    assert not any(secret in one.html for secret in ("who", "secret", "own0"))
    told = biggest_in_words(REPORT, found(shared()))
    assert told == "3 customers pay with the same card, 6 payments of 300 EUR"


def test_two_customers_are_no_ring():
    none = found(shared(2))
    one = biggest_ring(REPORT, none, review_days=30)
    assert one.says == "No 3 customers share cards or devices in these 30 days"
    assert one.findings["ring_count"]["value"] == 0
    assert biggest_in_words(REPORT, none) == ""
    with pytest.raises(ValueError, match="words alone"):
        _ = one.data


def test_a_till_of_many_links_nobody_and_is_stated():
    one = biggest_ring(REPORT, found(shared(40, age_days=1)), review_days=30)
    assert "1 card or device of more than 30 persons link nobody" in one.html


def test_a_second_ring_is_counted_beside_the_biggest():
    other = shared(4, card_id="other", amount=10.0)
    other = other.assign(customer_id=other["customer_id"] + "z", device_id=None)
    both = pd.concat([shared(), other.assign(owner=other["customer_id"])], ignore_index=True)
    one = biggest_ring(REPORT, found(both), review_days=30)
    assert one.findings["ring_count"]["value"] == 2
    assert "1 further ring of 4 customers paid 80 EUR" in one.html


def test_where_nobody_can_share_anything_it_is_said():
    bare = found(rows())
    assert not bare.can_be_seen
    assert is_absent(biggest_ring(REPORT, bare, review_days=30))
    assert biggest_ring(REPORT, bare, review_days=30).reason == (
        "the source does not name customers together with their cards or devices."
    )


def test_one_line_says_what_was_found():
    assert repr(found(shared())) == "Rings: 1 in 6 payments under review"
