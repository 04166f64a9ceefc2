import pandas as pd
import pytest

from crm_helpers.models.fraud.rules import BURST
from crm_helpers.page.section import is_absent
from crm_helpers.questions.fraud.kinds import by_kind, kinds
from crm_helpers.questions.fraud.phrases import RULE_WORDS
from tests.questions.fraud.fraud_rows import detected, rows


def test_known_frauds_are_counted_by_the_rule_they_broke():
    (row,) = by_kind(detected()).to_dict("records")
    counts = {"known": 2, "found": 2, "fraudsters": 1, "caught": 1}
    assert row == {"kind": RULE_WORDS[BURST], **counts, "found_share": 1.0, "is_missed": False}
    assert kinds(by_kind(detected())).data["known"].tolist() == [2]


def test_without_a_known_fraud_there_is_nothing_to_show():
    none = rows().assign(is_fraud=False).astype({"is_fraud": "boolean"})
    made = by_kind(detected(rows=none))
    assert is_absent(made)
    assert is_absent(kinds(made))
    assert made.reason == "no payment of the test is known to be fraud."


def test_where_no_fraud_breaks_a_rule_there_are_no_kinds():
    made = by_kind(detected(rows=rows().assign(card_hour_count=0)))
    assert made.reason == "no known fraud breaks a fixed rule, so none can be told from the others."


@pytest.mark.parametrize("count", [0, 9])
def test_a_fraud_that_breaks_no_rule_is_a_kind_of_its_own(count):
    changed = rows().assign(card_hour_count=[count, 4, 0, 0, 0, 0, 0, 0, 5, 0])
    named = by_kind(detected(rows=changed))["kind"].tolist()
    assert ("breaks no rule" in named) == (count == 0)


def test_a_kind_is_named_as_missed_only_beyond_chance():
    rows = pd.DataFrame(
        {
            "kind": ["a", "b"],
            "known": [9, 9],
            "found": [8, 0],
            "fraudsters": [9, 9],
            "caught": [8, 0],
            "found_share": [8 / 9, 0.0],
            "is_missed": [False, True],
        }
    )
    assert kinds(rows).says == "Least is found of: b (0 of 9 fraudsters)"
    level = kinds(rows.assign(is_missed=False)).says
    assert level == "8 of 18 known frauds are opened, no kind shown to be missed more"
