"""Themes of texts in any language: normalized texts and where they were given -> themes."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.sparse as sp
from scipy.optimize import linear_sum_assignment
from sklearn.feature_extraction.text import TfidfVectorizer

from crm_helpers.models.texts.languages import UNKNOWN
from crm_helpers.models.texts.word_groups import fixed_groups, groups_of_place, stable_groups
from crm_helpers.models.texts.words import WORD, stop_words
from crm_helpers.tables.needs import Skip

FEWEST_TEXTS = 150
FEWEST_OF_PLACE = 40
FEWEST_WORDS = 10
# A word is of a place when it is this many times as common there as in the other places.
OF_PLACE = 2.5
COVERED = 0.8
FITTED_TEXTS = 8_000
TRIED_IN_PLACE = (2, 3, 4)
TRIED_FREELY = (6, 8, 10)
NO_THEME = ""


@dataclass(frozen=True, repr=False)
class Themes:
    """Themes of the texts of all languages.

    Attributes
    ----------
    words : DataFrame, one row per theme and language
        theme : str; language : str; place : str; words : str, the most telling first.
    of_text : DataFrame, one row per text, index as given
        theme : str, empty where no word of the text speaks of one; weight : float, 0 to 1
    left_out : dict of str to int
        Texts by language that has too few for themes.
    """

    words: pd.DataFrame
    of_text: pd.DataFrame
    left_out: dict[str, int]

    @property
    def names(self) -> list[str]:
        """Themes in the order of the number of their texts."""
        found = self.of_text["theme"]
        return found[found != NO_THEME].value_counts().index.tolist()

    def __repr__(self) -> str:
        """Themes, texts and languages, in one line."""
        spoken = (self.of_text["theme"] != NO_THEME).sum()
        return (
            f"Study of themes: {len(self.names)} of them in {spoken:,} of {len(self.of_text):,} "
            f"texts, languages {', '.join(self.words['language'].unique())}"
        )


@dataclass(frozen=True)
class _Spoken:
    """Groups of one language: weights over its words, and the place of each group."""

    language: str
    counted: sp.csr_matrix
    words: np.ndarray
    weights: np.ndarray
    places: list[str]
    rows: pd.Index


def themes(texts: pd.DataFrame, signals: pd.DataFrame, *, seed: int = 0) -> Themes:
    """Themes by NMF on TF-IDF, for each language by itself, and then matched over languages.

    Where texts come from several places (touchpoints), a place's own words are those 2.5 times as
    common there as elsewhere, and are split into groups where they fall apart (`word_groups`).
    The language with the most texts says how many groups a place has.
    Without places, all words of a language are grouped at once. Groups of two languages are one
    theme when they are of the same place and alike in the signals (who collected it, how the
    customers scored), for which no dictionary is needed.

    Parameters
    ----------
    texts : DataFrame, one row per text
        text : str, normalized; language : str; place : str, empty where not known.
    signals : DataFrame of float, same rows
        What is known of a text in any language; NaN where it is not.
    seed : int, default 0

    Returns
    -------
    Themes

    Raises
    ------
    Skip
        If no language has 150 different texts.
    """
    size = texts.drop_duplicates("text").groupby("language").size().drop(UNKNOWN, errors="ignore")
    large = size[size >= FEWEST_TEXTS].sort_values(ascending=False).index
    spoken: list[_Spoken] = []
    for name in large:
        # What a place is about does not hang on the language: the largest one says how many.
        decided = Counter(spoken[0].places) if spoken else Counter()
        one = _spoken(texts[texts["language"] == name], decided, seed)
        spoken += [one] if one is not None else []
    if not spoken:
        raise Skip(
            f"feedback.text: {int(size.max()) if len(size) else 0} different texts in one "
            f"language; themes are sought from {FEWEST_TEXTS} on."
        )
    told = [(one, *_allotted(one, texts["place"])) for one in spoken]
    names = _matched(told, signals)
    rest = texts.loc[~texts["language"].isin(large), "language"].value_counts()
    return Themes(_word_table(spoken, names), _of_text(told, names, texts.index), rest.to_dict())


def _spoken(texts: pd.DataFrame, decided: Counter, seed: int) -> _Spoken | None:
    language = str(texts["language"].iloc[0])
    distinct = texts.drop_duplicates("text")
    some = distinct.sample(min(len(distinct), FITTED_TEXTS), random_state=seed).sort_index()
    rare = max(5, len(some) // 400)
    vector = TfidfVectorizer(
        stop_words=stop_words(language), min_df=rare, max_df=0.3, token_pattern=WORD,
        sublinear_tf=True, dtype=np.float64,
    )  # fmt: skip
    try:
        fitted = vector.fit_transform(some["text"]).tocsr()
    except ValueError:
        return None  # texts in a script without words apart: nothing to count
    if fitted.shape[1] < FEWEST_WORDS:
        return None
    weights, places = _grouped(fitted, some["place"].to_numpy(), decided, seed)
    counted = vector.transform(texts["text"]).tocsr()
    words = vector.get_feature_names_out()
    return _Spoken(language, counted, words, weights, places, texts.index)


def _grouped(
    counted: sp.csr_matrix, place: np.ndarray, decided: Counter, seed: int
) -> tuple[np.ndarray, list[str]]:
    weights, places = [], []
    own = _own_words(counted, place)
    for name, words in own.items():
        here = place == name
        if here.sum() >= FEWEST_OF_PLACE and _speaks_of_itself(counted[here][:, words]):
            part = _part(counted[here][:, words], decided.get(name, 0), seed)
            wide = np.zeros((len(part), counted.shape[1]))
            wide[:, words] = part
            weights.append(wide)
            places += [name] * len(part)
    if len(set(places)) < 2:
        part = stable_groups(counted, TRIED_FREELY, seed=seed).weights
        return part, [""] * len(part)
    return np.vstack(weights), places


def _part(counted: sp.csr_matrix, decided: int, seed: int) -> np.ndarray:
    """Groups of a place: as many as decided, where nothing is, as its own texts say."""
    if decided:
        return fixed_groups(counted, decided, seed=seed)
    return groups_of_place(counted, TRIED_IN_PLACE, seed=seed).weights


def _speaks_of_itself(counted: sp.csr_matrix) -> bool:
    """Whether a place has words of its own in most of its texts; "the company" has none."""
    return counted.shape[1] >= FEWEST_WORDS and (counted.getnnz(axis=1) > 0).mean() >= COVERED


def _own_words(counted: sp.csr_matrix, place: np.ndarray) -> dict[str, np.ndarray]:
    """Words of each place: far more common there than elsewhere, and nowhere more common."""
    names = sorted(set(place) - {""})
    if not names:
        return {}
    seen = (counted > 0).astype(float)
    inside = np.array([np.asarray(seen[place == name].sum(axis=0)).ravel() for name in names])
    size = np.array([(place == name).sum() for name in names])[:, None]
    everywhere = np.maximum(np.asarray(seen.sum(axis=0)).ravel(), 1)
    outside = (everywhere - inside) / np.maximum(counted.shape[0] - size, 1)
    lift = (inside / np.maximum(size, 1)) / np.maximum(outside, 0.5 / counted.shape[0])
    best = lift.argmax(axis=0)
    return {
        name: np.flatnonzero((best == n) & (lift[n] > OF_PLACE) & (inside[n] >= 5))
        for n, name in enumerate(names)
    }


def _allotted(one: _Spoken, place: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Group of each text and its weight: first among those of its own place, then among all."""
    score = np.asarray(one.counted @ one.weights.T)
    own = place.loc[one.rows].to_numpy()[:, None] == np.array(one.places)[None, :]
    inside = np.where(own, score, 0.0)
    known = (inside.max(axis=1) > 0)[:, None]
    chosen = np.where(known, inside, score)
    group = np.where(chosen.max(axis=1) > 0, chosen.argmax(axis=1), -1)
    return group, chosen.max(axis=1)


def _matched(
    told: list[tuple[_Spoken, np.ndarray, np.ndarray]], signals: pd.DataFrame
) -> list[list[str]]:
    """Name of the theme of each group of each language; the largest language names them."""
    first, group, _ = told[0]
    names = [_names(first)]
    for other, its_group, _ in told[1:]:
        own = _names(other)
        for place in sorted(set(other.places) & set(first.places) - {""}):
            here = [k for k, name in enumerate(first.places) if name == place]
            there = [k for k, name in enumerate(other.places) if name == place]
            ours = _profiles(signals.loc[first.rows], group, here)
            theirs = _profiles(signals.loc[other.rows], its_group, there)
            apart = np.abs(ours[:, None, :] - theirs[None, :, :]).sum(axis=2)
            for k, j in zip(*linear_sum_assignment(apart), strict=True):
                own[there[j]] = names[0][here[k]]
        names.append(own)
    return names


def _profiles(signals: pd.DataFrame, group: np.ndarray, wanted: list[int]) -> np.ndarray:
    """Mean of each signal in each group, in standard deviations of all texts of the language."""
    spread = (signals - signals.mean()) / signals.std().replace(0.0, 1.0)
    return np.array([spread[group == k].mean().fillna(0.0).to_numpy() for k in wanted])


def _telling(one: _Spoken, group: int) -> list[str]:
    """Words of a group, those first that weigh much here and little in the other groups."""
    weight = one.weights[group]
    return list(one.words[(weight**2 / (one.weights.sum(axis=0) + 1e-12)).argsort()[::-1]])


def _names(one: _Spoken) -> list[str]:
    names = []
    for k, place in enumerate(one.places):
        alone = one.places.count(place) == 1 and place
        words = ", ".join(_telling(one, k)[:3])
        names.append(place if alone else f"{place}: {words}" if place else words)
    return names


def _word_table(spoken: list[_Spoken], names: list[list[str]]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "theme": name,
                "language": one.language,
                "place": one.places[k],
                "words": ", ".join(_telling(one, k)[:6]),
            }
            for one, its_names in zip(spoken, names, strict=True)
            for k, name in enumerate(its_names)
        ]
    )


def _of_text(
    told: list[tuple[_Spoken, np.ndarray, np.ndarray]], names: list[list[str]], index: pd.Index
) -> pd.DataFrame:
    parts = []
    for (one, group, weight), its_names in zip(told, names, strict=True):
        theme = np.array([*its_names, NO_THEME], dtype=object)[group]
        parts.append(pd.DataFrame({"theme": theme, "weight": weight}, index=one.rows))
    whole = pd.concat(parts).reindex(index)
    return whole.assign(theme=whole["theme"].fillna(NO_THEME), weight=whole["weight"].fillna(0.0))
