"""How often something is claimed where nothing is: contracts at many origins, outcomes dealt anew.

The same contracts run from origin to origin, and their attributes hardly change; so whatever of a
contract leaked from training into the test would show here, as a mean above 0.5 or as
intervals too narrow. The level of a claim was chosen by principle
(`measures.forecasts.evidence`); the seeds here were used for nothing else.
"""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.propensity.study import shuffled, study_in_time

pytestmark = pytest.mark.whole

ORIGINS = pd.date_range("2025-01-01", periods=6, freq="91D")
ROLES = ("train", "train", "train", "validation", "test", "score")


def running_contracts(contracts: int, seed: int) -> pd.DataFrame:
    """Contracts, most of them at several origins, one in fifteen ended after each."""
    rng = np.random.default_rng(seed)
    fixed = rng.normal(size=(contracts, 4))
    plan = rng.choice(["basic", "plus", "family"], contracts)
    here, parts = np.ones(contracts, bool), []
    for place, (day, role) in enumerate(zip(ORIGINS, ROLES, strict=True)):
        ended = rng.uniform(size=contracts) < 1 / 15
        part = pd.DataFrame(fixed, columns=[f"x{n}" for n in range(4)])
        part = part.assign(
            customer_id=np.arange(contracts),
            plan=plan,
            tenure=rng.uniform(0, 900) + 91 * place,
            ended=ended,
            origin_on=day,
            role=role,
        )
        parts.append(part[here])
        here = here & ~ended
    return pd.concat(parts, ignore_index=True)


def claims(seeds: range, *, contracts: int, methods: tuple[str, ...], draws: int) -> pd.DataFrame:
    """AUC in standard errors from 0.5, and whether anything was claimed, shuffle by shuffle."""
    found = []
    for seed in seeds:
        rows = shuffled(running_contracts(contracts, seed), "ended", seed=seed)
        settings = PropensitySettings(method=methods[seed % len(methods)], seed=seed, min_events=20)
        told = study_in_time(rows, outcome="ended", settings=settings, draws=draws).evidence
        spread = told.auc_interval.high - told.auc
        found.append((told.auc, spread, told.finds_something))
    return pd.DataFrame(found, columns=["auc", "reach", "claimed"])


def test_level_of_a_claim_lets_one_quarter_in_twenty_say_something_false():
    assert pytest.approx(0.995) == CLAIM_LEVEL
    assert 20 * (1 - CLAIM_LEVEL) / 2 == pytest.approx(0.05)


def test_shuffled_outcomes_of_contracts_at_many_origins_give_no_claim_and_no_lean():
    told = claims(range(7000, 7016), contracts=1500, methods=("logistic",), draws=40)
    assert not told["claimed"].any()
    assert told["auc"].mean() == pytest.approx(0.5, abs=0.03)


@pytest.mark.slow
def test_a_hundred_shuffles_lean_to_no_side_and_spread_as_chance_does():
    told = claims(range(8000, 8100), contracts=2500, methods=("logistic", "lightgbm"), draws=60)
    assert told["claimed"].sum() <= 2  # 0.25 expected; three would come once in 400 such tests
    assert told["auc"].mean() == pytest.approx(0.5, abs=4 * 0.025 / 10)
    moved = told[told["reach"] > 0]
    z = (moved["auc"] - 0.5) / (moved["reach"] / 2.807)
    assert 0.75 < z.std() < 1.3
