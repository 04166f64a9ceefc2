"""Sections on texts: what is shown is masked and escaped, what cannot be said is not guessed."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from crm_helpers.questions.satisfaction.texts import TextStory
from crm_helpers.tables.needs import Skip

WORDS = (
    "dress sleeve colour fabric seam button zip lining collar pocket belt hem shirt jacket "
    "trousers skirt waist shoulder cotton wool linen silk label size length width cut style pattern"
).split()


class Report:
    """What the sections ask of a report."""

    seed = 1
    source = SimpleNamespace(title="Shop")

    def __init__(self):
        self.p = SimpleNamespace(observation_days=365, period_days=91, min_group=20, bootstraps=30)
        self.parameters, self.findings = {}, {}

    def find(self, name, value, unit="", **beside):
        self.findings[name] = {"value": value, **beside}

    def money(self, amount, decimals=0):
        return f"{amount:.0f} EUR"


def no_money():
    raise Skip("no prices")


def story_of(texts, score=np.nan):
    frame = pd.DataFrame({"text": texts}).assign(
        feedback_id=[f"f{n:05d}" for n in range(len(texts))],
        customer_id=[f"c{n}" for n in range(len(texts))],
        collected_by="review", touchpoint="", scale="stars", score=score, period=0,
        text_age_days=0,
    )  # fmt: skip
    agreed = pd.DataFrame({"customer_id": frame["customer_id"], "may_profile": True})
    story = TextStory(SimpleNamespace(report=Report(), agreed=agreed, money_of=no_money))
    story.texts.__dict__["_written"] = frame
    return story


@pytest.fixture(scope="module")
def wild():
    """Texts with markup in them, beside some that harm in other ways."""
    rng = np.random.default_rng(1)
    texts = [f"the {' '.join(rng.choice(WORDS, 4))} <script>alert(1)</script>" for _ in range(300)]
    texts += [
        "My name is Eva Holm <b>dress fabric</b>",
        "😀😀",
        "مرحبا خدمة سيئة",
        "x" * 1_000_000,
    ]  # a megabyte
    return story_of(texts)


def test_markup_in_a_quote_is_escaped(wild):
    page = wild.quotes().html
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def test_texts_are_counted_with_those_masked_and_empty(wild):
    wild.themes()
    found = wild.report.findings
    assert (found["texts_read"]["value"], found["texts_masked"]["value"]) == (304, 1)
    assert wild.texts.empty == 1
    assert found["themes"]["value"] >= 1


def test_no_name_stands_in_what_is_kept(wild):
    assert not wild.texts.rows["shown"].str.contains("Eva").any()
    assert not wild.texts.rows["text"].str.contains("eva").any()


def test_without_scores_no_mood_is_given(wild):
    assert "None is guessed" in wild.mood().html
    assert "sentiment_test_auc" not in wild.report.findings
    assert "None is guessed" in wild.trust().html


def test_one_period_warns_of_nothing(wild):
    assert "There is one period of texts only." in wild.growth().html


def test_no_text_is_said():
    assert "There is no text by this day." in story_of([]).themes().html


def test_emoji_alone_are_no_texts_to_mine():
    assert "No text holds a word." in story_of(["😀", "🙄🙄"]).quotes().html


def test_scores_at_random_put_no_theme_first():
    rng = np.random.default_rng(3)
    texts = ["the " + " ".join(rng.choice(WORDS, 4)) for _ in range(400)]
    story = story_of(texts, score=rng.choice([1.0, 5.0], 400))
    assert "Words do not tell happy from unhappy customers" in story.mood().html
    assert "Without a mood that can be told no theme comes before another." in story.priority().html
