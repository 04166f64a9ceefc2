"""Contracts that end against the customer's will, by the factor that divides them most."""

import numpy as np
import pandas as pd
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


def test_a_group_is_named_only_beyond_chance(ends, spells):
    few = repairs.involuntary(ends(), spells, PropensitySettings(), min_group=2)
    assert few.says == "No group is shown to lose more contracts against their will than others"
    many = pd.concat([spells] * 20, ignore_index=True)
    shown = repairs.involuntary(ends(), many, PropensitySettings(), min_group=2)
    assert shown.says.startswith("Not by choice: plan basic lost 40 of 100 contracts")
    assert "have no stated reason" not in shown.html


def test_ends_without_a_reason_are_said(ends, spells):
    silent = spells.assign(end_reason=["voluntary", *[None] * 4, None, *spells["end_reason"][6:]])
    shown = repairs.involuntary(ends(), silent, PropensitySettings(), min_group=2)
    assert "1 of 5 ends have no stated reason and are not counted here" in shown.html


@pytest.mark.slow
def test_groups_alike_are_rarely_named():
    rng, runs, named = np.random.default_rng(20261203), 1000, 0
    for _ in range(runs):
        size = 600
        rows = pd.DataFrame(
            {
                "plan": rng.choice(list("abc"), size, p=[0.1, 0.3, 0.6]),
                "paid_by": rng.choice(list("vwxyz"), size),
                "region": rng.choice(list("stuv"), size),
                "ended": True,
                "end_reason": np.where(rng.random(size) < 0.05, "involuntary", "voluntary"),
            }
        )
        named += repairs.by_group(rows, [], min_group=30)["is_clear"].iloc[0]
    assert named <= 0.005 * runs + 3 * np.sqrt(0.005 * runs), f"{named} of {runs}"
