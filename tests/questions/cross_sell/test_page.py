import pandas as pd
import pytest

from crm_helpers.page.section import Section
from crm_helpers.page.words import note
from crm_helpers.questions.cross_sell import page

CHOSEN = Section.of(note("The list."))

MARGINS = pd.Series({"2": 3.0})


def test_conviction_of_a_rule_never_broken_reads_always(bonds):
    shown = page.measures(bonds).data.set_index("measure")["value"]
    assert shown["Conviction"] == "always"
    assert shown["False share"] == "below 0.01"


def test_customers_with_an_offer_are_counted(bonds):
    act = page.what_to_do(bonds, pd.DataFrame({"customer_id": ["a", "b"]}), CHOSEN)
    assert act.findings == {"customers_with_offer": {"value": 2, "unit": "customers"}}
    assert "The list." in act.html


def test_the_three_strongest_lasting_bonds_are_put_together(bonds):
    words = page.what_to_do(bonds, bonds, CHOSEN).says
    assert "Tea → Milk 3 (38 baskets more than by chance)." in words
    assert "Milk 4" not in words


@pytest.mark.parametrize("column", [{"verdict": "new"}, {"remark": "vanishes"}])
def test_bonds_that_did_not_last_or_have_a_remark_are_not_put_together(bonds, column):
    words = page.what_to_do(bonds.assign(**column), bonds, CHOSEN).says
    assert words.endswith("put nothing together.")


def test_the_limits_say_how_many_rules_may_be_chance(book):
    assert "At most 5 of 100 of the rules kept" in page.limits(book, false_share=0.05).says


def test_the_cards_count_the_rules_that_held(report, book):
    cards = []
    report.key_figures = cards.append
    report.card = lambda *words, name: cards.append((*words, name))
    page.figures(report, book)
    assert cards == [page.CARDS, ("Rules that held", "1", "of 1", "rules_held_later")]


def test_three_sentences_say_bond_holding_and_list(report, book, bonds, tried):
    report.decision = {"to_contact": 40, "expected_net_value": 120.0}
    bond, holding, offers = page.three_sentences(report, book, bonds, tried, MARGINS)
    assert bond.startswith("Tea → Milk 1 is the strongest of 10 bonds")
    assert holding == "1 of 1 rule held in later baskets: what fails there is marked."
    assert offers.startswith("Offers to 40 customers would bring 120")


def told_of(report, book, bonds, tried, effect):
    report.decision = {"to_contact": 1, "expected_net_value": 120.0}
    report.findings = {"offer_effect": effect}
    return page.three_sentences(report, book, bonds, tried, MARGINS)[2].replace("\u00a0", " ")


def test_the_summary_says_what_the_money_of_the_offers_rests_on(report, book, bonds, tried):
    assumed = told_of(report, book, bonds, tried, {"value": 0.5, "unit": "share"})
    assert assumed == (
        "Offers to 1 customer would bring 120 EUR net, if an offer raises the chance to buy by "
        "50 %, which is an assumption."
    )
    seen = {"value": 0.5, "unit": "share", "low": 0.1, "high": 0.9}
    measured = told_of(report, book, bonds, tried, seen)
    assert measured.endswith("by 50 %, as past campaigns raised responses.")


def test_a_list_of_nobody_is_told(report, book, bonds, tried):
    report.decision = {"to_contact": 0, "expected_net_value": 0.0}
    assert page.three_sentences(report, book, bonds, tried, MARGINS)[2].startswith(
        "No offer to a single"
    )


def test_without_customers_nobody_can_be_offered_anything(report, book, bonds, tried):
    told = page.three_sentences(report, book, bonds, tried.assign(customers=0), MARGINS)[2]
    assert told.endswith("nobody can be offered anything.")


def test_a_list_of_unknown_worth_is_not_said_to_bring_nothing(report, book, bonds, tried):
    report.decision = {"to_contact": 0, "expected_net_value": 0.0}
    unknown = pd.Series({"2": None}, dtype=float)
    told = page.three_sentences(report, book, bonds, tried, unknown)[2]
    assert told.startswith("What an order brings is not known")
