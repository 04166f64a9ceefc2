"""How often the propensity core claims something where nothing is: whole runs, outcomes dealt out.

Two worlds. In the first no attribute goes with the outcome: a claim to order better than chance, or
to beat the plain rule, is false. In the second one attribute carries all, so the plain rule is as
good as can be: a claim to beat it is false. The seeds were used for nothing else.
"""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.forecasts.evidence import Evidence, evidence
from crm_helpers.models.propensity.model import fit_in_time, fit_undated
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.propensity.study import shuffled

pytestmark = pytest.mark.slow

ROLES = ("train", "validation", "test")
METHODS = ("logistic", "tree", "naive_bayes", "lightgbm")


def contracts(rows: int, seed: int) -> pd.DataFrame:
    """The same contracts at three origins, ended the likelier the younger they are."""
    rng = np.random.default_rng(seed)
    fixed, plan, parts = rng.normal(size=(rows, 3)), rng.choice(["a", "b", "c"], rows), []
    for place, role in enumerate(ROLES):
        part = pd.DataFrame(fixed, columns=["x", "y", "z"])
        days = rng.uniform(0, 900, rows) + 91 * place
        ended = rng.random(rows) < 1 / (1 + np.exp(0.004 * days))
        day = pd.Timestamp("2025-01-01") + pd.Timedelta(days=91 * place)
        own = {"customer_id": np.arange(rows), "plan": plan, "days": days, "ended": ended}
        parts.append(part.assign(**own, origin_on=day, role=role))
    return pd.concat(parts, ignore_index=True)


def evidence_of(rows: pd.DataFrame, seed: int) -> Evidence:
    """Evidence of a whole run, in time or by folds, by one of the methods in turn."""
    settings = PropensitySettings(
        method=METHODS[seed % 4],
        seed=seed,
        min_events=10,
        folds=3,
        trusted_columns=("x", "y", "z", "plan", "days"),
    )
    if seed % 8 < 4:
        model = fit_in_time(rows, outcome="ended", settings=settings)
    else:
        one = rows[rows["role"] == "test"].drop(columns=["origin_on", "role"])
        model = fit_undated(one, outcome="ended", settings=settings)
    return evidence(model.test, customer="customer_id", draws=40, seed=seed)


def test_of_four_hundred_runs_without_any_effect_next_to_none_claims_one():
    found = [
        evidence_of(shuffled(contracts(300, seed), "ended", seed=seed), seed)
        for seed in range(50_000, 50_400)
    ]
    assert sum(one.finds_something for one in found) <= 4  # 1 expected; 5 come once in 270
    assert sum(one.beats_rule for one in found) <= 4
    assert np.mean([one.auc for one in found]) == pytest.approx(0.5, abs=0.02)


def test_where_one_attribute_carries_all_no_model_claims_to_beat_the_rule_on_it():
    found = [evidence_of(contracts(300, seed), seed) for seed in range(60_000, 60_200)]
    assert sum(one.finds_something for one in found) >= 100
    assert sum(one.beats_rule for one in found) <= 2  # at most 0.5 expected
