"""Language of each text: texts -> ISO 639-1 code, or unknown where a text is too short to tell."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from py3langid import langid
from py3langid.langid import LanguageIdentifier

UNKNOWN = "unknown"
FEWEST_LETTERS = 12
SURE = 0.6
# Languages are looked for in this many of the longer texts; all texts are then told among those.
LOOKED_AT = 2_000
LONGER = 40
LEAST_SHARE = 0.02


def languages(texts: pd.Series, *, among: tuple[str, ...] = (), seed: int = 0) -> pd.Series:
    """Language of each text, told among those that are common in the longer ones.

    The longer a text, the surer its language: so some of the longer texts say which languages
    this company's customers write, and each text is given to one of these. Texts under 12
    letters, and those whose best language has a probability under 0.6, are unknown.

    Parameters
    ----------
    texts : Series of str, shape (n_texts,)
        Normalized texts.
    among : tuple of str
        Languages to tell apart, where they are known; empty: found in the texts.
    seed : int, default 0

    Returns
    -------
    Series of str, same index

    References
    ----------
    .. [1] Lui & Baldwin (2012), langid.py: An Off-the-shelf Language Identification Tool, ACL.
    """
    model = _identifier()
    plausible = among or plausible_languages(texts, seed=seed)
    result = pd.Series(UNKNOWN, index=texts.index, dtype="str")
    told = texts[texts.str.len() >= FEWEST_LETTERS].drop_duplicates()
    if plausible and len(told):
        model.set_languages(list(plausible))
        found = [model.classify(text) for text in told]
        names = [name if chance >= SURE else UNKNOWN for name, chance in found]
        result = texts.map(dict(zip(told, names, strict=True))).fillna(UNKNOWN).astype("str")
    return result


def plausible_languages(texts: pd.Series, *, seed: int = 0) -> tuple[str, ...]:
    """Languages of at least 2 in 100 of the longer texts.

    Parameters
    ----------
    texts : Series of str, shape (n_texts,)
    seed : int, default 0

    Returns
    -------
    tuple of str, commonest first; empty without a text of 12 letters
    """
    length = texts.str.len()
    longer = texts[length >= min(LONGER, length.quantile(0.5))] if len(texts) else texts
    longer = longer[longer.str.len() >= FEWEST_LETTERS]
    if longer.empty:
        return ()
    some = longer.sample(min(LOOKED_AT, len(longer)), random_state=np.random.default_rng(seed))
    model = _identifier()
    shares = some.map(lambda text: model.classify(text)[0]).value_counts(normalize=True)
    return tuple(shares[shares >= LEAST_SHARE].index)


@cache
def _loaded() -> LanguageIdentifier:
    """Model of all languages with chances that sum to one, read once: it takes a second."""
    path = Path(langid.__file__).parent / langid.MODEL_FILE
    return LanguageIdentifier.from_modelpath(path, norm_probs=True)


def _identifier() -> LanguageIdentifier:
    model = _loaded()
    model.set_languages(None)
    return model
