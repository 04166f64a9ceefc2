"""Themes over languages: planted ones are found, in small and in the demo company."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.demo import company
from crm_helpers.models.texts.languages import languages
from crm_helpers.models.texts.masking import masked
from crm_helpers.models.texts.sentiment import is_unhappy, sentiment
from crm_helpers.models.texts.themes import NO_THEME, themes
from crm_helpers.models.texts.words import normalized
from crm_helpers.tables.needs import Skip

WORDS = {
    ("en", "shop", "staff"): "clerk counter rude queue helper desk".split(),
    ("en", "shop", "price"): "costly discount cheap voucher euro sale".split(),
    ("en", "app", "app"): "login screen update crash button mobile phone tablet menu link".split(),
    ("fi", "shop", "staff"): "myyjä kassa töykeä jono apulainen tiski".split(),
    ("fi", "shop", "price"): "kallis alennus halpa kuponki hinta ale".split(),
    ("fi", "app", "app"): (
        "kirjautua näyttö päivitys kaatuu nappi puhelin valikko linkki sivu laite".split()
    ),
}


@pytest.fixture(scope="module")
def drawn():
    rng = np.random.default_rng(4)
    rows = []
    for (language, place, planted), words in WORDS.items():
        for _ in range(150):
            text = " ".join(rng.choice(words, 4, replace=False))
            called = float(rng.random() < (0.8 if planted == "staff" else 0.2))
            rows.append((text, language, place, planted, called))
    return pd.DataFrame(rows, columns=["text", "language", "place", "planted", "called"])


@pytest.fixture(scope="module")
def found(drawn):
    """Themes of these, of a text without a word of theirs, and of a language with twenty texts."""
    stranger = pd.DataFrame({"text": ["zebra xylophone"], "language": ["en"], "place": [""]})
    small = drawn[["text", "language", "place"]].tail(20).assign(language="sv")
    rows = pd.concat([drawn[["text", "language", "place"]], stranger, small], ignore_index=True)
    return themes(rows, drawn[["called"]].reindex(rows.index))


def test_themes_of_two_languages_are_matched_by_what_is_known_of_their_texts(drawn, found):
    pairs = drawn.assign(theme=found.of_text["theme"].iloc[: len(drawn)]).groupby("planted")
    main = pairs["theme"].agg(lambda one: one.mode().iloc[0])
    assert len(found.names) == main.nunique() == 3
    most = pairs["theme"].value_counts(normalize=True).groupby("planted").max()
    assert (most > 0.97).all()


def test_words_of_no_theme_have_none(drawn, found):
    assert found.of_text["theme"].iloc[len(drawn)] == NO_THEME


def test_a_small_language_is_left_out_and_counted(found):
    assert found.left_out == {"sv": 20}


def test_few_texts_have_no_themes(drawn):
    few = drawn.head(30)
    with pytest.raises(Skip, match="different texts in one language; themes are sought from 150"):
        themes(few[["text", "language", "place"]], few[["called"]])


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Texts of the demo company with theme and chance, beside what was planted."""
    folder = tmp_path_factory.mktemp("company")
    company.generate(folder)
    truth = pd.read_parquet(folder / "truth_feedback.parquet")
    truth = truth.rename(columns={"theme": "planted", "language": "spoken"})
    feedback = pd.read_parquet(folder / "feedback.parquet").dropna(subset=["text"])
    rows = feedback.merge(truth, on="feedback_id")
    rows = rows.assign(text=normalized(masked(rows["text"])), place=rows["touchpoint"])
    rows = rows.assign(language=languages(rows["text"]), person=rows["customer_id"], period=1)
    score = rows["score"].groupby(rows["scale"]).rank(pct=True)
    signals = pd.get_dummies(rows["collected_by"]).astype(float).assign(score=score)
    found = themes(rows[["text", "language", "place"]], signals)
    rows = rows.assign(unhappy=is_unhappy(rows["score"], rows["scale"]))
    told = sentiment(rows[["text", "unhappy", "person", "period"]], draws=10)
    return rows.assign(theme=found.of_text["theme"], chance=told.chance)


@pytest.mark.slow
def test_eight_planted_themes_are_found_in_both_languages(demo):
    table = demo[demo["theme"] != NO_THEME].groupby(["spoken", "theme"])["planted"]
    main = table.agg(lambda one: one.mode().iloc[0]).unstack("spoken")
    purity = table.value_counts().groupby(["spoken", "theme"]).max().groupby("spoken").sum()
    assert len(main) == 8
    assert (main["en"] == main["de"]).all()
    assert main["en"].nunique() == 8
    # Measured 0.986 in both languages; texts with a second theme leave room for doubt.
    assert (purity / demo.groupby("spoken").size() > 0.95).all()


@pytest.mark.slow
def test_mood_by_theme_has_the_planted_order(demo):
    by_theme = demo.groupby("planted")[["chance", "is_negative"]].mean()
    sign = (by_theme["chance"] > 0.5) == (by_theme["is_negative"] > 0.5)
    assert sign.all()
    assert by_theme.corr(method="spearman").iloc[0, 1] > 0.95
