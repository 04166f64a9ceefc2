import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.effects.policy_value import policy_values, policy_verdict

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


def test_a_comparison_contacts_no_share_of_anybody():
    values = policy_values(
        pd.Series([0.4, 0.0]), pd.Series([True, False]), value=10.0, cost=1.0
    ).set_index("policy")
    assert values["treated_share"].iloc[:3].tolist() == [0.0, 1.0, 0.5]
    assert pd.isna(values.at["chosen over everybody", "treated_share"])
