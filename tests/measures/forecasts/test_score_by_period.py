"""Gini and KS by period."""

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.score_by_period import score_by_period


def watched(quarter, good, rng, n=400):
    score = rng.random(n)
    bad = rng.random(n) < (score if good else np.full(n, 0.5))
    return pd.DataFrame({"q": quarter, "score": score, "bad": bad, "customer": range(n)})


def test_a_score_that_stops_telling_is_seen_in_its_quarter():
    rng = np.random.default_rng(0)
    rows = pd.concat([watched("2026Q1", True, rng), watched("2026Q2", False, rng)])
    found = score_by_period(rows, outcome="bad", score="score", period="q", draws=60)
    assert found["period"].tolist() == ["2026Q1", "2026Q2"]
    assert found["low"].iloc[0] > 0.4
    assert found["low"].iloc[1] < 0 < found["high"].iloc[1]
    assert found["ks"].iloc[0] > 2 * found["ks"].iloc[1]


def test_a_quarter_with_few_defaults_is_left_out():
    rows = watched("2026Q1", True, np.random.default_rng(0), n=30)
    found = score_by_period(rows, outcome="bad", score="score", period="q", fewest=20, draws=60)
    assert found.empty


def test_a_perfect_order_has_gini_and_ks_of_one():
    rows = pd.DataFrame({"q": "x", "score": range(60), "customer": range(60)})
    rows["bad"] = rows["score"] >= 30
    found = score_by_period(rows, outcome="bad", score="score", period="q", draws=60).iloc[0]
    assert found["gini"] == found["ks"] == 1
