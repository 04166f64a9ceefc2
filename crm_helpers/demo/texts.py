"""Texts of customers: theme, mood and language -> a few sentences, some with personal data."""

import numpy as np
import pandas as pd

from crm_helpers.demo import names
from crm_helpers.demo.draws import Draws
from crm_helpers.demo.phrases import english as phrases_english
from crm_helpers.demo.phrases import german as phrases_german

LANGUAGES = {"en": phrases_english, "de": phrases_german}
LANGUAGE_SHARES = (0.6, 0.4)
THEMES = tuple(phrases_english.THEMES)
SECOND_THEME_SHARE = 0.25
DETAIL_SHARE = 0.45
ALL_LOWER_SHARE = 0.12
PERSONAL_SHARE = 0.05
PERSONAL_KINDS = tuple(phrases_english.PERSONAL)


def texts(frame: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """Statements with their words, and what was planted in them.

    Parameters
    ----------
    frame : DataFrame, one row per statement
        number : int, of the person; key : int, of the statement; gender : str
        theme : int, position in THEMES; is_negative : bool

    Returns
    -------
    DataFrame, the same rows
        text, language : str
        second_theme : int, -1 where there is none
        personal_kind, personal_value : str, empty where there is none
    """
    key = (frame["number"].to_numpy(), frame["key"].to_numpy())
    language = draws.pick("text.language", np.array(LANGUAGE_SHARES), key[0])
    has_second = draws.happens("text.second", SECOND_THEME_SHARE, *key)
    step = 1 + draws.integers("text.second theme", len(THEMES) - 1, *key)
    second = np.where(has_second, (frame["theme"] + step) % len(THEMES), -1)
    frame = frame.assign(second_theme=second, language=np.array(list(LANGUAGES))[language])
    parts = [_spoken(part, draws) for _, part in frame.groupby("language", sort=True)]
    return pd.concat(parts).loc[frame.index] if parts else frame


def _spoken(frame: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    words = LANGUAGES[frame["language"].iloc[0]]
    key = (frame["number"].to_numpy(), frame["key"].to_numpy())
    negative = frame["is_negative"].to_numpy()
    text = _any("opener", [words.OPENERS], np.zeros(len(frame), int), key, draws)
    text = text + _clauses("main", words, frame["theme"].to_numpy(), negative, key, draws)
    second = frame["second_theme"].to_numpy()
    mood = draws.happens("text.second mood", np.where(negative, 0.75, 0.15), *key)
    more = _clauses("second", words, np.maximum(second, 0), mood, key, draws)
    text = np.where(second >= 0, text + " " + more, text)
    details = [parts[2] for parts in words.THEMES.values()]
    detail = _any("detail", details, frame["theme"].to_numpy(), key, draws)
    has_detail = draws.happens("text.has detail", DETAIL_SHARE, *key)
    text = np.where(has_detail, text + " " + detail, text)
    closers = [words.POSITIVE_CLOSERS, words.NEGATIVE_CLOSERS]
    text = text + _any("closer", closers, negative.astype(int), key, draws)
    lower = draws.happens("text.lower", ALL_LOWER_SHARE, *key)
    text = np.where(lower, np.array([t.lower() for t in text], dtype=object), text)
    return _with_personal_data(frame.assign(text=text), words, draws)


def _clauses(name: str, words, theme: np.ndarray, negative: np.ndarray, key, draws) -> np.ndarray:
    choices = [parts[side] for parts in words.THEMES.values() for side in (1, 0)]
    return _any(name, choices, 2 * theme + negative, key, draws)


def _any(name: str, choices: list, which: np.ndarray, key: tuple, draws: Draws) -> np.ndarray:
    """One of the phrases of each row's own list."""
    size = np.array([len(phrases) for phrases in choices])
    start = np.concatenate([[0], np.cumsum(size)[:-1]])
    flat = np.array([phrase for phrases in choices for phrase in phrases], dtype=object)
    return flat[start[which] + draws.integers(f"text.{name}", size[which], *key)]


def _with_personal_data(frame: pd.DataFrame, words, draws: Draws) -> pd.DataFrame:
    everyone = (frame["number"].to_numpy(), frame["key"].to_numpy())
    at = np.flatnonzero(draws.happens("text.personal", PERSONAL_SHARE, *everyone))
    key = (everyone[0][at], everyone[1][at])
    kind = draws.integers("text.personal kind", len(PERSONAL_KINDS), *key)
    value = _personal_values(frame.iloc[at], kind, draws)
    phrases = [words.PERSONAL[name] for name in PERSONAL_KINDS]
    phrase = _any("personal phrase", phrases, kind, key, draws)
    filled = [p.replace("{value}", v) for p, v in zip(phrase, value, strict=True)]
    text, kinds, values = (frame["text"].to_numpy(dtype=object).copy(), *_empty(len(frame)))
    text[at] = text[at] + np.array(filled, dtype=object)
    kinds[at], values[at] = np.array(PERSONAL_KINDS, dtype=object)[kind], value
    return frame.assign(text=text, personal_kind=kinds, personal_value=values)


def _empty(count: int) -> tuple[np.ndarray, np.ndarray]:
    return np.full(count, "", dtype=object), np.full(count, "", dtype=object)


def _personal_values(frame: pd.DataFrame, kind: np.ndarray, draws: Draws) -> np.ndarray:
    number = frame["number"].to_numpy()
    name = names.full_names(draws, number, frame["gender"].to_numpy(dtype=object))
    card = np.array(names.TEST_CARDS, dtype=object)[
        draws.integers("text.card", len(names.TEST_CARDS), number)
    ]
    mail, phone = names.emails(draws, number, name), names.phones(draws, number)
    return np.select([kind == k for k in range(3)], [name, mail, phone], default=card)
