import pandas as pd
import pytest

from crm_helpers.measures.effects.pooled_effect import pooled_effect


def stratum(name: str, treated: list[float], control: list[float]) -> pd.DataFrame:
    flags = [True] * len(treated) + [False] * len(control)
    return pd.DataFrame({"campaign": name, "is_treated": flags, "outcome": treated + control})


def pooled(*strata: pd.DataFrame):
    table = pd.concat(strata, ignore_index=True)
    return pooled_effect(table["outcome"], table["is_treated"], table["campaign"])


def test_a_campaign_with_a_high_level_and_many_treated_makes_no_effect():
    easy = stratum("easy", [1.0, 1.0, 1.0, 0.0] * 9, [1.0, 1.0, 1.0, 0.0])
    hard = stratum("hard", [0.0, 0.0, 0.0, 1.0], [0.0, 0.0, 0.0, 1.0] * 9)
    assert pooled(easy, hard).difference == pytest.approx(0.0, abs=1e-12)


def test_weights_are_treated_times_control_over_all():
    big = stratum("big", [1.0, 1.0, 0.0, 0.0], [0.0] * 4)  # weight 2, difference 0.5
    small = stratum("small", [1.0, 1.0], [1.0, 1.0])  # weight 1, difference 0
    assert pooled(big, small).difference == pytest.approx(1 / 3)


def test_campaigns_with_one_arm_carry_no_weight():
    alone = stratum("alone", [1.0] * 50, [])
    both = stratum("both", [1.0, 0.0], [0.0, 0.0])
    assert pooled(alone, both).difference == pytest.approx(0.5)


def test_no_campaign_with_both_arms_is_refused():
    with pytest.raises(ValueError, match="none of 1 campaigns has both.*random control group"):
        pooled(stratum("alone", [1.0], []))


def test_no_contact_at_all_is_refused_in_the_same_words():
    with pytest.raises(ValueError, match="none of 0 campaigns has both"):
        pooled(stratum("nobody", [], []))
