"""How those who write feel, and what is not claimed where words do not tell it."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.models.texts.sentiment import Sentiment
from crm_helpers.questions.satisfaction import mood

THEMED = pd.DataFrame({"theme": ["late"] * 3 + ["app"] * 2, "customer_id": list("abcab")})


def study(*chance: float, low: float = 0.8) -> Sentiment:
    """Mood of texts, told well or no better than by lot."""
    told_by = pd.DataFrame({"word": ["never", "late", "nice"], "weight": [2.0, 1.0, -3.0]})
    test = pd.DataFrame({"is_unhappy": [True, False], "chance": [0.9, 0.1]})
    return Sentiment(pd.Series(chance), told_by, 0.9, Interval(low, 0.95), test, 100, True)


def test_words_must_tell_at_the_level_of_claims():
    assert SURE.is_told
    # 0.6 with a standard error of 0.04: 2.5 errors above one half, of the 2.8 of a claim.
    told_by, test = SURE.told_by, SURE.test
    near = Sentiment(SURE.chance, told_by, 0.6, Interval(0.522, 0.678), test, 100, True)
    assert near.test_interval.low > 0.5
    assert not near.is_told


SURE = study(0.9, 0.8, 0.7, 0.2, 0.0)
BY_LOT = study(0.9, 0.8, 0.7, 0.2, 0.0, low=0.5)


def test_chance_is_that_of_the_text_not_of_its_place():
    felt = mood.felt(THEMED.iloc[[3, 0]], SURE)
    assert felt["chance"].tolist() == [0.2, 0.9]


def test_unhappiest_theme_comes_first(told):
    felt = mood.felt(THEMED, SURE)
    section = mood.unhappy(told(), felt, SURE, min_group=2)
    assert section.says == "Of 100 who write about late, 80 are unhappy"
    assert section.data["theme"].tolist() == ["late", "app"]
    assert section.data["unhappy"].tolist() == pytest.approx([80.0, 10.0])
    assert section.findings == mood.findings(felt, SURE)
    assert "unhappiness: never, late, nice; of happiness: nice, late, never" in section.html


def test_themes_with_few_texts_are_not_shown(told):
    felt = mood.felt(THEMED, SURE)
    assert mood.unhappy(told(), felt, SURE, min_group=3).data["theme"].tolist() == ["late"]
    assert mood.unhappy(told(), felt, SURE, min_group=4).reason == "No theme has 4 texts."


def test_words_that_tell_nothing_are_said(told):
    felt = mood.felt(THEMED, BY_LOT)
    section = mood.unhappy(told(), felt, BY_LOT, min_group=2)
    assert section.reason == ("Words do not tell happy from unhappy customers better than chance.")
    assert mood.findings(felt, BY_LOT)["sentiment_test_auc"] == {
        "value": 0.9,
        "unit": "AUC",
        "low": 0.5,
        "high": 0.95,
        "n": 2,
    }


def texts(scores: list[float]) -> pd.DataFrame:
    """Texts that tell their mood in one word, of two periods."""
    rows = pd.DataFrame({"unhappy": pd.array([s < 3 for s in scores], dtype="boolean")})
    words = rows["unhappy"].map({True: "never again", False: "lovely thing"})
    names = [f"c{n}" for n in rows.index]
    return rows.assign(text=words, person=names, period=rows.index % 2)


def test_few_scores_give_no_mood(told):
    found = mood.study(texts([1.0] * 49 + [5.0] * 60), bootstraps=10, seed=1)
    assert found.reason.startswith("feedback: 49 scored texts of unhappy")
    felt = mood.felt(THEMED, found)
    assert mood.unhappy(told(), felt, found, min_group=2).reason == found.reason
    assert mood.findings(felt, found).reason == found.reason


def test_mood_that_one_word_tells_is_learned():
    found = mood.study(texts([1.0] * 120 + [5.0] * 120), bootstraps=10, seed=1)
    assert found.test_auc == 1.0
    assert repr(found) == (
        "Study of mood: logistic, learned from 240 texts, 240 scored, AUC 1.00 on 120 (in time)"
    )


def test_scores_at_random_are_not_told(told):
    scores = np.random.default_rng(3).choice([1.0, 5.0], 400)
    rows = texts(list(scores)).assign(text=["some words here", "and other words"] * 200)
    found = mood.study(rows, bootstraps=30, seed=1)
    themed = pd.DataFrame({"theme": "late", "customer_id": "a"}, index=rows.index)
    section = mood.unhappy(told(), mood.felt(themed, found), found, min_group=2)
    assert section.reason.startswith("Words do not tell happy from unhappy customers")
