"""Phrases for predictors: codes of a model + a subject's own numbers -> words for a reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_helpers.page.names import column_words, value_words
from crm_helpers.page.numerals import significant


@dataclass(frozen=True)
class Phrase:
    """How a group of predictors is said.

    Parameters
    ----------
    theme : str
        What they are about: 'time since the last order'.
    columns : tuple of str
        Predictors whose contributions are added up, because they tell one story.
    words : tuple of (column, text)
        Texts with the subject's own numbers in braces; the first whose column the subject has.
    """

    theme: str
    columns: tuple[str, ...]
    words: tuple[tuple[str, str], ...]


def themes_of(phrases: Sequence[Phrase]) -> dict[str, tuple[str, ...]]:
    """Predictors that tell one story, by theme: what `models.propensity.reasons` adds up.

    Parameters
    ----------
    phrases : sequence of Phrase

    Returns
    -------
    dict of theme to columns
    """
    return {phrase.theme: phrase.columns for phrase in phrases}


def reasons_in_words(
    strongest: pd.Series, rows: pd.DataFrame, phrases: Sequence[Phrase]
) -> pd.Series:
    """The strongest themes of each subject, with the subject's own numbers.

    Parameters
    ----------
    strongest : Series of tuple of str, shape (n_subjects,)
        As given by `models.propensity.reasons.strongest`.
    rows : DataFrame, one row per subject, in the same order
        The predictors as they are.
    phrases : sequence of Phrase
        How to say them; a predictor without a phrase is said as 'name: value'.

    Returns
    -------
    Series of str, shape (n_subjects,), index of `strongest`
    """
    by_theme = {phrase.theme: phrase for phrase in phrases}
    records = rows.reset_index(drop=True).to_dict("records")
    said = [
        "; ".join(_said(by_theme.get(theme) or _plain_phrase(theme), record) for theme in own)
        for own, record in zip(strongest, records, strict=True)
    ]
    return pd.Series([text or "nothing stands out" for text in said], index=strongest.index)


def _plain_phrase(column: str) -> Phrase:
    name = column_words(column).replace("{", "{{").replace("}", "}}")
    return Phrase(column_words(column), (column,), ((column, name + ": {" + column + "}"),))


def _said(phrase: Phrase, record: Mapping[str, object]) -> str:
    for column, text in phrase.words:
        if column in record and not _is_missing(record[column]):
            return _filled(text, record)
    return f"{phrase.theme}: not known"


def _filled(text: str, record: Mapping[str, object]) -> str:
    """Text with the subject's values; a plain number is shortened to what a reader needs."""
    try:
        return text.format_map({name: _shown(name, value) for name, value in record.items()})
    except (ValueError, TypeError):
        return text.format_map({name: str(value) for name, value in record.items()})


class _Number(float):
    """A number that, without a format, shows at most three digits behind the point."""

    def __format__(self, form: str) -> str:
        return float.__format__(self, form) if form else significant(float(self), 3)


def _shown(column: str, value: object) -> object:
    if isinstance(value, str):
        return value_words(column, value)
    is_number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    return _Number(value) if is_number else value


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value))
