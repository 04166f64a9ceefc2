import pandas as pd
import pytest

from crm_helpers.measures.effects.group_effects import group_effects

TRIAL = pd.DataFrame(
    {
        "outcome": [1, 1, 0, 0, 0, 1, 1, 1],
        "is_treated": [True, True, False, False, True, False, True, True],
        "campaign": ["may"] * 8,
    }
)
GROUP = pd.Series(["helped"] * 4 + ["harmed"] * 2 + ["nobody asked"] * 2)


def test_each_group_is_compared_with_its_own_control_persons():
    effects = group_effects(TRIAL, GROUP).set_index("group")
    assert effects["difference"].to_dict() == {"harmed": -1.0, "helped": 1.0}
    assert effects["share"].to_dict() == {"harmed": 0.25, "helped": 0.5}


def test_group_with_one_arm_is_left_out():
    assert "nobody asked" not in set(group_effects(TRIAL, GROUP)["group"])


def test_one_group_of_all_has_the_pooled_effect():
    whole = group_effects(TRIAL, GROUP.map(lambda _: "all"))
    assert whole["difference"].item() == pytest.approx(4 / 5 - 1 / 3)
