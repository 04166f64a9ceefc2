import numpy as np
import pandas as pd

from crm_helpers.models.uplift.worst_group import Condition, worst_group

RNG = np.random.default_rng(8)
FRAME = pd.DataFrame(
    {
        "age": RNG.integers(18, 80, 6000),
        "won_by": RNG.choice(["store", "web", None], 6000),
        "visits": RNG.poisson(3, 6000),
    }
)
HARMED = (FRAME["age"] >= 60) & (FRAME["won_by"] == "store")


def test_pair_of_conditions_that_harms_is_found():
    effects = pd.Series(np.where(HARMED, -0.2, 0.1) + RNG.normal(scale=0.5, size=6000))
    group = worst_group(FRAME, effects)
    held = {(one.column, one.kind): one for one in group.conditions}
    assert held["won_by", "is"].value == "store"
    age = held["age", "from"]
    assert age.scale == "whole"
    assert age.value == int(age.value)
    found = group.holds(FRAME)
    assert (found & HARMED).sum() / (found | HARMED).sum() > 0.8


def test_single_condition_stands_alone():
    effects = np.where(FRAME["won_by"] == "web", -0.3, 0.3) + RNG.normal(scale=0.5, size=6000)
    effects = pd.Series(effects)
    assert worst_group(FRAME, effects).conditions == (Condition("won_by", "is", "web"),)


def test_nobody_harmed_gives_no_group():
    assert worst_group(FRAME, pd.Series(0.1 + np.zeros(6000))) is None


def test_small_groups_are_not_looked_at():
    rare = FRAME.assign(rare=np.where(np.arange(6000) < 100, "yes", "no"))
    effects = pd.Series(np.where(rare["rare"] == "yes", -5.0, 0.1) + RNG.normal(size=6000))
    group = worst_group(rare, effects)
    assert group is None or "rare" not in {one.column for one in group.conditions}


def test_no_attributes_give_no_group():
    assert worst_group(FRAME[[]], pd.Series(np.zeros(6000))) is None
