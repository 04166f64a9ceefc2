"""What the figures of texts rest on: texts and models -> sentences for the end of the page."""

from crm_helpers.models.texts.languages import UNKNOWN
from crm_helpers.models.texts.masking import TEXT_LIMIT
from crm_helpers.models.texts.stop_words import STOP_WORDS
from crm_helpers.page.words import Html, bullets, number
from crm_helpers.questions.satisfaction.text_data import TextData
from crm_helpers.tables.needs import Skip


def text_trust(texts: TextData) -> Html:
    """How many texts were read, how they were masked and what the models cannot do."""
    try:
        lines = [_read(texts), _masked(texts), _languages(texts), *_themes(texts), *_mood(texts)]
    except Skip as reason:
        return bullets([f"No text was read: {reason}"])
    return bullets(lines)


def _read(texts: TextData) -> str:
    cut = int(texts.masking.cut.sum())
    return (
        f"{number(len(texts.masking.texts))} texts read, of all years; "
        f"{number(texts.empty)} without a word, "
        f"{number(texts.repeated)} that repeat another, {number(cut)} longer than "
        f"{number(TEXT_LIMIT)} letters and read up to there; {number(texts.refused)} of those who "
        "refused to be profiled are left out."
    )


def _masked(texts: TextData) -> str:
    found = texts.masking.found.sum()
    kinds = ", ".join(f"{number(count)} with {kind}" for kind, count in found.items())
    return (
        f"Masked before anything else was done: {kinds}. Names are found by greeting, title, "
        "introduction or sign-off; a name in the midst of a sentence is not."
    )


def _languages(texts: TextData) -> str:
    size = texts.rows["language"].value_counts()
    bare = [name for name in size.index if name not in STOP_WORDS and name != UNKNOWN]
    told = ", ".join(f"{number(count)} {name}" for name, count in size.items())
    more = f" No table of empty words for {', '.join(bare)}." if bare else ""
    return (
        f"Languages: {told}. Words are counted as they are written, without stems or compounds "
        f"taken apart, empty words by small tables.{more}"
    )


def _themes(texts: TextData) -> list[str]:
    try:
        found = texts.themes
    except Skip as reason:
        return [f"No themes: {reason}"]
    few = sum(found.left_out.values())
    none = int((found.of_text["theme"] == "").sum()) - few
    return [
        "Themes: non-negative matrix factorization of TF-IDF, language by language; their number "
        "by resampling; languages matched by touchpoint, source and scores, not by a dictionary. "
        f"{number(none)} texts speak of no theme, {number(few)} are in a language with too few."
    ]


def _mood(texts: TextData) -> list[str]:
    try:
        told = texts.sentiment
    except Skip as reason:
        return [f"No mood is given: {reason}"]
    low, high = told.test_interval
    how = (
        "tested on the last period, which it had not seen" if told.in_time
        else "tested by cross-validation, customers apart; not in time"
    )  # fmt: skip
    gap = 100 * abs(told.test["chance"].mean() - told.test["is_unhappy"].mean())
    return [
        f"Mood: learned from {number(told.learned_texts)} scored texts (the middle of the scale "
        f"left out), {how}: AUC {number(told.test_auc, 3)} ({number(low, 3)} to "
        f"{number(high, 3)}), n {number(len(told.test))}; the plain rule, the same chance for "
        f"all, has 0.5. Unhappy said and found differ by {number(gap, 1)} of 100."
    ]
