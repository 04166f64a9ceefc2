import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.effects.effect_scores import effect_scores
from crm_helpers.measures.effects.policy_value import policy_values, policy_verdict
from crm_helpers.measures.effects.score_interval import score_interval

RNG = np.random.default_rng(1)
NOISE = pd.Series(RNG.normal(size=4000))


def verdict(effects: pd.Series, is_chosen: pd.Series, cost: float = 1.0) -> str:
    return policy_verdict(policy_values(effects, is_chosen, value=10.0, cost=cost))


def test_gain_is_effect_times_value_less_cost_per_100_persons():
    effects, chosen = pd.Series([0.5, 0.5, -0.5, -0.5]), pd.Series([True, True, False, False])
    values = policy_values(effects, chosen, value=10.0, cost=1.0).set_index("policy")
    assert values["gain"].tolist() == pytest.approx([0.0, -100.0, 200.0, 300.0])
    assert values["treated_share"].iloc[:3].tolist() == [0, 1, 0.5]


def test_targeting_wins_where_half_are_harmed():
    good = pd.Series(np.arange(4000) < 2000)
    assert verdict(np.where(good, 0.5, -0.5) + NOISE, good) == "chosen"


def test_everybody_wins_where_targeting_is_no_better():
    assert verdict(0.5 + NOISE, pd.Series(np.arange(4000) < 2000)) == "everybody"


def test_nobody_wins_where_no_effect_is_shown():
    assert verdict(NOISE, pd.Series(np.arange(4000) < 2000)) == "nobody"


def test_value_and_cost_may_differ_by_person():
    values = policy_values(
        pd.Series([1.0, 1.0]),
        pd.Series([True, False]),
        value=pd.Series([10.0, 2.0]),
        cost=pd.Series([1.0, 3.0]),
    )
    assert values["gain"].tolist() == pytest.approx([0.0, 400.0, 450.0, 50.0])


def test_gain_not_beyond_the_interval_is_worth_a_trial_only_if_the_order_is_shown():
    chosen = pd.Series(np.arange(4000) < 400)
    effects = (NOISE - NOISE[chosen].mean() + 0.11).where(chosen, NOISE - 0.2)
    values = policy_values(effects, chosen, value=10.0, cost=1.0)
    assert policy_verdict(values) == "nobody"
    assert policy_verdict(values, orders_persons=True) == "on trial"


def trial(treated: tuple[int, int], control: tuple[int, int]) -> pd.DataFrame:
    """One campaign: (persons, responses) of either arm."""
    arms = [np.arange(count) < yes for count, yes in (treated, control)]
    outcome = np.concatenate(arms).astype(int)
    is_treated = np.arange(len(outcome)) < treated[0]
    return pd.DataFrame({"outcome": outcome, "is_treated": is_treated, "campaign": "may"})


def test_a_control_group_without_a_response_does_not_prove_a_gain():
    """27 of 540 respond, 0 of 60 without contact: Wald says 23 to 78 per 100 persons at 95 %."""
    rows = trial((540, 27), (60, 0))
    scores = effect_scores(rows["outcome"], rows["is_treated"], 0.9)
    values = policy_values(
        scores, pd.Series([True] * 600), value=10.0, cost=0.0, trial=rows, interval_level=0.95
    ).set_index("policy")
    low, high = score_interval(27, 540, 0, 60)
    found = values.loc["everybody"]
    assert found["gain"] == pytest.approx(1000 * 0.05)
    assert found["low"] == pytest.approx(1000 * low)
    assert found["high"] == pytest.approx(max(1000 * high, found["gain"] + 1000 * (high - 0.05)))
    assert values.loc["chosen", ["low", "high"]].tolist() == found[["low", "high"]].tolist()


def test_who_is_left_out_decides_what_the_choice_is_worth_over_everybody():
    rows = pd.concat([trial((500, 50), (500, 10)), trial((540, 27), (60, 0))], ignore_index=True)
    rows["campaign"] = "may"
    scores = effect_scores(rows["outcome"], rows["is_treated"], 0.65)
    chosen = pd.Series(np.arange(len(rows)) < 1000)
    values = policy_values(
        scores, chosen, value=10.0, cost=0.0, trial=rows, interval_level=0.95
    ).set_index("policy")
    low, high = score_interval(27, 540, 0, 60)
    over = values.loc["chosen over everybody"]
    share = 600 / 1600
    assert over["low"] <= over["gain"] - 1000 * share * (high - 0.05) + 1e-6
    assert over["high"] >= over["gain"] + 1000 * share * (0.05 - low) - 1e-6


def test_a_choice_without_anybody_as_control_proves_nothing():
    rows = trial((500, 50), (100, 0))
    values = policy_values(
        effect_scores(rows["outcome"], rows["is_treated"], 5 / 6),
        rows["is_treated"],
        value=1.0,
        cost=0.0,
        trial=rows,
    ).set_index("policy")
    assert values.at["chosen", "low"] < 0 < values.at["chosen", "high"]


def test_a_comparison_contacts_no_share_of_anybody():
    values = policy_values(
        pd.Series([0.4, 0.0]), pd.Series([True, False]), value=10.0, cost=1.0
    ).set_index("policy")
    assert values["treated_share"].iloc[:3].tolist() == [0.0, 1.0, 0.5]
    assert pd.isna(values.at["chosen over everybody", "treated_share"])
