"""True lift on a shelf small enough to work it out by hand."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.demo import lift
from crm_helpers.demo.baskets import Shelf
from crm_helpers.demo.planted import Affinity


@pytest.fixture
def shelf(monkeypatch):
    """Two products; baskets of one type, drawn from one or two lines with chance one half."""
    places = {"bread": 0, "butter": 1}
    monkeypatch.setattr(lift, "standard", places.__getitem__)
    products = pd.DataFrame({"product_id": ["P1", "P2"]})
    shares = np.array([[[0.25, 0.75]]])
    return Shelf(products, np.zeros(1, int), np.zeros((1, 2)), shares, np.array([[0.0, 0.5, 0.5]]))


def test_chances_of_sets_are_those_of_a_hand_calculation(shelf):
    # One line: bread .25, butter .75. Two lines: only bread 1/16, only butter 9/16, both 6/16.
    states = lift.base_states(("bread", "butter"), shelf)[0, 0]
    assert np.allclose(states, [0, 0.5 * (1 / 4 + 1 / 16), 0.5 * (3 / 4 + 9 / 16), 0.5 * 6 / 16])


def test_an_affinity_moves_its_share_of_the_baskets_with_the_antecedent_alone(shelf):
    rule = Affinity("sandwich", ("bread",), "butter", 0.4)
    base = lift.base_states(("bread", "butter"), shelf)
    moved = lift._drawn(base, [rule], ("bread", "butter"))[0, 0]
    alone, both = base[0, 0, 1], base[0, 0, 3]
    assert np.allclose(moved, [0, 0.6 * alone, base[0, 0, 2], both + 0.4 * alone])


def test_lift_is_joint_support_over_the_product_of_both(shelf):
    mix = np.zeros((1, 1, 12), int)
    mix[0, 0, 4] = 10
    found = lift._rule(("bread",), "butter", mix, shelf, ())
    bread, butter, both = 0.34375, 0.84375, 0.1875
    assert found["support"] == pytest.approx(both)
    assert found["confidence"] == pytest.approx(both / bread)
    assert found["lift"] == pytest.approx(both / bread / butter)


def test_a_seasonal_affinity_counts_in_its_months_alone(shelf):
    rule = Affinity("summer", ("bread",), "butter", 1.0, (7,))
    mix = np.zeros((1, 1, 12), int)
    mix[0, 0, [0, 6]] = [30, 10]
    found = lift._rule(("bread",), "butter", mix, shelf, (rule,))
    base = lift._rule(("bread",), "butter", mix, shelf, ())
    assert found["confidence"] == pytest.approx(0.75 * base["confidence"] + 0.25)
