"""Texts of a report: tables -> masked texts with language, theme and mood, made once."""

from functools import cached_property

import numpy as np
import pandas as pd

from crm_helpers.features.compute import compute
from crm_helpers.features.feedback_texts import feedback_texts
from crm_helpers.models.texts.languages import languages
from crm_helpers.models.texts.masking import Masked, masking
from crm_helpers.models.texts.sentiment import Sentiment, is_unhappy, sentiment
from crm_helpers.models.texts.themes import NO_THEME, Themes, themes
from crm_helpers.models.texts.words import has_words, normalized
from crm_helpers.page.parts import has_columns
from crm_helpers.questions.consents import who_may_be_grouped
from crm_helpers.questions.satisfaction.data import FeedbackData
from crm_helpers.tables.needs import Skip


class TextData:
    """Texts up to as_of, of those who did not refuse to be profiled.

    Attributes
    ----------
    data : FeedbackData
    """

    def __init__(self, data: FeedbackData) -> None:
        self.data, self.report = data, data.report

    @cached_property
    def _written(self) -> pd.DataFrame:
        if not has_columns(self.report.tables, "feedback", "text"):
            raise Skip("The source has no texts.")
        # Computed and not cached: texts as written stay where the source keeps them.
        return compute(feedback_texts, self.report.tables, self.report.parameters)

    @cached_property
    def _agreed(self) -> pd.DataFrame:
        rows = who_may_be_grouped(self._written, self.data.agreed).reset_index(drop=True)
        if rows.empty:
            raise Skip("There is no text by this day.")
        return rows

    @cached_property
    def masking(self) -> Masked:
        """Texts without personal data; nothing below reads them in any other form."""
        return masking(self._agreed["text"])

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Texts with words: masked, normalized, language, place, mood where a score tells it."""
        rows = self._agreed.assign(shown=self.masking.texts)
        rows = rows.assign(text=normalized(rows["shown"]))
        rows = rows[has_words(rows["text"])]
        if rows.empty:
            raise Skip("No text holds a word.")
        person = rows["customer_id"].where(rows["customer_id"] != "", rows["feedback_id"])
        return rows.assign(
            language=languages(rows["text"], seed=self.report.seed),
            place=rows["touchpoint"].fillna(""),
            person=person,
            unhappy=self._unhappy(rows),
        )

    def _unhappy(self, rows: pd.DataFrame) -> pd.Series:
        told = ~rows["is_happy"].astype("boolean") if "is_happy" in rows else None
        told = is_unhappy(rows["score"], rows["scale"]) if told is None else told
        if not self.report.parameters.get("shuffle_outcomes"):
            return told
        mixed = np.random.default_rng(self.report.seed).permutation(told[told.notna()].to_numpy())
        return told.where(told.isna(), pd.Series(mixed, index=told[told.notna()].index))

    @property
    def refused(self) -> int:
        """Texts left out because their writers refused to be profiled."""
        return len(self._written) - len(self._agreed)

    @property
    def empty(self) -> int:
        """Texts without a word, such as blanks and emoji."""
        return len(self._agreed) - len(self.rows)

    @property
    def repeated(self) -> int:
        """Texts that say word for word what another one says."""
        return int(self.rows["text"].duplicated().sum())

    @cached_property
    def themes(self) -> Themes:
        """Themes of all languages."""
        rows = self.rows
        score = rows["score"].groupby(rows["scale"]).transform(lambda one: one.rank(pct=True))
        signals = pd.get_dummies(rows["collected_by"]).astype(float).assign(score=score)
        return themes(rows[["text", "language", "place"]], signals, seed=self.report.seed)

    @cached_property
    def sentiment(self) -> Sentiment:
        """Chance to be unhappy of each text."""
        columns = ["text", "unhappy", "person", "period"]
        draws = self.report.p.bootstraps
        return sentiment(self.rows[columns], seed=self.report.seed, draws=draws)

    @cached_property
    def themed(self) -> pd.DataFrame:
        """Texts of the observation window that speak of a theme."""
        rows = self.rows.join(self.themes.of_text)
        recent = rows["text_age_days"] < self.report.p.observation_days
        return rows[recent & (rows["theme"] != NO_THEME)]

    @cached_property
    def felt(self) -> pd.DataFrame:
        """The same with the chance that the writer is unhappy and his value to the company."""
        rows = self.themed.assign(chance=self.sentiment.chance.loc[self.themed.index])
        try:
            money = self.data.money_of().set_index("customer_id")["net_revenue_sum"]
        except Skip:
            return rows.assign(value=np.nan)
        return rows.assign(value=rows["customer_id"].map(money.astype(float)))
