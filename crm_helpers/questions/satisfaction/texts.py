"""Texts in words and charts: themes, mood, growth, priority -> sections of the page."""

import pandas as pd

from crm_helpers.charts.bars import bar_chart
from crm_helpers.measures.feedback.theme_growth import theme_growth
from crm_helpers.measures.feedback.theme_priority import theme_priority
from crm_helpers.page.sections import section, unless_skipped
from crm_helpers.page.words import Html, number, table
from crm_helpers.questions.satisfaction.data import FeedbackData
from crm_helpers.questions.satisfaction.text_data import TextData
from crm_helpers.questions.satisfaction.text_trust import text_trust
from crm_helpers.tables.needs import Skip

QUOTES = 2
QUOTE_LETTERS = 180
SHOWN_THEMES = 12
SHOWN_WORDS = 6
EARLY = {"grown", "new"}


class TextStory:
    """Sections of the satisfaction report on what customers write.

    Attributes
    ----------
    texts : TextData
    """

    def __init__(self, data: FeedbackData) -> None:
        self.texts, self.report = TextData(data), data.report

    @unless_skipped
    def themes(self) -> Html:
        """How often each theme comes up, and its telling words."""
        self._count()
        rows, found = self.texts.themed, self.texts.themes
        size = rows["theme"].value_counts()
        self.report.find("themes", len(size), "themes", n=len(rows))
        words = found.words.groupby("theme")["words"].agg(" · ".join)
        shown = pd.DataFrame({"theme": size.index, "texts": 100 * size.to_numpy() / len(rows)})
        shown = shown.assign(words=shown["theme"].map(words)).head(SHOWN_THEMES)
        form = {"theme": "Theme", "texts": ("Of 100 texts", lambda x: number(x, 1)),
                "words": "Telling words, languages apart by a dot"}  # fmt: skip
        beside = (
            f"{number(len(rows))} texts of {number(self.report.p.observation_days)} days, each "
            "counted once, under the theme it says most about: what it says besides is not shown."
        )
        return section(self.says_themes, table(shown, form), beside)

    @property
    def says_themes(self) -> str:
        """How many themes there are, and which comes up most."""
        size = self.texts.themed["theme"].value_counts()
        often = number(100 * size.iloc[0] / size.sum(), 0)
        return (
            f"Customers write about {number(len(size))} things, most often about {size.index[0]}: "
            f"{often} of 100 texts"
        )

    @unless_skipped
    def quotes(self) -> Html:
        """Two typical texts of each theme, masked."""
        rows = self.texts.themed
        rows = rows[rows["shown"].str.len().between(20, QUOTE_LETTERS)]
        typical = rows.sort_values(["weight", "feedback_id"], ascending=[False, True])
        typical = typical.drop_duplicates(["theme", "text"]).groupby("theme").head(QUOTES)
        order = {name: n for n, name in enumerate(self.texts.themes.names)}
        typical = typical.sort_values("theme", key=lambda one: one.map(order), kind="stable")
        typical = typical[typical["theme"].map(order) < SHOWN_THEMES // QUOTES]
        if typical.empty:
            raise Skip(f"No text is between 20 and {QUOTE_LETTERS} letters long.")
        says = "The most typical words of customers, theme by theme"
        form = {"theme": "Theme", "shown": "In their words"}
        beside = (
            "Typical in its words, not in its mood; what could tell who wrote is replaced by "
            "[name], [phone] and the like. Not shown: themes after the sixth."
        )
        return section(says, table(typical[["theme", "shown"]], form), beside)

    @unless_skipped
    def mood(self) -> Html:
        """How many of the writers about a theme are unhappy."""
        rows, told = self.texts.felt, self.texts.sentiment
        low, high = told.test_interval
        self.report.find(
            "sentiment_test_auc", told.test_auc, "AUC", low=low, high=high, n=len(told.test)
        )
        if low <= 0.5:
            raise Skip("Words do not tell happy from unhappy customers better than chance.")
        mean = rows.groupby("theme")["chance"].agg(["mean", "size"])
        mean = mean[mean["size"] >= self.report.p.min_group].sort_values("mean", ascending=False)
        if mean.empty:
            raise Skip(f"No theme has {self.report.p.min_group} texts.")
        bars = pd.DataFrame({"theme": mean.index, "unhappy": 100 * mean["mean"].to_numpy()})
        top = bars.iloc[0]
        says = f"Of 100 who write about {top['theme']}, {number(top['unhappy'], 0)} are unhappy"
        chart = bar_chart(
            bars.head(SHOWN_THEMES), form=lambda x: number(x, 0), highlight=top["theme"],
            title=says, subtitle=f"unhappy of 100 writers, by theme, {number(len(rows))} texts",
            alt=f"Bars of themes. {says}; fewest for {bars['theme'].iloc[-1]} with "
                f"{number(bars['unhappy'].iloc[-1], 0)}.",
            source=self.report.source.title,
        )  # fmt: skip
        return section(says, chart, self._beside_mood())

    def _beside_mood(self) -> str:
        words = self.texts.sentiment.told_by["word"]
        worst, best = (
            ", ".join(words.head(SHOWN_WORDS)),
            ", ".join(words.iloc[: -SHOWN_WORDS - 1 : -1]),
        )
        return (
            "Learned from the texts whose writers gave a score and applied to all. Words that tell "
            f"most of unhappiness: {worst}; of happiness: {best}. Irony is not understood."
        )

    @unless_skipped
    def growth(self) -> Html:
        """Themes of the last period against those before."""
        rows = self.texts.themed
        found = theme_growth(rows["theme"], rows["period"])
        if not found["texts_now"].sum() or not found["texts_before"].sum():
            raise Skip("There is one period of texts only.")
        warned = found[found["verdict"].isin(EARLY)]
        self.report.find("themes_grown", len(warned), "themes", n=int(found["texts_now"].sum()))
        names = ", ".join(warned["theme"])
        says = f"More is written about {names}" if names else "No theme grew by more than noise"
        shown = found.assign(now=100 * found["share_now"], before=100 * found["share_before"])
        form = {"theme": "Theme", "now": ("Of 100 texts now", lambda x: number(x, 1)),
                "before": ("Of 100 before", lambda x: number(x, 1)),
                "texts_now": "Texts now", "verdict": "Verdict"}  # fmt: skip
        beside = (
            f"Last {number(self.report.p.period_days)} days against the periods before, beyond "
            "noise over all themes together. Not shown: whether more happened or more was written."
        )
        return section(says, table(shown[list(form)].head(SHOWN_THEMES), form), beside)

    @unless_skipped
    def priority(self) -> Html:
        """What to take up first: volume, extra unhappiness, value of the writers."""
        rows = self.texts.felt
        if self.texts.sentiment.test_interval.low <= 0.5:
            raise Skip("Without a mood that can be told no theme comes before another.")
        if rows["value"].notna().sum() == 0:
            raise Skip("The value of those who wrote is not known.")
        found = theme_priority(rows)
        first = found.iloc[0]
        if first["priority"] <= 0:
            raise Skip("No theme makes its writers unhappier than the others.")
        says = (
            f"Take up {first['theme']} first: {number(first['texts'])} texts, "
            f"{number(100 * first['unhappy_extra'], 0)} more of 100 unhappy than elsewhere"
        )
        form = {"theme": "Theme", "texts": "Texts",
                "unhappy_extra": ("More unhappy of 100", lambda x: number(100 * x, 0)),
                "writer_value": ("Revenue of a writer", self.report.money),
                "priority": ("Revenue behind it", self.report.money)}  # fmt: skip
        beside = (
            "Revenue behind it: texts, times extra unhappy writers, times what a writer bought in "
            f"{number(self.report.p.observation_days)} days. It ranks and is not "
            "what mending would bring."
        )
        return section(says, table(found[list(form)].head(SHOWN_THEMES), form), beside)

    def trust(self) -> Html:
        """What the figures of texts rest on."""
        return text_trust(self.texts)

    def _count(self) -> None:
        texts = self.texts
        held = texts.masking.found.any(axis=1)
        self.report.find("texts_read", len(held), "texts")
        self.report.find("texts_masked", int(held.sum()), "texts", n=len(held))
