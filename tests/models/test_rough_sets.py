"""Rough sets on Pawlak's patients, whose core and reducts are known."""

import pandas as pd
import pytest

from crm_helpers.models.rough_set_rules import lem2
from crm_helpers.models.rough_sets import core, dependency, quick_reduct, reducts

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


def test_rules_less_than_certain_say_how_often_they_are_right(table):
    rules = lem2(table, PATIENTS["flu"], enough=0.5)
    assert all(rule.right >= 0.5 * rule.covered for rule in rules)
    assert any(rule.right < rule.covered for rule in rules)
