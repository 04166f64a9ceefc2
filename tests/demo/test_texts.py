import numpy as np
import pytest

from crm_helpers.demo.texts import THEMES


@pytest.fixture(scope="module")
def texts(company):
    return company["feedback"].merge(company["truth_feedback"], on="feedback_id")


def test_every_text_and_only_texts_have_a_truth(company, texts):
    assert texts["text"].notna().all()
    assert company["feedback"]["text"].notna().sum() == len(texts)


def test_eight_themes_are_spoken_of_in_two_languages(texts):
    counts = texts.groupby(["theme", "language"]).size().unstack()
    assert sorted(counts.index) == sorted(THEMES)
    assert counts.to_numpy().min() > 30
    assert counts["de"].sum() / len(texts) == pytest.approx(0.4, abs=0.05)


def test_texts_vary(texts):
    assert texts["text"].str.lower().nunique() / len(texts) > 0.8


def test_stars_follow_the_mood_of_the_text(texts):
    reviews = texts[(texts["scale"] == "stars") & (texts["score"] <= 5)]
    assert reviews.loc[reviews["is_negative"], "score"].max() == 3
    assert reviews.loc[~reviews["is_negative"], "score"].min() == 3


def test_complaints_come_in_the_stated_order_of_themes(twin):
    company = twin()
    texts = company["feedback"].merge(company["truth_feedback"], on="feedback_id")
    reviews = texts[texts["collected_by"] == "review"]
    share = reviews.groupby("theme")["is_negative"].mean()
    stated = company.truth["feedback"]["NEGATIVE"]
    for theme in ("quality", "price", "delivery", "packaging"):
        count = (reviews["theme"] == theme).sum()
        assert share[theme] == pytest.approx(stated[theme], abs=4 * np.sqrt(0.25 / count))


def test_planted_personal_data_stand_in_their_texts(texts):
    planted = texts[texts["personal_kind"] != ""]
    for kind, part in planted.groupby("personal_kind"):
        assert len(part) > 10, kind
    pairs = zip(planted["text"], planted["personal_value"], strict=True)
    assert all(value in text for text, value in pairs)
    assert len(planted) / len(texts) == pytest.approx(0.05, abs=0.015)


def test_no_other_text_holds_an_address_or_a_long_number(texts):
    others = texts.loc[texts["personal_kind"] == "", "text"]
    assert not others.str.contains(r"@|\d{5}|\d{4} \d", regex=True).any()


def test_addresses_are_of_domains_kept_for_examples(company):
    assert company["customers"]["email"].str.contains(r"@example\.(?:com|org|net)$").all()


def test_the_counts_on_the_page_are_those_of_the_texts(company, texts):
    stated = company.truth["feedback"]["counts"]
    counts = texts["theme"].value_counts()
    assert {theme: stated[theme] for theme in THEMES} == counts[list(THEMES)].to_dict()
