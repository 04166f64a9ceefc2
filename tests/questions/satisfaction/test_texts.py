"""Texts are masked before anything else; what holds no word is not mined."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.page.section import Section
from crm_helpers.questions.satisfaction.texts import (
    MaskedTexts,
    check_outcome,
    findings,
    masked,
    with_words,
    without_personal_data,
)
from crm_helpers.tables.needs import Skip

PLAIN = {"shuffle_outcomes": False, "seed": 1}


def written(*texts: str, **more) -> pd.DataFrame:
    """Reviews as customers wrote them."""
    frame = pd.DataFrame({"text": list(texts)}).assign(
        feedback_id=[str(place) for place in range(len(texts))],
        customer_id=[f"c{place}" for place in range(len(texts))],
        collected_by="review",
        touchpoint="",
        scale="stars",
        score=np.nan,
        period=0,
        text_age_days=0,
    )
    return frame.assign(**more)


def test_source_without_texts_says_so(told, nobody):
    found = masked(told(), nobody, period_days=91, text_outcome="")
    assert found.reason == "The source has no texts."
    assert findings(found).reason == found.reason


def test_day_before_the_first_text_says_so(nobody):
    with pytest.raises(Skip, match="There is no text by this day"):
        without_personal_data(written(), nobody)


@pytest.fixture(scope="module")
def four() -> MaskedTexts:
    """A name, markup, a megabyte; and one whose writer refused to be profiled."""
    lines = ["My name is Eva Holm, too late", "<b>late</b> again", "x" * 1_000_000, "fine thing"]
    names = [f"c{n}" for n in range(4)]
    agreed = pd.DataFrame({"customer_id": names, "may_profile": [True, True, True, False]})
    return without_personal_data(written(*lines), agreed)


def test_no_name_stands_in_what_is_kept(four):
    assert "text" not in four.rows
    assert not four.rows["shown"].str.contains("Eva").any()
    assert four.found["name"].tolist() == [True, False, False]
    assert not with_words(four, **PLAIN)["text"].str.contains("eva").any()


def test_texts_are_counted_with_those_in_which_something_was_masked(four):
    assert findings(four) == {
        "texts_read": {"value": 3, "unit": "texts"},
        "texts_masked": {"value": 1, "unit": "texts", "n": 3},
    }
    assert repr(four) == "3 texts, 1 with something masked in them"


def test_who_refused_to_be_profiled_is_not_read_but_counted(four):
    assert four.rows["customer_id"].tolist() == ["c0", "c1", "c2"]
    assert four.refused == 1


def test_megabyte_is_cut_and_markup_is_not_mined(four):
    assert four.cut.tolist() == [False, False, True]
    assert with_words(four, **PLAIN)["text"].tolist()[1] == "late again"


def shown(*lines: str, **more) -> MaskedTexts:
    """Texts in which nothing had to be masked."""
    rows = written(*lines, **more).rename(columns={"text": "shown"})
    nothing = pd.DataFrame({"name": False}, index=rows.index)
    return MaskedTexts(rows, nothing, nothing["name"], 0)


def test_texts_of_emoji_only_say_so_and_are_counted():
    found = shown("\U0001f600 \U0001f600", " ")
    assert with_words(found, **PLAIN).reason == "No text holds a word."
    assert findings(found)["texts_read"]["value"] == 2


def test_emoji_among_words_are_left_out():
    assert with_words(shown("late again", "\U0001f600"), **PLAIN)["text"].tolist() == ["late again"]


def test_text_without_a_customer_is_a_person_of_its_own():
    found = shown("late again", "fine thing", customer_id="")
    assert with_words(found, **PLAIN)["person"].tolist() == ["0", "1"]


def mood(*lines: str, shuffle_outcomes: bool = False, **more) -> list:
    rows = with_words(shown(*lines, **more), shuffle_outcomes=shuffle_outcomes, seed=1)
    return rows["unhappy"].tolist()


def test_mood_is_told_by_the_score_and_missing_between():
    found = mood("one thing", "two things", "three things", "four", score=[1.0, 3, 5, np.nan])
    assert found == [True, pd.NA, False, pd.NA]


def test_named_column_tells_the_mood_in_place_of_the_score():
    assert mood("one thing", "two things", score=5.0, is_happy=[True, False]) == [False, True]


def test_shuffled_moods_are_the_same_ones_of_other_texts():
    lines = [f"thing number {n}" for n in "abcdefghij"]
    mixed = mood(*lines, score=[np.nan, *[1.0] * 4, *[5.0] * 5], shuffle_outcomes=True)
    assert mixed[0] is pd.NA
    assert sum(mixed[1:]) == 4
    assert mixed[1:] != [True] * 4 + [False] * 5


def test_without_masked_texts_there_are_no_words():
    absent = Section.absent("The source has no texts.")
    assert with_words(absent, **PLAIN).reason == absent.reason


def scored(high: list[bool], low: list[bool]) -> pd.DataFrame:
    """Texts of 5 stars and of 1 star, and whom the column marks as happy."""
    rows = [(5.0, one) for one in high] + [(1.0, one) for one in low]
    frame = pd.DataFrame(rows, columns=["score", "is_happy"])
    return frame.assign(scale="stars", is_happy=frame["is_happy"].astype("boolean"))


def test_outcome_that_scores_contradict_is_refused_with_what_to_do():
    rows = scored([False] * 38 + [True] * 2, [True] * 19 + [False])
    said = (
        "feedback.unhappy: true for 2 of 40 texts with a high score and for 19 of 20 with a low "
        r"one; expected more among high scores.* turn it in the source file \(NOT unhappy\)\."
    )
    with pytest.raises(ValueError, match=said):
        check_outcome(rows, "unhappy")


@pytest.mark.parametrize(
    "rows",
    [
        scored([True] * 38 + [False] * 2, [False] * 19 + [True]),
        scored([True, False] * 20, [True, False] * 10),
        scored([False], [True]),  # two texts may differ by chance
        scored([False] * 9, []),
        scored([False] * 9, [True] * 9).assign(scale="ces"),  # effort is no mood
        scored([False] * 9, [True] * 9).assign(score=np.nan),
    ],
)
def test_outcome_that_no_score_contradicts_beyond_chance_stands(rows):
    assert check_outcome(rows, "recommended") is None
