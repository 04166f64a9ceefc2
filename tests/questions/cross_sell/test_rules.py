import pytest

from crm_helpers.questions.cross_sell import rules


def test_rules_and_bonds_are_counted(book, bonds):
    found = rules.strongest(book, bonds).findings
    assert {name: (one["value"], one.get("n")) for name, one in found.items()} == {
        "baskets": (1000, None),
        "rules_found": (9, 1000),
        "rules_kept": (1, 9),
        "pairs_kept": (10, None),
    }


def test_the_strongest_bond_is_the_first(book, bonds):
    assert rules.strongest(book, bonds).says.startswith("Tea → Milk 1: 100 of 100 baskets")


def test_bonds_are_shown_as_they_were_computed(bonds):
    shown = rules.strongest_bonds(bonds).data
    assert shown["extra_baskets"].tolist() == pytest.approx(bonds["extra_baskets"].tolist())
    assert shown["confidence"].tolist() == [1.0] * 10


def test_without_bonds_no_rule_was_kept(bonds):
    assert rules.strongest_bonds(bonds.head(0)).says == "No rule was kept."


def test_what_was_taken_out_is_counted(book):
    words = rules.mined(book).says
    assert "9 rules found, 2 say no more than a simpler one and 3 may be chance" in words
    assert "from 30 common baskets on" in words
