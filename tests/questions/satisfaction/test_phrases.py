"""Words by code: every code has words, and no figure is minus nought."""

import pytest

from crm_helpers.models.satisfaction.driver_study import DELIGHTS, DISAPPOINTS, EVEN
from crm_helpers.questions.satisfaction.phrases import (
    KINDS,
    change_form,
    figure_form,
    moved,
    opening,
    plain,
    question,
    span,
)


def test_every_kind_of_driver_has_its_words():
    assert set(KINDS) == {DISAPPOINTS, DELIGHTS, EVEN}


@pytest.mark.parametrize(
    ("scale", "value", "said"),
    [("nps", -0.4, "0"), ("nps", 0.6, "+1"), ("csat", 1.0, "100 of 100"), ("", 7.25, "7.25")],
)
def test_figure_is_said_as_its_scale_says_it(scale, value, said):
    assert figure_form(scale)(value) == said


@pytest.mark.parametrize(
    ("scale", "value", "said"),
    [("nps", -0.4, "0 points"), ("csat", 0.004, "0 of 100"), ("stars", -0.25, "−0.25")],
)
def test_change_that_rounds_to_nought_has_no_sign(scale, value, said):
    assert change_form(scale)(value) == said


def test_unit_of_an_interval_is_said_once():
    assert span(2.5, 3.5, figure_form("ces")) == "2.50 to 3.50 of 7"


def test_change_of_satisfied_customers_is_a_count():
    assert moved("app", "csat", 0.2) == "20 more of 100 asked are satisfied with app"
    assert moved("app", "ces", 0.2) == "app +0.20"


def test_names_of_questions_lose_their_underscores_and_nothing_else():
    assert (plain("delivery_time"), opening("pERQ_1")) == ("delivery time", "PERQ 1")


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (("survey", "app_use", "csat"), "app use"),
        (("review", "app_use", "stars"), "app use (reviews)"),
        (("ticket", "", "ces"), "effort in tickets"),
        (("", "", "nps"), "nps"),
    ],
)
def test_question_is_named_by_what_was_asked_and_where(asked, name):
    assert question(*asked) == name
