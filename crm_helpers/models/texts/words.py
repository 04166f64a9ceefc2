"""Words of texts: texts in any form -> normalized words that a model can count."""

import unicodedata

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crm_helpers.models.texts.stop_words import STOP_WORDS

WORD = r"[^\W\d_]{2,}"
_LINK = r"(?:https?://|www\.)\S+"
_TAG = r"<[^<>]{0,200}>"
_MASK = r"\[(?:name|e-mail|phone|card|account|handle|link)\]"


def normalized(texts: pd.Series) -> pd.Series:
    """Texts in small letters, without markup, links and the places where something was masked.

    Parameters
    ----------
    texts : Series of str, shape (n_texts,)
        Masked texts (see `masking.masked`); missing becomes empty.

    Returns
    -------
    Series of str, same index

    Examples
    --------
    >>> normalized(pd.Series(["<b>GREAT</b> Straße, see http://x.org [name]"]))[0]
    'great strasse, see'
    """
    words = pa.array(texts.fillna("").astype(object), type=pa.string())
    for pattern in (_LINK, _TAG, _MASK):
        words = pc.replace_substring_regex(words, pattern, " ")
    words = pc.utf8_lower(pc.utf8_normalize(words, form="NFKC"))
    words = pc.replace_substring(words, "ß", "ss")
    # A word drawn out ("sooo") is the same word.
    for letter in "aeiou":
        words = pc.replace_substring_regex(words, f"{letter}{{3,}}", letter)
    words = pc.utf8_trim_whitespace(pc.replace_substring_regex(words, r"\s+", " "))
    return pd.Series(words.to_pandas().to_numpy(), index=texts.index, name=texts.name, dtype="str")


def stop_words(language: str) -> list[str]:
    """Words without content of a language in normalized form; none where there is no table.

    Parameters
    ----------
    language : str
        ISO 639-1, or "unknown".

    Returns
    -------
    list of str
    """
    table = STOP_WORDS.get(language, frozenset())
    plain = {unicodedata.normalize("NFKC", word).lower().replace("ß", "ss") for word in table}
    return sorted(plain)


def has_words(texts: pd.Series) -> pd.Series:
    """Whether a normalized text holds a word of two letters at least (emoji are none).

    Parameters
    ----------
    texts : Series of str, shape (n_texts,)

    Returns
    -------
    Series of bool
    """
    found = pc.match_substring_regex(pa.array(texts.astype(object), type=pa.string()), r"\pL{2}")
    return pd.Series(found.to_numpy(zero_copy_only=False), index=texts.index, dtype=bool)
