import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.survival.effects import hazard_effects, odds_effects, terms_of
from crm_helpers.tables.needs import Skip

# Weeks in remission of leukaemia patients, 6-MP against placebo; Freireich et al. (1963).
TREATED = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def test_leukaemia_remissions_as_r_coxph_of_mass_gehan():
    # MASS (Venables & Ripley, 4th ed., 13.1): coxph(Surv(time, cens) ~ treat, gehan):
    # exp(coef) 4.817 for the control group, Efron's ties.
    spells = pd.DataFrame(
        {
            "entry_days": 0,
            "exit_days": TREATED + PLACEBO,
            "ended": [True] * 9 + [False] * 12 + [True] * 21,
            "group": ["6-MP"] * 21 + ["control"] * 21,
        }
    )
    shown = hazard_effects(spells, ["group"]).iloc[0]
    ratio = shown["ratio"] if shown["level"] == "control" else 1 / shown["ratio"]
    assert ratio == pytest.approx(4.817, abs=5e-4)  # printed to three places


def spells(n=3000, seed=0):
    rng = np.random.default_rng(seed)
    plan = rng.choice(["basic", "plus"], n, p=[0.6, 0.4])
    rate = 0.01 * np.where(plan == "plus", 0.5, 1.0)
    life, other = rng.exponential(1 / rate), rng.exponential(150, n)
    entry = rng.integers(0, 60, n)
    leaves = np.minimum(np.minimum(life, other), 200)
    frame = pd.DataFrame(
        {
            "entry_days": entry,
            "exit_days": leaves,
            "ended": leaves < 200,
            "end_reason": np.where(life <= other, "voluntary", "involuntary"),
            "plan": plan,
            "fee": np.where(plan == "plus", 8.9, 4.9),
        }
    )
    return frame[frame["exit_days"] > frame["entry_days"]].reset_index(drop=True)


def test_a_planted_ratio_is_inside_its_interval_with_late_entry_and_another_cause():
    found = hazard_effects(spells(1000), ["plan"], cause="voluntary").iloc[0]
    assert (found["level"], found["against"]) == ("plus", "basic")
    assert found["low"] < 0.5 < found["high"]
    assert found["high"] < 1
    assert hazard_effects(spells(1000), ["plan"], cause="involuntary")["low"][0] < 1


def test_a_factor_that_others_already_say_is_left_out():
    _, told = terms_of(spells(), ["fee", "plan"])
    assert told["factor"].tolist() == ["plan"]


def test_odds_ratio_of_two_by_two_counts():
    rows = pd.DataFrame({"plan": ["a"] * 100 + ["b"] * 80})
    rows["churned"] = [True] * 40 + [False] * 60 + [True] * 20 + [False] * 60
    found = odds_effects(rows, ["plan"], outcome="churned").iloc[0]
    assert found["ratio"] == pytest.approx((20 / 60) / (40 / 60), rel=1e-6)  # iterated fit


def test_too_few_ends_skip_with_the_count():
    with pytest.raises(Skip, match="Too few ends to tell effects apart: 4 for 1 terms"):
        hazard_effects(
            spells(60).assign(ended=[True] * 4 + [False] * (len(spells(60)) - 4)), ["plan"]
        )
