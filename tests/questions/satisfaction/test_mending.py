"""What low answers of the last period take away."""

import pytest

from crm_helpers.page.section import Section
from crm_helpers.questions.satisfaction import drivers
from crm_helpers.questions.satisfaction.mending import losses, taken


@pytest.fixture
def study(follows):
    options = {"driver_items": [], "shuffle_outcomes": False, "seed": 1}
    complete = drivers.complete(follows, overall_item="overall", **options)
    return drivers.study(
        complete, follows, overall_item="overall", min_answers=90, bootstraps=50, seed=1
    )


def test_low_answers_of_the_last_period_take_most(follows, study):
    lost = losses(follows, study)
    assert lost["driver"].tolist() == ["delivery", "app"]
    section = taken(lost)
    assert section.says == (
        "Low answers to delivery take most from the overall answer: 33 of 100 are low"
    )
    found = section.findings["lost_to_low_answers"]
    # Of six answers one falls short by two steps and one by one; a step goes with one step.
    assert found["value"] == pytest.approx(0.5, abs=0.02)
    assert 0 < found["low"] <= found["value"] <= found["high"]


def test_question_that_matters_but_is_answered_well_takes_nothing(follows, study):
    lost = losses(follows[follows["score"] >= 3], study)
    assert lost["low_share"].tolist() == [0.0, 0.0]
    section = taken(lost)
    assert section.says == "No low answers clearly take anything from the overall answer"
    assert section.findings == {}


def test_answers_of_the_period_before_take_nothing_now(follows, study):
    lost = losses(follows.assign(period=1), study)
    assert lost.reason == "The questions had too few answers in the last period."
    assert taken(lost).reason == lost.reason


def test_without_a_study_nothing_is_taken(follows):
    absent = Section.absent("Only 9 answers are complete.")
    assert losses(follows, absent).reason == absent.reason


def test_figure_of_now_is_on_the_scale_of_the_question(follows, study):
    lost = losses(follows, study).set_index("driver")
    assert lost.at["delivery", "scale"] == "csat"
    assert lost.at["delivery", "now"] == pytest.approx(2 / 6)  # four and five of one to five
    assert lost.at["delivery", "answers"] == 90
