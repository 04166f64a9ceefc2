"""How well it is foreseen who of the lost comes back."""

from types import SimpleNamespace

import pytest

from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.retention import foresight
from tests.questions.campaigns.trials import study

KNOWN = foresight.Foresight(0.7, 0.6, 0.8, 0.55, 120, "the latest campaign")


def profiles(**more):
    rows = study().test[["campaign"]].assign(person_id=study().test["person"])
    return rows.assign(**more)


def test_contacted_are_judged_by_their_chance_beside_days_away():
    days = [10, 150, 0, 0, 200, 100, 0, 0]  # of the contacted: back 10 and 150, away 200 and 100
    found = foresight.of_contacts(study(), profiles(recency_days=days), bootstraps=10)
    assert (found.auc, found.rule_auc) == (1.0, 0.75)
    assert (found.customers, found.tested_on) == (4, "the latest campaign")


def test_without_days_the_rule_is_chance():
    found = foresight.of_contacts(study(), profiles(), bootstraps=10)
    assert found.rule_auc == 0.5


def test_a_finding_for_the_json_with_the_rule_as_its_baseline():
    assert KNOWN.findings["winback_test_auc"] == {
        "value": 0.7,
        "unit": "",
        "low": 0.6,
        "high": 0.8,
        "level": pytest.approx(0.995),
        "n": 120,
        "baseline": 0.55,
    }


def test_of_returns_takes_the_evidence_as_it_is():
    evidence = SimpleNamespace(auc=0.7, auc_interval=(0.6, 0.8), rule_auc=0.55, customers=9)
    found = foresight.of_returns(evidence)
    assert (found.auc, found.low, found.high, found.rule_auc) == (0.7, 0.6, 0.8, 0.55)
    assert found.tested_on == "the last complete window"


def test_returns_without_a_test_say_so_whatever_the_reason():
    found = foresight.of_returns(Section.absent("The source has no transactions."))
    assert found.reason == "Who of the lost comes back could not be tested."
    assert found.findings == {}
    assert is_absent(foresight.told(found))


def test_returns_speak_where_nobody_was_contacted_at_random_and_there_alone():
    silent, told = Section.absent("None.", silent=True), Section.absent("Too few.")
    other = Section.absent("Measured.", silent=True)
    assert foresight.either(silent, KNOWN) is KNOWN
    assert foresight.either(told, KNOWN) is told
    assert foresight.either(KNOWN, other) is KNOWN


def test_words_name_auc_rule_and_size():
    words = foresight.told(KNOWN).says
    assert words == (
        "Who of the lost comes back: AUC 0.700 (0.600 to 0.800), against 0.550 of the plain "
        "rule; tested on the latest campaign, 120 customers."
    )
