"""Sentiment of texts: the company's own scored texts -> chance that the writer is unhappy."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.measures.statistics.bootstrap import Interval, bootstrap_interval
from crm_helpers.measures.statistics.claims import claim_reach
from crm_helpers.models.texts.words import WORD
from crm_helpers.tables.needs import Skip

FEWEST_OF_KIND = 50
FOLDS = 5
# The model is learned from this many texts at most, drawn at random; all are then scored.
LEARNED_TEXTS = 60_000
SCORED_AT_ONCE = 50_000
# Highest score of an unhappy writer and lowest of a happy one; between them neither is learned.
SIDES = {"stars": (2, 4), "csat": (2, 4), "nps": (6, 9)}


@dataclass(frozen=True, repr=False)
class Sentiment:
    """Chance to be unhappy of each text, how well it was told, and by which words.

    Attributes
    ----------
    chance : Series of float in [0, 1], one per text
    told_by : DataFrame, one row per word or pair of words
        word : str; weight : float, log-odds to be unhappy per unit of TF-IDF.
    test_auc : float
        On scored texts that the model had not seen.
    test_interval : Interval
        Of the same, by bootstrap of persons.
    test : DataFrame, one row per text of the test
        is_unhappy : bool; chance : float
    learned_texts : int
    in_time : bool
        True where the test is the last period; False: cross-validation by customer.
    """

    chance: pd.Series
    told_by: pd.DataFrame
    test_auc: float
    test_interval: Interval
    test: pd.DataFrame
    learned_texts: int
    in_time: bool

    @property
    def is_told(self) -> bool:
        """Whether words tell the unhappy beyond chance, at the level of claims."""
        low, high = self.test_interval
        error = (high - low) / (2 * norm.ppf(0.975))
        return low > 0.5 and self.test_auc - claim_reach() * error > 0.5

    def __repr__(self) -> str:
        """Texts, test and its size, in one line."""
        how = "in time" if self.in_time else "across customers"
        return (
            f"Study of mood: logistic, learned from {self.learned_texts:,} texts, "
            f"{len(self.chance):,} scored, AUC {self.test_auc:.2f} on {len(self.test):,} ({how})"
        )


def is_unhappy(score: pd.Series, scale: pd.Series) -> pd.Series:
    """Whether a score is one of an unhappy writer; missing between both sides.

    Effort (ces) says how hard it was, not how the writer felt, and is missing throughout.

    Parameters
    ----------
    score : Series of float
    scale : Series of str
        stars, csat: 1 or 2 unhappy, 4 or 5 happy; nps: 0 to 6, 9 or 10.

    Returns
    -------
    Series of boolean with missing values

    Examples
    --------
    >>> is_unhappy(pd.Series([1.0, 3.0, 9.0]), pd.Series(["stars", "stars", "nps"])).tolist()
    [True, <NA>, False]
    """
    low = scale.map({name: ends[0] for name, ends in SIDES.items()}).astype(float)
    high = scale.map({name: ends[1] for name, ends in SIDES.items()}).astype(float)
    known = (score <= low) | (score >= high)
    return (score <= low).astype("boolean").where(known, pd.NA)


def sentiment(texts: pd.DataFrame, *, seed: int = 0, draws: int = 300) -> Sentiment:
    """Learn from scored texts who is unhappy, and apply it to all texts.

    Words and pairs of words, negations kept, weighted by TF-IDF, in a logistic regression.
    Chances are calibrated by Platt's scaling on texts left out. Tested on the last period where
    it has 50 of both kinds and the texts before it have too; else by cross-validation in which
    a customer is never on both sides.

    Parameters
    ----------
    texts : DataFrame, one row per text
        text : str, normalized; unhappy : boolean, missing without a score; person : str;
        period : int, 0 is the last.
    seed : int, default 0
    draws : int, default 300
        Bootstrap draws of persons behind the interval.

    Returns
    -------
    Sentiment

    Raises
    ------
    Skip
        If fewer than 50 texts of either kind have a score.
    """
    scored = texts[texts["unhappy"].notna() & (texts["text"] != "")]
    _check_kinds(scored)
    some = scored.sample(min(len(scored), LEARNED_TEXTS), random_state=seed).sort_index()
    before, last = some[some["period"] > 0], some[some["period"] == 0]
    in_time = _enough(before) and _enough(last)
    logit, fold = _left_out(some, seed)
    test = _tested_in_time(before, last, seed) if in_time else _tested_across(some, logit, fold)
    interval = bootstrap_interval(
        auc, test["is_unhappy"], test["chance"], customer=test["person"], draws=draws, seed=seed
    )
    value = auc(test["is_unhappy"], test["chance"])
    model = _Model(seed).fit(some, logit)
    chance = model.chances(texts["text"])
    return Sentiment(chance, model.told_by(), value, interval, test, len(some), in_time)


def _vector() -> TfidfVectorizer:
    return TfidfVectorizer(
        ngram_range=(1, 2),
        min_df=3,
        sublinear_tf=True,
        token_pattern=WORD,
        max_features=100_000,
        dtype=np.float32,
    )


def _line(seed: int) -> LogisticRegression:
    return LogisticRegression(C=3.0, solver="liblinear", random_state=seed)


def _scale() -> LogisticRegression:
    return LogisticRegression(C=1e6, solver="newton-cholesky", tol=1e-10)


def _kind(rows: pd.DataFrame) -> np.ndarray:
    return rows["unhappy"].to_numpy(dtype=bool)


class _Model:
    """TF-IDF of words and pairs, logistic regression, Platt's scaling by logits left out."""

    def __init__(self, seed: int) -> None:
        self.words, self.line = _vector(), _line(seed)
        self.scale = _scale()

    def fit(self, rows: pd.DataFrame, logit: np.ndarray) -> "_Model":
        self.scale.fit(logit[:, None], _kind(rows))
        self.line.fit(self.words.fit_transform(rows["text"]), _kind(rows))
        return self

    def chances(self, texts: pd.Series) -> pd.Series:
        """Chances in pieces, so that memory stays bounded."""
        pieces = [
            self._of_piece(texts.iloc[start : start + SCORED_AT_ONCE])
            for start in range(0, len(texts), SCORED_AT_ONCE)
        ]
        return pd.Series(np.concatenate(pieces) if pieces else [], index=texts.index, dtype=float)

    def _of_piece(self, texts: pd.Series) -> np.ndarray:
        logit = self.line.decision_function(self.words.transform(texts))
        return self.scale.predict_proba(logit[:, None])[:, 1]

    def told_by(self) -> pd.DataFrame:
        weight = self.line.coef_[0]
        rows = pd.DataFrame({"word": self.words.get_feature_names_out(), "weight": weight})
        return rows.sort_values(["weight", "word"], ascending=[False, True], ignore_index=True)


def _left_out(rows: pd.DataFrame, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Logit of every row from words and weights fitted without its fold, and the fold."""
    logit, fold = np.empty(len(rows)), np.empty(len(rows), dtype=int)
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for n, (inside, outside) in enumerate(folds.split(rows, _kind(rows), rows["person"])):
        words, line = _vector(), _line(seed)
        line.fit(words.fit_transform(rows["text"].iloc[inside]), _kind(rows)[inside])
        logit[outside] = line.decision_function(words.transform(rows["text"].iloc[outside]))
        fold[outside] = n
    return logit, fold


def _tested_in_time(before: pd.DataFrame, last: pd.DataFrame, seed: int) -> pd.DataFrame:
    model = _Model(seed).fit(before, _left_out(before, seed)[0])
    return _test_table(last, model.chances(last["text"]).to_numpy())


def _tested_across(rows: pd.DataFrame, logit: np.ndarray, fold: np.ndarray) -> pd.DataFrame:
    """Chances by Platt's scaling fitted on the logits of the other folds."""
    chance = np.empty(len(rows))
    for n in range(FOLDS):
        scale = _scale().fit(logit[fold != n, None], _kind(rows)[fold != n])
        chance[fold == n] = scale.predict_proba(logit[fold == n, None])[:, 1]
    return _test_table(rows, chance)


def _test_table(rows: pd.DataFrame, chance: np.ndarray) -> pd.DataFrame:
    table = pd.DataFrame({"is_unhappy": _kind(rows), "chance": chance, "person": rows["person"]})
    return table.reset_index(drop=True)


def _enough(rows: pd.DataFrame) -> bool:
    unhappy = int(rows["unhappy"].sum())
    return min(unhappy, len(rows) - unhappy) >= FEWEST_OF_KIND


def _check_kinds(scored: pd.DataFrame) -> None:
    unhappy = int(scored["unhappy"].sum())
    if min(unhappy, len(scored) - unhappy) < FEWEST_OF_KIND:
        raise Skip(
            f"feedback: {unhappy:,} scored texts of unhappy and {len(scored) - unhappy:,} of happy "
            f"customers; sentiment is learned from {FEWEST_OF_KIND} of both on. None is guessed."
        )
