"""What is written about: shown masked and escaped; what cannot be said is not guessed."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.texts.themes import Themes
from crm_helpers.questions.satisfaction import mood, texts, themes

WORDS = (
    "dress sleeve colour fabric seam button zip lining collar pocket belt hem shirt jacket "
    "trousers skirt waist shoulder cotton wool linen silk label size length width cut style pattern"
).split()
DAYS = {"observation_days": 365}


@pytest.fixture(scope="module")
def wild():
    """Texts with markup in them, beside some that harm in other ways."""
    rng = np.random.default_rng(1)
    lines = [f"the {' '.join(rng.choice(WORDS, 4))} <script>alert(1)</script>" for _ in range(300)]
    lines += [
        "My name is Eva Holm <b>dress fabric</b>",
        "😀😀",
        "مرحبا خدمة سيئة",
        "x" * 1_000_000,
    ]  # a megabyte
    frame = pd.DataFrame({"text": lines}).assign(
        feedback_id=[f"f{n:05d}" for n in range(len(lines))],
        customer_id=[f"c{n}" for n in range(len(lines))],
        collected_by="review",
        touchpoint="",
        scale="stars",
        score=np.nan,
        period=0,
        text_age_days=0,
    )
    agreed = pd.DataFrame({"customer_id": frame["customer_id"], "may_profile": True})
    masked = texts.without_personal_data(frame, agreed)
    return texts.with_words(masked, shuffle_outcomes=False, seed=1)


@pytest.fixture(scope="module")
def wild_study(wild):
    return themes.study(wild, seed=1)


def test_themes_are_found_and_told_in_one_line(wild, wild_study):
    assert len(wild) == 303
    assert repr(wild_study).startswith(f"Study of themes: {len(wild_study.names)} of them in ")
    topics = themes.topics(themes.themed(wild, wild_study, **DAYS), wild_study, **DAYS)
    assert topics.findings["themes"]["value"] >= 1


def test_markup_in_a_quote_is_escaped(wild, wild_study):
    page = themes.quotes(themes.themed(wild, wild_study, **DAYS), wild_study).html
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def test_without_scores_no_mood_is_given(wild, wild_study):
    study = mood.study(wild, bootstraps=30, seed=1)
    assert "None is guessed" in study.reason
    felt = mood.felt(themes.themed(wild, wild_study, **DAYS), study, study)
    assert "None is guessed" in felt.reason


def test_few_texts_have_no_themes(wild):
    found = themes.study(wild.head(2), seed=1)
    assert "themes are sought from 150 on" in found.reason
    assert themes.themed(wild, found, **DAYS).reason == found.reason


def study(*names: str) -> Themes:
    """Texts each of which speaks of one theme."""
    of_text = pd.DataFrame({"theme": list(names), "weight": 0.5})
    words = pd.DataFrame({"theme": sorted({*names} - {""})}).assign(
        language="en", place="", words="late, never"
    )
    return Themes(words, of_text, {})


def short(*rows: tuple) -> pd.DataFrame:
    """Texts from words, period and age."""
    frame = pd.DataFrame(list(rows), columns=["text", "period", "text_age_days"])
    names = [f"f{n}" for n in range(len(frame))]
    return frame.assign(feedback_id=names, shown=frame["text"].str.capitalize())


def test_only_texts_of_the_window_that_speak_of_a_theme_count():
    rows = short(("a", 0, 0), ("b", 0, 364), ("c", 4, 365), ("d", 0, 0))
    found = themes.themed(rows, study("price", "app", "app", ""), **DAYS)
    assert found["text"].tolist() == ["a", "b"]
    none = themes.themed(rows, study("", "", "app", ""), **DAYS)
    assert none.reason == "No text of the last 365 days speaks of a theme."


def test_most_frequent_theme_comes_first_with_its_share():
    of = study("app", "price", "price", "price")
    section = themes.topics(themes.themed(short(*[("a", 0, 0)] * 4), of, **DAYS), of, **DAYS)
    assert section.says == (
        "Customers write about 2 things, most often about price: 75 of 100 texts"
    )
    assert section.data["texts"].tolist() == [75.0, 25.0]
    assert section.findings == {"themes": {"value": 2, "unit": "themes", "n": 4}}


def test_two_quotes_of_a_theme_the_weightiest_first_and_none_twice():
    lines = [f"a text of some length, {n}" for n in ("one", "two", "three", "one")]
    of = study("app", "app", "app", "app")
    weighted = Themes(of.words, of.of_text.assign(weight=[0.9, 0.1, 0.5, 0.8]), {})
    rows = themes.themed(short(*((line, 0, 0) for line in lines)), weighted, **DAYS)
    section = themes.quotes(rows, weighted)
    assert section.data["shown"].tolist() == [lines[0].capitalize(), lines[2].capitalize()]


@pytest.mark.parametrize(("letters", "is_quoted"), [(19, False), (20, True), (181, False)])
def test_quotes_are_neither_short_nor_long(letters, is_quoted):
    of = study("app")
    section = themes.quotes(themes.themed(short(("x" * letters, 0, 0)), of, **DAYS), of)
    assert bool(section) == is_quoted
    assert is_quoted or section.reason == "No text is between 20 and 180 letters long."


def test_theme_that_nobody_wrote_about_before_is_growing():
    names = ["app"] * 20 + ["price"] * 20
    rows = short(*((f"t{n}", 1 if n < 20 else 0, 0) for n in range(40)))
    rows = rows.assign(person=range(40))
    section = themes.growth(themes.themed(rows, study(*names), **DAYS), period_days=91)
    assert section.says == "More is written about price"
    assert section.data["verdict"].tolist() == ["new", "gone"]
    assert section.findings == {"themes_grown": {"value": 1, "unit": "themes", "n": 20}}


def test_one_period_warns_of_nothing(wild, wild_study):
    section = themes.growth(themes.themed(wild, wild_study, **DAYS), period_days=91)
    assert section.reason == "There is one period of texts only."
    assert section.findings == {}
