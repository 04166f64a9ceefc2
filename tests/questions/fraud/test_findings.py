from crm_helpers.measures.fraud.fraud_count import FraudCount
from crm_helpers.questions.fraud.findings import audit, findings
from tests.questions.fraud.fraud_rows import REPORT, detected, rows


def test_recall_and_money_at_the_capacity_are_kept():
    found = findings(REPORT, detected(), None, bootstraps=10, seed=1)
    # Both payments opened were examined, so their precision is known though nobody audits.
    names = ["known_precision", "recall_at_capacity", "recall_limit", "precision_at_capacity"]
    assert list(found) == [*names, "value_at_risk_found"]
    assert found["precision_at_capacity"]["value"] == 1.0
    assert found["recall_at_capacity"]["value"] == 1.0
    assert found["recall_limit"]["value"] == 1.0
    assert found["value_at_risk_found"] == {
        "value": 900.0,
        "unit": "EUR",
        "n": 2,
        "baseline": 900.0,
    }


def test_without_a_known_fraud_nothing_is_kept():
    none = rows().assign(is_fraud=False).astype({"is_fraud": "boolean"})
    assert findings(REPORT, detected(rows=none), None, bootstraps=10, seed=1) == {}


def test_what_chance_picked_is_counted_apart():
    assert audit(detected()) is None
    drawn = detected(rows=rows().assign(sampled_at_random=[True, False, True] + [False] * 7))
    one = audit(drawn)
    assert (one.known, one.found) == (1, 1)
    kept = findings(REPORT, drawn, None, bootstraps=10, seed=1)
    assert kept["audit_recall_at_capacity"]["n"] == 1


def unexamined():
    """The same, but nobody examined the second payment that is opened."""
    label = rows()["is_fraud"].mask(rows()["payment_id"] == "p1")
    return rows().assign(is_fraud=label)


def test_a_payment_that_nobody_examined_is_not_counted_as_honest():
    kept = findings(REPORT, detected(rows=unexamined()), None, bootstraps=10, seed=1)
    assert kept["known_precision"]["value"] == 0.5
    assert "precision_at_capacity" not in kept
    audited = unexamined().assign(sampled_at_random=[True] + [False] * 9)
    kept = findings(REPORT, detected(rows=audited), None, bootstraps=10, seed=1)
    assert kept["precision_at_capacity"]["value"] == 1.0
    assert (kept["precision_at_capacity"]["low"], kept["precision_at_capacity"]["n"]) == (0.5, 1)


def test_the_capacity_stands_beside_the_frauds_to_be_expected():
    year = FraudCount(1000, 5, 20, audited=10, audited_fraud=1, low=6, high=400)
    kept = findings(REPORT, detected(), year, bootstraps=10, seed=1)
    assert kept["cases_a_year"]["value"] == 365
    assert kept["frauds_a_year"]["value"] == 100.0
    assert kept["frauds_a_year"]["baseline"] == 5
