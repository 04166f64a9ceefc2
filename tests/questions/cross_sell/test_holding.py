import pandas as pd

from crm_helpers.questions.cross_sell import holding


def test_rules_that_held_are_counted_among_those_checked(book):
    found = holding.held(book).findings
    assert found["rules_checked"] == {"value": 1, "unit": "rules", "n": 300}
    assert found["rules_held_later"] == {"value": 1, "unit": "rules", "n": 1}


def test_a_source_without_dates_says_that_time_was_not_tested(book, undated):
    assert "could not be tested in time" in holding.checked(undated).says
    assert "came later" in holding.checked(book).says
    assert holding.held(undated).says.endswith("baskets set aside at random")


def test_the_chart_shows_the_rule_then_and_later(report, book, products):
    shown = holding.then_and_later(report, book, products, later_days=90)
    assert shown.data["rule_name"].tolist() == ["Tea → Milk"]
    assert shown.data[["confidence", "later_confidence"]].to_numpy().tolist() == [[1.0, 0.9]]
    assert "the last 90 days until 30 June 2026" in shown.parts[0].subtitle


def test_the_chart_of_a_source_without_dates_names_no_period(report, undated, products):
    shown = holding.then_and_later(report, undated, products, later_days=90)
    assert "a third drawn at random" in shown.parts[0].subtitle


def test_a_rule_that_did_not_hold_is_told_in_the_title(rule):
    two = pd.concat([rule, rule.assign(verdict="did not hold")])
    assert holding.chart_title(two) == "1 of 2 rules shown held later"
    assert holding.chart_title(rule) == "The strongest 1 rule were there again later"


def test_without_earlier_rules_the_words_of_the_chart_say_so(rule):
    assert holding.chart_title(rule.head(0)) == "No earlier rule was there to be checked"
    assert "0 of 0" in holding.chart_alt(rule.head(0))
