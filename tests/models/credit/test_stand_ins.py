"""Stand-ins of protected attributes."""

import numpy as np
import pandas as pd

from crm_helpers.models.credit.stand_ins import protected_groups, stand_ins

RNG = np.random.default_rng(0)
SEX = pd.Series(RNG.choice(["f", "m"], 1000))
ATTRIBUTES = pd.DataFrame(
    {
        "card": np.where(RNG.random(1000) < 0.85, SEX.map({"f": "red", "m": "blue"}), "grey"),
        "coin": RNG.choice(["x", "y"], 1000),
        "noise": RNG.random(1000),
    }
)


def test_the_planted_stand_in_is_found_and_chance_is_not():
    found = stand_ins(ATTRIBUTES, SEX.to_frame("sex")).set_index("attribute")
    assert found["is_stand_in"].to_dict() == {"card": True, "coin": False, "noise": False}
    assert found.loc["noise", "auc"] < 0.56


def test_thirds_of_a_number_are_named_by_their_edges():
    groups = protected_groups(pd.Series([20.0, 40, 60, np.nan]))
    assert groups.tolist()[:3] == ["up to 33", "over 33 to 47", "over 47"]
    assert pd.isna(groups[3])


def test_a_number_stands_in_for_its_own_kind():
    age = pd.Series(RNG.integers(18, 80, 1000).astype(float))
    frame = pd.DataFrame({"years": (age - 18) * RNG.random(1000)})
    found = stand_ins(frame, age.to_frame("age")).iloc[0]
    assert found["is_stand_in"]
    assert found["group"].startswith("up to")


def test_groups_too_small_to_be_tried_tell_nothing():
    rare = pd.Series(["f"] * 995 + ["m"] * 5)
    assert (stand_ins(ATTRIBUTES, rare.to_frame("sex"))["auc"] == 0.5).all()


def test_subjects_whose_group_is_not_known_are_left_out():
    unknown = SEX.where(SEX.index % 3 > 0)
    assert stand_ins(ATTRIBUTES, unknown.to_frame("sex")).iloc[0]["attribute"] == "card"
