import pytest

from crm_helpers.models.fraud.rules import BURST
from crm_helpers.page.section import is_absent
from crm_helpers.questions.fraud.kinds import by_kind, kinds
from crm_helpers.questions.fraud.phrases import RULE_WORDS
from tests.questions.fraud.fraud_rows import detected, rows


def test_known_frauds_are_counted_by_the_rule_they_broke():
    (row,) = by_kind(detected()).to_dict("records")
    assert row == {"kind": RULE_WORDS[BURST], "known": 2, "found": 2, "found_share": 1.0}
    assert kinds(by_kind(detected())).data["known"].tolist() == [2]


def test_without_a_known_fraud_there_is_nothing_to_show():
    none = rows().assign(is_fraud=False).astype({"is_fraud": "boolean"})
    made = by_kind(detected(rows=none))
    assert is_absent(made)
    assert is_absent(kinds(made))
    assert made.reason == "no payment of the test is known to be fraud."


@pytest.mark.parametrize("count", [0, 9])
def test_a_fraud_that_breaks_no_rule_is_a_kind_of_its_own(count):
    changed = rows().assign(card_hour_count=[count, 4, 0, 0, 0, 0, 0, 0, 5, 0])
    named = by_kind(detected(rows=changed))["kind"].tolist()
    assert ("breaks no rule" in named) == (count == 0)
