"""Words by code."""

from dataclasses import replace

import numpy as np
import pandas as pd

from crm_helpers.models.credit.decline_reasons import decline_reasons
from crm_helpers.models.credit.methods import METHODS
from crm_helpers.questions.credit.phrases import (
    METHOD_WORDS,
    answers,
    reasons_in_words,
    said,
    with_answers,
)


def reasons(*rows):
    return pd.DataFrame(rows, columns=["place", "attribute", "bin", "lost"])


def test_every_method_has_words():
    assert {*METHODS, "rule", "all", "none"} == set(METHOD_WORDS)


def test_reasons_of_an_applicant_stand_in_their_order(card):
    found = reasons((0, "home", 1, 20.4), (0, "income", 0, 9.6), (2, "income", 0, 3.0))
    assert reasons_in_words(found, card, 3).tolist() == [
        "home: rents (-20); income: up to 1,000 (-10)",
        "nothing stands out",
        "income: up to 1,000 (-3)",
    ]


def test_nobody_has_a_reason(card):
    assert reasons_in_words(reasons(), card, 2).tolist() == ["nothing stands out"] * 2


def test_an_answer_missing_and_one_never_seen_are_said_so(card):
    found = reasons((0, "home", 2, 2.0), (1, "home", -1, 2.0))
    assert reasons_in_words(found, card, 2).tolist() == [
        "home: not stated (-2)",
        "home: a value not seen before (-2)",
    ]


def test_reasons_of_the_card_are_said_for_the_applicants_in_their_order(card, asked):
    told = reasons_in_words(decline_reasons(card, asked), card, len(asked))
    assert told[0] == "nothing stands out"
    assert told[3] == "home: rents (-20); income: up to 1,000 (-10)"


def test_answers_are_named_by_their_edges_or_their_levels(card):
    home, income = (answers(bins) for bins in card.bins)
    assert home == ["owns", "rents", "missing", "not seen before"]
    assert income == ["up to 1,000", "over 1,000", "missing", "not seen before"]


def test_long_lists_of_levels_are_shortened(card):
    many = replace(card.bins[0], levels=dict.fromkeys("edcba", 0) | {"z": 1})
    assert answers(many)[:2] == ["a or b or c or 2 more", "z"]


def test_a_number_that_is_not_cut_takes_any_answer(card):
    assert answers(replace(card.bins[1], edges=np.array([])))[0] == "any"
    three = replace(card.bins[1], edges=np.array([1.5, 2.0]))
    assert answers(three)[:3] == ["up to 1.5", "over 1.5 to 2", "over 2"]


def test_a_card_in_words_keeps_its_rows(card):
    shown = with_answers(card.card(), card)
    assert shown["bin"].tolist()[:4] == ["owns", "rents", "missing", "not seen before"]
    assert shown["points"].tolist() == card.card()["points"].tolist()


def test_names_become_words():
    assert said("years_at_address") == "years at address"
