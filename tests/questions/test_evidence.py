from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.forecasts.evidence import evidence
from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.questions.evidence import findings, verdict


@pytest.fixture(scope="module")
def found():
    rng = np.random.default_rng(0)
    chance = rng.beta(2, 3, 800)
    rows = {"outcome": rng.random(800) < chance, "probability": chance, "rule_score": chance}
    return evidence(pd.DataFrame(rows), draws=60)


def test_better_than_the_rule_beyond_noise(found):
    better = replace(found, difference=0.05, difference_interval=Interval(0.02, 0.08))
    assert verdict(better) == "The model beats its plain rule in the test, by more than noise."


def test_not_clearly_better_is_said(found):
    close = replace(found, difference=0.01, difference_interval=Interval(-0.01, 0.03))
    assert "not clearly better" in verdict(close)


def test_a_model_that_lost_is_not_hidden(found):
    worse = replace(found, difference=-0.02, difference_interval=Interval(-0.05, 0.01))
    assert "lost to its plain rule" in verdict(worse)


def test_chance_claims_nothing(found):
    chance = replace(found, auc_interval=Interval(0.48, 0.53))
    assert "nothing is claimed" in verdict(chance)


def test_findings_carry_their_prefix_intervals_and_what_they_are_held_against(found):
    kept = findings(found, prefix="lapse")
    assert list(kept) == [
        "lapse_test_auc", "lapse_rule_auc", "lapse_test_brier", "lapse_calibration_error",
        "lapse_test_lift_top10", "lapse_base_rate",
    ]  # fmt: skip
    auc = kept["lapse_test_auc"]
    assert list(auc) == ["value", "unit", "low", "high", "level", "n", "baseline"]
    assert (auc["value"], auc["baseline"], auc["n"]) == (found.auc, found.rule_auc, 800)
    assert kept["lapse_test_lift_top10"]["baseline"] == 1.0
    assert kept["lapse_base_rate"]["unit"] == "share"
