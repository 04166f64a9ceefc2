"""Languages told among those that are common in the texts."""

import pandas as pd

from crm_helpers.models.texts.languages import UNKNOWN, languages, plausible_languages

ENGLISH = "the parcel arrived four days late and nobody answered my question"
GERMAN = "das paket kam vier tage zu spät und niemand hat meine frage beantwortet"
FRENCH = "le colis est arrivé avec quatre jours de retard et personne ne répond"


def test_each_text_has_its_language():
    texts = pd.Series([ENGLISH, GERMAN, FRENCH])
    assert languages(texts, among=("en", "de", "fr")).tolist() == ["en", "de", "fr"]


def test_short_and_empty_texts_are_unknown():
    texts = pd.Series([ENGLISH, "ok", ""])
    assert languages(texts).tolist() == ["en", UNKNOWN, UNKNOWN]


def test_a_rare_language_is_not_sought():
    texts = pd.Series([f"{ENGLISH} {n}" for n in range(99)] + [FRENCH])
    assert plausible_languages(texts) == ("en",)


def test_no_text_has_no_language():
    assert languages(pd.Series([], dtype=str)).empty
    assert plausible_languages(pd.Series(["ok"])) == ()
