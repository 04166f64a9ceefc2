"""Reason codes."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.credit.decline_reasons import decline_reasons, lost_points
from crm_helpers.models.credit.scorecard import Scorecard

RNG = np.random.default_rng(2)
FRAME = pd.DataFrame(
    {"income": RNG.normal(2000, 500, 3000), "home": RNG.choice(["rents", "owns"], 3000)}
)
ODDS = -2 - (FRAME["income"] - 2000) / 400 + (FRAME["home"] == "rents")
CARD = Scorecard().fit(FRAME, pd.Series(RNG.random(3000) < 1 / (1 + np.exp(-ODDS))))


def test_points_lost_by_all_applicants_of_training_add_up_to_nothing():
    assert lost_points(CARD, FRAME).sum().to_numpy() == pytest.approx([0, 0], abs=1e-6)


def test_points_lost_explain_the_whole_distance_between_two_scores():
    two = FRAME.head(2)
    lost = lost_points(CARD, two).sum(axis=1)
    assert lost[1] - lost[0] == pytest.approx(CARD.score(two)[0] - CARD.score(two)[1])


def test_the_worst_answers_come_first():
    poor = pd.DataFrame({"income": [500.0], "home": ["rents"]})
    reasons = decline_reasons(CARD, poor)
    assert reasons["attribute"].tolist() == ["income", "home"]
    assert reasons["lost"].is_monotonic_decreasing
    rents = {bins.name: bins.levels for bins in CARD.bins}["home"]["rents"]
    assert reasons["bin"].tolist() == [0, rents]  # the lowest incomes come first


def test_who_has_the_best_answers_has_no_reason():
    rich = pd.DataFrame({"income": [9000.0], "home": ["owns"]})
    assert decline_reasons(CARD, rich).empty


def test_a_place_tells_whose_reason_it_is_whatever_the_index():
    both = pd.DataFrame({"income": [9000.0, 500.0], "home": ["owns", "rents"]}, index=[7, 3])
    assert decline_reasons(CARD, both)["place"].tolist() == [1, 1]
    assert decline_reasons(CARD, both, count=1)["place"].tolist() == [1]


def test_a_missing_answer_that_costs_points_is_the_last_bin():
    gaps = FRAME.assign(income=FRAME["income"].where(FRAME["income"] > 1500))
    card = Scorecard().fit(gaps, pd.Series(RNG.random(3000) < 1 / (1 + np.exp(-ODDS))))
    reason = decline_reasons(card, pd.DataFrame({"income": [np.nan], "home": ["owns"]})).iloc[0]
    bins = {bins.name: bins for bins in card.bins}["income"]
    assert (reason["attribute"], reason["bin"]) == ("income", bins.missing)


def test_an_answer_never_seen_has_no_bin():
    bad = pd.Series(RNG.random(3000) < np.where(FRAME["home"] == "rents", 0.3, 0.01))
    card = Scorecard().fit(FRAME, bad)
    reason = decline_reasons(card, pd.DataFrame({"income": [2000.0], "home": ["castle"]})).iloc[0]
    assert (reason["attribute"], reason["bin"]) == ("home", -1)
