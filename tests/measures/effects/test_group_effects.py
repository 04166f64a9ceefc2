import pandas as pd
import pytest

from crm_helpers.measures.effects.group_effects import group_effects
from crm_helpers.measures.statistics.claims import claim_level

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


def test_intervals_are_those_of_a_claim_picked_from_all_groups_named():
    effects = group_effects(TRIAL, GROUP)
    again = group_effects(TRIAL, GROUP, interval_level=claim_level(3))
    pd.testing.assert_frame_equal(effects, again)


def test_no_response_in_a_control_cell_makes_no_interval_without_length():
    # 27 of 540 contacted respond, 0 of 60 others: Wald gave +3.2 to +6.8 per 100 at 95 %.
    cell = pd.DataFrame(
        {"outcome": [1] * 27 + [0] * 573, "is_treated": [True] * 540 + [False] * 60}
    )
    trial = cell.assign(campaign="may")
    found = group_effects(trial, pd.Series(["all"] * 600), interval_level=0.95).iloc[0]
    assert found["low"] < 0 < found["high"]
