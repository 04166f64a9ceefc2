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


def test_the_worst_answers_come_first_in_words():
    poor = pd.DataFrame({"income": [500.0], "home": ["rents"]})
    first, second = decline_reasons(CARD, poor)[0].split("; ")
    assert first.startswith("income: up to")
    assert second.startswith("home: rents (-")


def test_who_has_the_best_answers_has_no_reason():
    rich = pd.DataFrame({"income": [9000.0], "home": ["owns"]})
    assert decline_reasons(CARD, rich)[0] == "nothing stands out"


def test_answers_missing_are_said_so_when_they_cost_points():
    gaps = FRAME.assign(income=FRAME["income"].where(FRAME["income"] > 1500))
    card = Scorecard().fit(gaps, pd.Series(RNG.random(3000) < 1 / (1 + np.exp(-ODDS))))
    said = decline_reasons(card, pd.DataFrame({"income": [np.nan], "home": ["owns"]}))[0]
    assert said.startswith("income: not stated (-")
