"""What customers write about: texts with words -> themes, quotes, growth."""

import pandas as pd

from crm_helpers.measures.feedback.theme_growth import theme_growth
from crm_helpers.models.texts.themes import NO_THEME, Themes, themes
from crm_helpers.page.numerals import number
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.tables.needs import Skip

QUOTES = 2
QUOTE_LETTERS = 180
SHOWN_THEMES = 12
EARLY = {"grown", "new"}
TOPICS = {
    "theme": "Theme",
    "texts": ("Of 100 texts", lambda x: number(x, 1)),
    "words": "Telling words, languages apart by a dot",
}
GROWTH = {
    "theme": "Theme",
    "now": ("Of 100 texts now", lambda x: number(x, 1)),
    "before": ("Of 100 before", lambda x: number(x, 1)),
    "texts_now": "Texts now",
    "verdict": "Verdict",
}


@unless_absent
def study(texts: pd.DataFrame, *, seed: int) -> Themes:
    """Themes of all languages, found in each by itself and then brought together.

    Parameters
    ----------
    texts : DataFrame of `texts.with_words`
    seed : int

    Returns
    -------
    Themes
        words : one row per theme and language, columns theme, language, place, words;
        of_text : one row per text, columns theme, weight; left_out; names
    """
    score = texts["score"].groupby(texts["scale"]).transform(lambda one: one.rank(pct=True))
    signals = pd.get_dummies(texts["collected_by"]).astype(float).assign(score=score)
    return themes(texts[["text", "language", "place"]], signals, seed=seed)


@unless_absent
def themed(texts: pd.DataFrame, study: Themes, *, observation_days: int) -> pd.DataFrame:
    """Texts of the observation window that speak of a theme.

    Parameters
    ----------
    texts : DataFrame of `texts.with_words`
    study : Themes
    observation_days : int

    Returns
    -------
    DataFrame, one row per text, in the columns of `texts.with_words` and
        theme : str; weight : float in [0, 1]
    """
    rows = texts.join(study.of_text)
    recent = rows["text_age_days"] < observation_days
    found = rows[recent & (rows["theme"] != NO_THEME)]
    if found.empty:
        raise Skip(f"No text of the last {number(observation_days)} days speaks of a theme.")
    return found


@unless_absent
def topics(themed: pd.DataFrame, study: Themes, *, observation_days: int) -> Section:
    """How often each theme comes up, and its telling words.

    Parameters
    ----------
    themed : DataFrame of `themed`
    study : Themes
    observation_days : int

    Returns
    -------
    Section
        data : one row per theme, most texts first, columns theme, texts (of 100), words;
        findings : themes
    """
    size = themed["theme"].value_counts()
    words = study.words.groupby("theme")["words"].agg(" · ".join)
    shown = pd.DataFrame({"theme": size.index, "texts": 100 * size.to_numpy() / len(themed)})
    shown = shown.assign(words=shown["theme"].map(words)).head(SHOWN_THEMES)
    often = number(100 * size.iloc[0] / size.sum(), 0)
    says = (
        f"Customers write about {number(len(size))} things, most often about {size.index[0]}: "
        f"{often} of 100 texts"
    )
    beside = (
        f"{number(len(themed))} texts of {number(observation_days)} days, each "
        "counted once, under the theme it says most about: what it says besides is not shown."
    )
    told = section(says, table(shown, TOPICS), beside)
    return told.finds("themes", len(size), "themes", n=len(themed))


@unless_absent
def quotes(themed: pd.DataFrame, study: Themes) -> Section:
    """Two typical texts of each theme, masked.

    Parameters
    ----------
    themed : DataFrame of `themed`
    study : Themes

    Returns
    -------
    Section
        data : one row per quote, columns theme, shown
    """
    rows = themed[themed["shown"].str.len().between(20, QUOTE_LETTERS)]
    typical = rows.sort_values(["weight", "feedback_id"], ascending=[False, True])
    typical = typical.drop_duplicates(["theme", "text"]).groupby("theme").head(QUOTES)
    order = {name: n for n, name in enumerate(study.names)}
    typical = typical.sort_values("theme", key=lambda one: one.map(order), kind="stable")
    typical = typical[typical["theme"].map(order) < SHOWN_THEMES // QUOTES]
    if typical.empty:
        raise Skip(f"No text is between 20 and {QUOTE_LETTERS} letters long.")
    beside = (
        "Typical in its words, not in its mood; what could tell who wrote is replaced by "
        "[name], [phone] and the like. Not shown: themes after the sixth."
    )
    columns = {"theme": "Theme", "shown": "In their words"}
    shown = table(typical[["theme", "shown"]], columns)
    return section("The most typical words of customers, theme by theme", shown, beside)


@unless_absent
def growth(themed: pd.DataFrame, *, period_days: int) -> Section:
    """Themes of the last period against those before, an early warning.

    Parameters
    ----------
    themed : DataFrame of `themed`
    period_days : int

    Returns
    -------
    Section
        data : one row per theme, largest growth first, columns theme, now, before (of 100),
        texts_now, verdict; findings : themes_grown; news : the themes that grew beyond noise
    """
    found = theme_growth(themed["theme"], themed["period"], themed["person"])
    if not found["texts_now"].sum() or not found["texts_before"].sum():
        raise Skip("There is one period of texts only.")
    warned = found[found["verdict"].isin(EARLY)]
    names = ", ".join(warned["theme"])
    says = f"More is written about {names}" if names else "No theme grew by more than noise"
    shown = found.assign(now=100 * found["share_now"], before=100 * found["share_before"])
    beside = (
        f"Last {number(period_days)} days against the periods before, beyond "
        "chance over all themes together, a writer counted once. Not shown: whether more happened "
        "or more was written."
    )
    told = section(says, table(shown[list(GROWTH)].head(SHOWN_THEMES), GROWTH), beside)
    size = int(found["texts_now"].sum())
    news = [f"More customers than before write about {theme}." for theme in warned["theme"]]
    return told.finds("themes_grown", len(warned), "themes", n=size).tells(*news)
