from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.measures.fraud.fraud_count import FraudCount
from crm_helpers.page.words import note
from crm_helpers.questions.fraud import page
from crm_helpers.questions.fraud.detectors import by_detector
from crm_helpers.questions.fraud.feedback import Feedback
from crm_helpers.questions.fraud.refunds import RefundClusters
from crm_helpers.questions.fraud.rings import rings
from tests.questions.fraud.fraud_rows import REPORT, detected, rows


def reported(**told):
    return SimpleNamespace(**{**vars(REPORT), "decision": told or None, "findings": {}})


def test_without_a_list_examine_some_at_random():
    found = detected()
    so, means, do = page.three_sentences(reported(), found, by_detector(found), None)
    assert so == (
        "2 cases can be opened; of the payments in the cases that the test would have had opened, "
        "100 of 100 are fraud, and they hold 2 of 2 known frauds."
    )
    assert means.startswith("In 1 case opened by expected value lie 2 known frauds, in 7 by")
    assert do.startswith("Open no case by this list now")


def test_a_list_says_what_it_saves():
    report = reported(rows=4, expected_net_value=120.0)
    found = detected()
    assert "Open the 4 cases" in page.three_sentences(report, found, by_detector(found), None)[2]
    one = reported(rows=1, expected_net_value=120.0)
    assert "Open the one case" in page.three_sentences(one, found, by_detector(found), None)[2]


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (
            FraudCount(6700, 60, 40, audited=67, audited_fraud=3, low=61, high=600),
            "A year holds some 300 (61 to 600) fraudulent payments, and 365 cases can be opened; ",
        ),
        (
            FraudCount(6700, 60, 40, audited=0, audited_fraud=0, low=60, high=6660),
            "A year holds 60 frauds at least, and 365 cases can be opened; ",
        ),
    ],
)
def test_the_capacity_of_a_year_stands_beside_its_frauds(year, said):
    found = detected()
    so = page.three_sentences(reported(), found, by_detector(found), year)[0]
    assert so.startswith(said)


def test_checks_that_no_case_needs_go_to_payments_drawn_at_random():
    shown = SimpleNamespace(act=lambda cases, key: note(f"{len(cases)} by {key}"))
    listed = pd.DataFrame({"case_id": ["p8"]})
    said = page.what_to_do(shown, detected(), listed, Feedback(pd.DataFrame(), "")).html
    assert "1 by case_id" in said
    assert "1 check of the 2 that can be made in 2 days is free" in said


def test_without_a_known_fraud_nobody_can_say():
    none = rows().assign(is_fraud=False).astype({"is_fraud": "boolean"})
    found = detected(rows=none)
    so, means, _ = page.three_sentences(reported(), found, by_detector(found), None)
    assert so.startswith("No payment of the test is known to be fraud")
    assert means.startswith("The list rests on fixed rules")


def test_shops_and_rings_that_no_label_taught_are_told_together():
    shops = pd.DataFrame(
        {"shop_id": ["S7"], "limit": [200.0], "near_refunds": [9], "near_sum": [1719.0]}
    )
    found = replace(
        detected(),
        clusters=RefundClusters(pd.DataFrame(), shops, pd.Series(dtype=float)),
        rings=ring_of_three(),
    )
    assert page.three_sentences(reported(), found, by_detector(found), None)[1] == (
        "No label taught this: shop S7 gave 9 refunds just below 200 EUR, 1,719 EUR in a year; "
        "3 customers pay with the same card, 3 payments of 150 EUR."
    )


def ring_of_three():
    payments = pd.DataFrame(
        {
            "payment_id": ["p0", "p1", "p2"],
            "customer_id": ["a", "b", "c"],
            "owner": ["a", "b", "c"],
            "card_id": "k",
            "amount": 50.0,
            "age_days": 1,
            "role": "review",
        }
    )
    return rings(payments, review_days=30, link_days=7, ring_customers=3)
