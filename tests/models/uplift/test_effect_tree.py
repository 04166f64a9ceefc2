import numpy as np
import pandas as pd

from crm_helpers.models.propensity.conditions import Condition
from crm_helpers.models.uplift.effect_tree import effect_tree

RNG = np.random.default_rng(2)
FRAME = pd.DataFrame(
    {"visits": RNG.integers(0, 20, 3000), "home_region": RNG.choice(["north", "south"], 3000)}
)
HARMED = (FRAME["home_region"] == "north") & (FRAME["visits"] > 9)
EFFECTS = pd.Series(np.where(HARMED, -1.0, 0.5) + RNG.normal(size=3000))


def test_group_better_left_alone_is_found_with_its_conditions():
    tree = effect_tree(FRAME, EFFECTS)
    groups = tree.groups(FRAME)
    worst = EFFECTS.groupby(groups).mean().idxmin()
    held = {one.column: one for one in tree.conditions[worst]}
    assert held["visits"] == Condition("visits", low=9.0, scale="whole")
    region = held["home_region"]
    assert (region.level, region.is_met) in (("north", True), ("south", False))
    assert (groups[HARMED] == worst).all()


def test_one_kind_of_person_makes_one_group():
    same = pd.DataFrame({"visits": [1.0] * 200})
    tree = effect_tree(same, pd.Series(np.arange(200.0)))
    assert tree.groups(same).nunique() == 1
    assert list(tree.conditions.values()) == [()]


def test_a_level_never_seen_gets_a_group():
    strange = pd.DataFrame({"visits": [None, 3.0], "home_region": ["moon", None]})
    assert effect_tree(FRAME, EFFECTS).groups(strange).notna().all()
