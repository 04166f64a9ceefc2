"""Contracts that end against the customer's will, by the factor that divides them most."""

import pytest

from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.questions.churn import repairs


def test_groups_stand_by_their_share_of_involuntary_ends(ends, spells):
    data = repairs.involuntary(ends(), spells, PropensitySettings(), min_group=2).data
    assert data["group"].tolist() == ["plan basic", "plan plus"]
    assert data["share"].tolist() == [0.4, 0.0]
    assert data["contracts"].tolist() == [5, 5]


def test_the_factor_that_divides_most_is_taken(spells):
    halves = spells.assign(paid_by=["card"] * 6 + ["bank"] * 3 + ["card"])
    found = repairs.by_group(halves, [], min_group=2)
    assert found["group"].iloc[0] == "paid by bank"
    assert found["share"].iloc[0] == pytest.approx(2 / 3)


def test_protected_columns_divide_nobody(ends, spells):
    assert repairs.by_group(spells, ["plan"], min_group=2).empty
    settings = PropensitySettings(protected_columns=["plan"])
    shown = repairs.involuntary(ends(), spells, settings, min_group=2)
    assert "Too few ends" in shown.says


def test_groups_that_are_too_small_are_not_compared(spells):
    assert repairs.by_group(spells, [], min_group=6).empty


def test_without_reasons_nothing_can_be_repaired(ends, spells):
    silent = spells.drop(columns="end_reason")
    shown = repairs.involuntary(ends(), silent, PropensitySettings(), min_group=2)
    with pytest.raises(ValueError, match="words alone"):
        _ = shown.data
