from types import SimpleNamespace

from crm_helpers.questions.fraud import page
from crm_helpers.questions.fraud.detectors import by_detector
from tests.questions.fraud.fraud_rows import REPORT, detected, rows


def reported(**told):
    return SimpleNamespace(**{**vars(REPORT), "decision": told or None, "findings": {}})


def test_without_a_list_examine_some_at_random():
    found = detected()
    so, means, do = page.three_sentences(reported(), found, by_detector(found))
    assert "100 of 100 known frauds" in so
    assert "finds 2 known frauds" in means
    assert do.startswith("Open no payment by this list now")


def test_a_list_says_what_it_saves():
    report = reported(rows=4, expected_net_value=120.0)
    found = detected()
    assert "Open the 4 payments" in page.three_sentences(report, found, by_detector(found))[2]


def test_without_a_known_fraud_nobody_can_say():
    none = rows().assign(is_fraud=False).astype({"is_fraud": "boolean"})
    found = detected(rows=none)
    so, means, _ = page.three_sentences(reported(), found, by_detector(found))
    assert so.startswith("No payment of the test is known to be fraud")
    assert means.startswith("The list rests on fixed rules")
