"""Rough sets on Pawlak's patients, whose core and reducts are known."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.models.soft_computing.rough_set_rules import LEARNING_ROWS, RoughSetRules, lem2
from crm_helpers.models.soft_computing.rough_sets import core, dependency, quick_reduct, reducts

PATIENTS = pd.DataFrame(
    [
        ("no", "yes", "high", "yes"),
        ("yes", "no", "high", "yes"),
        ("yes", "yes", "very high", "yes"),
        ("no", "yes", "normal", "no"),
        ("yes", "no", "high", "no"),
        ("no", "yes", "very high", "yes"),
    ],
    columns=["headache", "muscle_pain", "temperature", "flu"],
)  # Pawlak, Grzymala-Busse, Slowinski & Ziarko (1995), Rough Sets, CACM 38(11), table 1


@pytest.fixture
def table():
    return PATIENTS.drop(columns="flu")


def test_four_of_six_patients_can_be_decided(table):
    assert dependency(table, PATIENTS["flu"]) == pytest.approx(4 / 6, rel=1e-12)


def test_temperature_is_the_core(table):
    assert core(table, PATIENTS["flu"]) == ["temperature"]


def test_reducts_are_headache_or_muscle_pain_with_temperature(table):
    assert reducts(table, PATIENTS["flu"]) == [
        ["headache", "temperature"],
        ["muscle_pain", "temperature"],
    ]


def test_quick_reduct_finds_one_of_the_reducts(table):
    assert sorted(quick_reduct(table, PATIENTS["flu"])) == ["headache", "temperature"]


def test_without_attributes_nothing_can_be_decided(table):
    assert dependency(table[[]], PATIENTS["flu"]) == 0.0


def test_table_that_needs_no_attribute_has_the_empty_reduct(table):
    assert reducts(table, pd.Series(["yes"] * 6)) == [[]]


def test_too_wide_a_table_is_refused():
    wide = pd.DataFrame({f"a{i}": [0, 0] for i in range(13)})
    with pytest.raises(ValueError, match=r"13 attributes lie outside the core; expected at most"):
        reducts(wide, pd.Series([0, 0]))


def test_certain_rules_of_the_patients_are_the_shortest_ones(table):
    found = {
        (rule.conditions, rule.decision, rule.covered) for rule in lem2(table, PATIENTS["flu"])
    }
    assert found == {
        ((("temperature", "normal"),), "no", 1),
        ((("temperature", "very high"),), "yes", 2),
        ((("headache", "no"), ("temperature", "high")), "yes", 1),
    }


def test_a_rule_starts_with_the_condition_that_most_of_the_uncovered_meet():
    """Home and pet are both certain; only the home covers two at once."""
    people = pd.DataFrame({"home": ["rents", "rents", "owns", "lodges"], "pet": list("abcd")})
    rules = [r for r in lem2(people, pd.Series([True, True, False, False])) if r.decision]
    assert [(rule.conditions, rule.covered) for rule in rules] == [((("home", "rents"),), 2)]


def test_rules_less_than_certain_come_part_of_the_way_from_the_base_rate(table):
    for rule in lem2(table, PATIENTS["flu"], enough=0.25):
        base = (PATIENTS["flu"] == rule.decision).mean()
        assert rule.right / rule.covered >= base + 0.25 * (1 - base) - 1e-12


@pytest.fixture(scope="module")
def noisy():
    rng = np.random.default_rng(8)
    frame = pd.DataFrame({c: rng.integers(0, 3, 2000) for c in "abcd"})
    both = (frame["a"] == 2) & (frame["b"] == 0)
    return frame, pd.Series(rng.random(2000) < np.where(both, 0.8, 0.1))


def test_classifier_finds_the_planted_rule_on_noisy_data(noisy):
    fitted = RoughSetRules().fit(*noisy)
    assert {"a", "b"} <= set(fitted.reduct)
    assert auc(noisy[1], pd.Series(fitted.probability(noisy[0]))) > 0.65


def test_rules_of_many_subjects_are_learned_from_a_sample(noisy):
    frame, outcome = (pd.concat([part] * 2, ignore_index=True) for part in noisy)
    same = RoughSetRules(seed=1).fit(frame, outcome)
    again = RoughSetRules(seed=1).fit(frame, outcome)
    assert same.rules == again.rules
    assert max(rule.covered for rule in same.rules) <= LEARNING_ROWS < len(frame)
    assert {"a", "b"} <= set(same.reduct)


def test_classifier_finds_nothing_new_in_shuffled_outcomes(noisy):
    frame, outcome = noisy
    shuffled = outcome.sample(frac=1, random_state=0).reset_index(drop=True)
    fitted = RoughSetRules().fit(frame.head(1000), shuffled.head(1000))
    unseen = pd.Series(fitted.probability(frame.tail(1000)))
    assert auc(shuffled.tail(1000).reset_index(drop=True), unseen) == pytest.approx(0.5, abs=0.08)
