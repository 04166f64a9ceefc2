from crm_helpers.page.section import is_absent
from crm_helpers.questions.fraud.rules import by_rule, rules
from tests.questions.fraud.fraud_rows import REPORT, detected, rows


def test_hits_and_money_of_a_rule():
    (row,) = by_rule(detected()).to_dict("records")
    assert (row["payments"], row["found"], row["at_least"]) == (2, 2, 1.0)
    assert row["net_value"] == 900 * 0.5 - 2 * 3
    shown = rules(REPORT, by_rule(detected()))
    assert shown.data["payments"].tolist() == [2]
    # Two hits of one customer show nothing, however much was at stake.
    assert shown.says == "No rule is shown to pay for its checks"


def test_a_rule_that_pays_is_named_with_the_least_share_of_fraud():
    paying = by_rule(detected()).assign(does_pay=True)
    assert rules(REPORT, paying).says.startswith("It pays to check: three or more payments")
    assert "at least 100 of 100 hits are fraud" in rules(REPORT, paying).says


def test_a_rule_that_nobody_breaks_is_not_shown():
    quiet = detected(rows=rows().assign(card_hour_count=0))
    assert by_rule(quiet).empty
    assert is_absent(rules(REPORT, by_rule(quiet)))
