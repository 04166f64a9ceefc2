"""How far to trust this: answers, drivers, texts -> what they rest on and what they cannot say."""

import pandas as pd

from crm_helpers.models.satisfaction.driver_study import DriverStudy
from crm_helpers.models.texts.languages import UNKNOWN
from crm_helpers.models.texts.masking import TEXT_LIMIT
from crm_helpers.models.texts.sentiment import Sentiment
from crm_helpers.models.texts.stop_words import STOP_WORDS
from crm_helpers.models.texts.themes import Themes
from crm_helpers.page.numerals import number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent
from crm_helpers.page.words import bullets
from crm_helpers.questions.satisfaction.texts import MaskedTexts


def of_report(
    report: Report,
    given: pd.DataFrame,
    answers: pd.DataFrame,
    main: pd.DataFrame,
    study: DriverStudy,
    texts: Section,
    *,
    period_days: int,
    bootstraps: int,
) -> Section:
    """What the figures rest on and who is left out, and then the same of the texts.

    Parameters
    ----------
    report : Report
    given : DataFrame of `answers.given`
    answers : DataFrame of `answers.counted`
    main : DataFrame of `answers.main_question`
    study : DriverStudy
        Any of them may be absent.
    texts : Section of `of_texts`
    period_days, bootstraps : int

    Returns
    -------
    Section
        Words alone.
    """
    lines = [
        *_counts(given, answers, main, period_days),
        _off_scale(report),
        _drivers(study, bootstraps),
        "One answer per customer, question and period: the last one. Intervals count a customer "
        "once, however often they answered.",
        "Drivers and later orders are differences between customers as they are; nothing here was "
        "tried by lot except the control group of the list.",
    ]
    return Section.of(bullets([line for line in lines if line]), texts)


def _counts(
    given: pd.DataFrame, answers: pd.DataFrame, main: pd.DataFrame, period_days: int
) -> list[str]:
    if is_absent(answers):
        return [f"No figure is given: {answers.reason}"]
    last = int((main["period"] == 0).sum())
    refused = given["person_id"].nunique() - answers["person_id"].nunique()
    return [
        f"{number(len(answers))} answers in all, {number(last)} to the main question in "
        f"the last {period_days} days.",
        f"{number(refused)} customers who refused to be profiled are left out of everything.",
    ]


def _off_scale(report: Report) -> str:
    aside = report.tables.set_aside
    rows = aside[(aside["table"] == "feedback") & (aside["column"] == "score")]
    count = int(rows["rows"].sum()) if "rows" in rows else 0
    return f"{number(count)} scores outside of their scale were set aside." if count else ""


def _drivers(study: DriverStudy, bootstraps: int) -> str:
    if is_absent(study):
        return f"No driver is named: {study.reason}"
    return (
        f"Drivers: R squared {number(study.r_squared, 2)} on {number(study.answers)} complete "
        f"answers of {number(study.persons)} customers, {_chance(study.p_value)}; shares and "
        f"slopes by a bootstrap of {bootstraps} draws of customers. The plain "
        "rule beside it, the mean of everybody, has R squared 0."
    )


def _chance(p_value: float) -> str:
    return "p below 0.001" if p_value < 0.001 else f"p {number(p_value, 3)}"


def of_texts(masked: MaskedTexts, texts: pd.DataFrame, themes: Themes, mood: Sentiment) -> Section:
    """How many texts were read, how they were masked and what the models cannot do.

    Parameters
    ----------
    masked : MaskedTexts
    texts : DataFrame of `texts.with_words`
    themes : Themes
    mood : Sentiment
        Any of them may be absent.

    Returns
    -------
    Section
        Words alone.
    """
    if is_absent(texts):
        return Section.of(bullets([f"No text was read: {texts.reason}"]))
    lines = [_read(masked, texts), _masked(masked), _languages(texts)]
    return Section.of(bullets([*lines, _themes(themes), _mood(mood)]))


def _read(masked: MaskedTexts, texts: pd.DataFrame) -> str:
    read, cut = len(masked.rows), int(masked.cut.sum())
    repeated = int(texts["text"].duplicated().sum())
    return (
        f"{number(read)} texts read, of all years; "
        f"{number(read - len(texts))} without a word, "
        f"{number(repeated)} that repeat another, {number(cut)} longer than "
        f"{number(TEXT_LIMIT)} letters and read up to there; {number(masked.refused)} of those who "
        "refused to be profiled are left out."
    )


def _masked(masked: MaskedTexts) -> str:
    kinds = ", ".join(f"{number(count)} with {kind}" for kind, count in masked.found.sum().items())
    return (
        f"Masked before anything else was done: {kinds}. Names are found by greeting, title, "
        "introduction or sign-off; a name in the midst of a sentence is not."
    )


def _languages(texts: pd.DataFrame) -> str:
    size = texts["language"].value_counts()
    bare = [name for name in size.index if name not in STOP_WORDS and name != UNKNOWN]
    told = ", ".join(f"{number(count)} {name}" for name, count in size.items())
    more = f" No table of empty words for {', '.join(bare)}." if bare else ""
    return (
        f"Languages: {told}. Words are counted as they are written, without stems or compounds "
        f"taken apart, empty words by small tables.{more}"
    )


def _themes(themes: Themes) -> str:
    if is_absent(themes):
        return f"No themes: {themes.reason}"
    few = sum(themes.left_out.values())
    none = int((themes.of_text["theme"] == "").sum()) - few
    return (
        "Themes: non-negative matrix factorization of TF-IDF, language by language; their number "
        "by resampling; languages matched by touchpoint, source and scores, not by a dictionary. "
        f"{number(none)} texts speak of no theme, {number(few)} are in a language with too few."
    )


def _mood(mood: Sentiment) -> str:
    if is_absent(mood):
        return f"No mood is given: {mood.reason}"
    low, high = mood.test_interval
    how = "tested by cross-validation, customers apart; not in time"
    if mood.in_time:
        how = "tested on the last period, which it had not seen"
    gap = 100 * abs(mood.test["chance"].mean() - mood.test["is_unhappy"].mean())
    return (
        f"Mood: learned from {number(mood.learned_texts)} scored texts (the middle of the scale "
        f"left out), {how}: AUC {number(mood.test_auc, 3)} ({number(low, 3)} to "
        f"{number(high, 3)}), n {number(len(mood.test))}; the plain rule, the same chance for "
        f"all, has 0.5. Unhappy said and found differ by {number(gap, 1)} of 100."
    )
