from crm_helpers.page.section import is_absent
from crm_helpers.questions.fraud.rules import by_rule, rules
from tests.questions.fraud.fraud_rows import REPORT, detected, rows


def test_hits_and_money_of_a_rule():
    (row,) = by_rule(detected()).to_dict("records")
    assert (row["cases"], row["found"], row["precision"]) == (2, 2, 1.0)
    assert row["net_value"] == 900 * 0.5 - 2 * 3
    assert rules(REPORT, by_rule(detected())).data["cases"].tolist() == [2]


def test_a_rule_that_nobody_breaks_is_not_shown():
    quiet = detected(rows=rows().assign(card_hour_count=0))
    assert by_rule(quiet).empty
    assert is_absent(rules(REPORT, by_rule(quiet)))
