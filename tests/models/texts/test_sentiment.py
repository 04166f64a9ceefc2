"""Mood learned from scored texts: found where planted, none where shuffled or too few."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.texts.sentiment import is_unhappy, sentiment
from crm_helpers.tables.needs import Skip

BAD, GOOD = ["late", "broken", "not good", "rude"], ["lovely", "good", "quick", "fair"]


def world(rows=600, seed=1):
    rng = np.random.default_rng(seed)
    unhappy = rng.random(rows) < 0.4
    words = [f"it was {rng.choice(BAD if bad else GOOD)} again" for bad in unhappy]
    return pd.DataFrame(
        {
            "text": words,
            "unhappy": pd.array(unhappy, dtype="boolean"),
            "person": [f"p{n // 2}" for n in range(rows)],
            "period": np.arange(rows) % 4,
        }
    )


def test_planted_mood_is_found_in_texts_of_the_last_period():
    found = sentiment(world(), draws=30)
    assert found.in_time
    assert found.test_auc > 0.99
    assert found.told_by["word"].iloc[0] in {"late", "broken", "rude", "not", "not good"}


def test_not_good_is_unhappier_than_good():
    rows = world()
    extra = rows.iloc[:2].assign(text=["it was not good again", "it was good again"], unhappy=pd.NA)
    chance = sentiment(pd.concat([rows, extra], ignore_index=True), draws=30).chance
    assert chance.iloc[-2] > 0.8
    assert chance.iloc[-1] < 0.2


def test_undated_texts_are_tested_by_cross_validation():
    found = sentiment(world().assign(period=0), draws=30)
    assert not found.in_time
    assert len(found.test) == 600


def test_shuffled_scores_are_not_found():
    rows = world()
    mixed = np.random.default_rng(5).permutation(rows["unhappy"].to_numpy())
    found = sentiment(rows.assign(unhappy=mixed), draws=100)
    assert found.test_interval.low < 0.5 < found.test_interval.high


def test_chances_are_calibrated_where_words_tell_half():
    rows = world(1200)
    rng = np.random.default_rng(2)
    told = rows["unhappy"].to_numpy(dtype=bool) ^ (rng.random(1200) < 0.25)
    found = sentiment(rows.assign(unhappy=pd.array(told, dtype="boolean")), draws=10)
    said = found.test.groupby(found.test["chance"] > 0.5)
    assert np.allclose(said["chance"].mean(), said["is_unhappy"].mean(), atol=0.06)


def test_too_few_scored_texts_give_no_mood():
    with pytest.raises(Skip, match="scored texts of unhappy .* None is guessed"):
        sentiment(world(60))


def test_effort_and_the_middle_are_no_mood():
    score, scale = pd.Series([1.0, 3.0, 7.0, 8.0, 10.0]), ["ces", "stars", "ces", "nps", "nps"]
    assert is_unhappy(score, pd.Series(scale)).isna().tolist() == [True, True, True, True, False]
