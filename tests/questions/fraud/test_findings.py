from crm_helpers.questions.fraud.findings import audit, findings
from tests.questions.fraud.fraud_rows import REPORT, detected, rows


def test_recall_and_money_at_the_capacity_are_kept():
    found = findings(REPORT, detected(), bootstraps=10, seed=1)
    assert list(found) == ["precision_at_capacity", "recall_at_capacity", "value_at_risk_found"]
    assert found["recall_at_capacity"]["value"] == 1.0
    assert found["value_at_risk_found"] == {
        "value": 900.0,
        "unit": "EUR",
        "n": 2,
        "baseline": 900.0,
    }


def test_without_a_known_fraud_nothing_is_kept():
    none = rows().assign(is_fraud=False).astype({"is_fraud": "boolean"})
    assert findings(REPORT, detected(rows=none), bootstraps=10, seed=1) == {}


def test_what_chance_picked_is_counted_apart():
    assert audit(detected()) is None
    drawn = detected(rows=rows().assign(sampled_at_random=[True, False, True] + [False] * 7))
    one = audit(drawn)
    assert (one.known, one.found) == (1, 1)
    assert findings(REPORT, drawn, bootstraps=10, seed=1)["audit_recall_at_capacity"]["n"] == 1
