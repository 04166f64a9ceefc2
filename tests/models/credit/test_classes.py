"""Classes by points."""

import numpy as np
import pytest

from crm_helpers.models.credit.classes import class_floors, credit_classes
from crm_helpers.models.credit.scorecard import Scale

FLOORS = class_floors([0.05, 0.2], Scale())


def test_points_at_the_floor_belong_to_the_better_class():
    floor = int(FLOORS["A"])
    assert credit_classes(np.array([floor, floor - 1]), FLOORS).tolist() == ["A", "B"]


def test_nobody_in_a_class_but_the_last_is_likelier_to_default_than_its_limit():
    points = np.arange(300, 800)
    chance = Scale().chance(points)
    found = credit_classes(points, FLOORS)
    assert chance[(found == "A").to_numpy()].max() <= 0.05
    assert chance[(found == "B").to_numpy()].max() <= 0.2
    assert chance[(found == "C").to_numpy()].min() > 0.2


def test_chance_of_the_base_score_is_that_of_the_base_odds():
    scale = Scale(base_score=500, base_odds=9)
    assert scale.chance(np.array([500]))[0] == pytest.approx(0.1)
    assert scale.points_at(0.1) == 500


@pytest.mark.parametrize("limits", [[], [0.2, 0.1], [0.1, 1.2], [0.1, 0.1]])
def test_limits_that_do_not_rise_are_refused(limits):
    with pytest.raises(ValueError, match=r"class_limits: found .*; expected one to seven"):
        class_floors(limits, Scale())
