"""Normal form of words, and the small tables of empty ones."""

import pandas as pd
import pytest

from crm_helpers.models.texts.stop_words import STOP_WORDS
from crm_helpers.models.texts.words import has_words, normalized, stop_words


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<b>GREAT</b>  value", "great value"),
        ("Straße", "strasse"),
        ("sooooo good", "so good"),
        ("see https://example.org/a?b now", "see now"),
        ("Dear [name], call [phone]", "dear , call"),
        (None, ""),
    ],
)
def test_texts_become_plain_words(text, plain):
    assert normalized(pd.Series([text], dtype=object))[0] == plain


def test_emoji_and_blanks_are_no_words_but_other_scripts_are():
    texts = pd.Series(["😀😀", " ", "a1", "ok", "خدمة سيئة"])
    assert has_words(texts).tolist() == [False, False, False, True, True]


@pytest.mark.parametrize("language", sorted(STOP_WORDS))
def test_negations_stay_words(language):
    negations = {"not", "nicht", "kein", "keine", "nie", "pas", "niet", "non"}
    assert not negations & set(stop_words(language))


def test_a_language_without_a_table_has_no_empty_words():
    assert stop_words("fi") == []
