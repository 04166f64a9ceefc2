"""What the figures rest on is counted, and what they cannot say is said."""

from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.models.texts.sentiment import Sentiment
from crm_helpers.models.texts.themes import Themes
from crm_helpers.page.section import Section
from crm_helpers.page.words import note
from crm_helpers.questions.satisfaction.texts import MaskedTexts
from crm_helpers.questions.satisfaction.trust import of_report, of_texts

ABSENT = Section.absent("Only 9 answers are complete.")
OF_TEXTS = Section.of(note("Of texts."))
DAYS = {"period_days": 91, "bootstraps": 300}


@pytest.fixture
def report(told):
    made = told()
    made.tables = SimpleNamespace(
        set_aside=pd.DataFrame(
            {
                "table": ["feedback", "feedback", "orders"],
                "column": ["score", "text", "score"],
                "rows": [2, 5, 7],
            }
        )
    )
    return made


def test_answers_refusals_and_scores_off_their_scale_are_counted(report, asked):
    given = asked("nps", 9, 9, 9, 9)
    counted = given.iloc[:3].assign(period=[0, 0, 1])
    page = of_report(report, given, counted, counted, ABSENT, OF_TEXTS, **DAYS)
    text = " ".join(part.text for part in page.parts)
    assert "3 answers in all, 2 to the main question in the last 91 days." in text
    assert "2 scores outside of their scale were set aside." in text
    assert "1 customers who refused to be profiled are left out of everything." in text
    assert "No driver is named: Only 9 answers are complete." in text
    assert text.endswith("Of texts.")


def test_nothing_set_aside_is_not_said(report, asked):
    report.tables.set_aside = report.tables.set_aside.iloc[1:]
    rows = asked("nps", 9, 9)
    page = of_report(report, rows, rows, rows, ABSENT, OF_TEXTS, **DAYS)
    assert "set aside" not in page.html


@pytest.mark.parametrize(("p_value", "said"), [(0.0001, "p below 0.001"), (0.25, "p 0.250")])
def test_study_of_drivers_is_told_with_its_chance(report, asked, p_value, said):
    rows = asked("nps", 9, 9)
    study = SimpleNamespace(r_squared=0.5, answers=120, persons=100, p_value=p_value)
    page = of_report(report, rows, rows, rows, study, OF_TEXTS, **DAYS)
    assert f"R squared 0.50 on 120 complete answers of 100 customers, {said}" in page.html
    assert "a bootstrap of 300 draws" in page.html


def masked(*shown: str) -> MaskedTexts:
    rows = pd.DataFrame({"shown": list(shown)})
    found = pd.DataFrame({"name": [True] + [False] * (len(rows) - 1), "phone": False})
    return MaskedTexts(rows, found, pd.Series([True] + [False] * (len(rows) - 1)), 4)


WORDS = pd.DataFrame({"text": ["late", "late", "fine"], "language": ["en", "en", "xx"]})


def test_without_a_text_only_the_reason_is_told():
    page = of_texts(ABSENT, ABSENT, ABSENT, ABSENT)
    assert page.parts[0].text == "No text was read: Only 9 answers are complete."
    held = of_texts(masked("x"), Section.absent("No text holds a word."), ABSENT, ABSENT)
    assert held.parts[0].text == "No text was read: No text holds a word."


def test_texts_are_counted_by_what_was_done_with_them():
    page = of_texts(masked("late", "late", "fine", " "), WORDS, ABSENT, ABSENT).parts[0].text
    assert "4 texts read, of all years; 1 without a word, 1 that repeat another, 1 longer" in page
    assert "4 of those who refused to be profiled are left out." in page
    assert "1 with name, 0 with phone." in page
    assert "Languages: 2 en, 1 xx." in page
    assert "No table of empty words for xx." in page
    assert "No themes: Only 9 answers are complete." in page
    assert "No mood is given: Only 9 answers are complete." in page


def test_themes_count_texts_without_one_and_languages_left_out_apart():
    of_text = pd.DataFrame({"theme": ["app", "", "", ""]})
    study = Themes(pd.DataFrame(), of_text, {"xx": 2})
    page = of_texts(masked("late", "late", "fine"), WORDS, study, ABSENT).html
    assert "1 texts speak of no theme, 2 are in a language with too few." in page


@pytest.mark.parametrize(("in_time", "how"), [(True, "on the last period"), (False, "by cross-")])
def test_mood_is_told_with_its_test(in_time, how):
    test = pd.DataFrame({"chance": [0.5, 0.5], "is_unhappy": [True, True]})
    study = Sentiment(pd.Series([0.5]), pd.DataFrame(), 0.8, Interval(0.7, 0.9), test, 120, in_time)
    page = of_texts(masked("late", "late", "fine"), WORDS, ABSENT, study).html
    assert f"tested {how}" in page
    assert "AUC 0.800 (0.700 to 0.900), n 2" in page
    assert "Unhappy said and found differ by 50.0 of 100." in page
