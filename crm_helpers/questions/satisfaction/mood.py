"""How those who write feel: texts with words -> chance to be unhappy, by theme."""

from dataclasses import replace

import pandas as pd

from crm_helpers.charts.bars import bar_chart
from crm_helpers.charts.chart import Chart
from crm_helpers.models.texts.sentiment import Sentiment, sentiment
from crm_helpers.page.findings import Finding, finding
from crm_helpers.page.numerals import number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.tables.needs import Skip

SHOWN_THEMES = 12
SHOWN_WORDS = 6


@unless_absent
def study(texts: pd.DataFrame, *, bootstraps: int, seed: int) -> Sentiment:
    """Chance that a writer is unhappy, learned from the texts with a score.

    Parameters
    ----------
    texts : DataFrame of `texts.with_words`
    bootstraps : int
        Draws of persons behind the interval of the test.
    seed : int

    Returns
    -------
    Sentiment
        chance : one per text; told_by : one row per word, columns word, weight;
        test_auc, test_interval, test, learned_texts, in_time
    """
    columns = ["text", "unhappy", "person", "period"]
    return sentiment(texts[columns], seed=seed, draws=bootstraps)


@unless_absent
def felt(themed: pd.DataFrame, study: Sentiment) -> pd.DataFrame:
    """Texts that speak of a theme, with the mood of the writer.

    Parameters
    ----------
    themed : DataFrame of `themes.themed`
    study : Sentiment

    Returns
    -------
    DataFrame, one row per text, in the columns of `themes.themed` and
        chance : float in [0, 1], that the writer is unhappy
    """
    return themed.assign(chance=study.chance.loc[themed.index])


@unless_absent
def findings(felt: pd.DataFrame, study: Sentiment) -> dict[str, Finding]:
    """How well words told the unhappy in texts not seen before.

    Parameters
    ----------
    felt : DataFrame of `felt`
        Where it is absent nothing is found.
    study : Sentiment

    Returns
    -------
    dict of name to finding
        sentiment_test_auc
    """
    low, high = study.test_interval
    ends = {"low": low, "high": high, "n": len(study.test)}
    name = "sentiment_test_auc"
    return {name: finding(name, study.test_auc, unit="AUC", **ends)}


@unless_absent
def unhappy(report: Report, felt: pd.DataFrame, study: Sentiment, *, min_group: int) -> Section:
    """How many of the writers about a theme are unhappy.

    Parameters
    ----------
    report : Report
    felt : DataFrame of `felt`
    study : Sentiment
    min_group : int
        Themes with fewer texts are left out.

    Returns
    -------
    Section
        data : one row per theme, unhappiest first, columns theme, unhappy (of 100);
        findings : sentiment_test_auc
    """
    if not study.is_told:
        raise Skip("Words do not tell happy from unhappy customers better than chance.")
    mean = felt.groupby("theme")["chance"].agg(["mean", "size"])
    mean = mean[mean["size"] >= min_group].sort_values("mean", ascending=False)
    if mean.empty:
        raise Skip(f"No theme has {min_group} texts.")
    bars = pd.DataFrame({"theme": mean.index, "unhappy": 100 * mean["mean"].to_numpy()})
    top = bars.iloc[0]
    says = f"Of 100 who write about {top['theme']}, {number(top['unhappy'], 0)} are unhappy"
    told = section(says, _mood_chart(report, bars, says, len(felt)), _telling_words(study))
    return replace(told, findings=findings(felt, study))


def _mood_chart(report: Report, bars: pd.DataFrame, says: str, texts: int) -> Chart:
    last = bars.iloc[-1]
    return bar_chart(
        bars.head(SHOWN_THEMES),
        form=lambda x: number(x, 0),
        highlight=bars["theme"].iloc[0],
        title=says,
        subtitle=f"unhappy of 100 writers, by theme, {number(texts)} texts",
        alt=f"Bars of themes. {says}; fewest for {last['theme']} with "
        f"{number(last['unhappy'], 0)}.",
        source=report.source.title,
    )


def _telling_words(study: Sentiment) -> str:
    words = study.told_by["word"]
    worst = ", ".join(words.head(SHOWN_WORDS))
    best = ", ".join(words.iloc[: -SHOWN_WORDS - 1 : -1])
    return (
        "Learned from the texts whose writers gave a score and applied to all. Words that tell "
        f"most of unhappiness: {worst}; of happiness: {best}. Irony is not understood."
    )
