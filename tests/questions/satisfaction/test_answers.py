"""Which answers count, and which question stands for all."""

import pandas as pd
import pytest

from crm_helpers.questions.satisfaction.answers import (
    counted,
    given,
    main_question,
    recent,
    scale_of,
)
from crm_helpers.questions.satisfaction.list import unhappy_customers
from crm_helpers.tables.needs import Skip

STARS = ("a", "a", "review", "", "", "", "stars", 0, 0, 5.0)
OVERALL = ("a", "a", "survey", "", "", "overall", "csat", 0, 0, 5.0)
RECOMMEND = ("a", "a", "survey", "", "", "recommend", "nps", 0, 0, 9.0)
DELIVERY = ("a", "a", "survey", "", "", "delivery", "ces", 0, 0, 3.0)


def test_source_without_any_answer_ends_the_report(told, answers):
    with pytest.raises(Skip, match="There is no answer on any scale by this day"):
        given(told(survey_answers=answers()), period_days=91)


def test_texts_without_any_score_are_a_report_on_texts(told, answers, nobody):
    report = told({"feedback": ("feedback_id", "text")}, survey_answers=answers())
    found = given(report, period_days=91)
    rows = counted(found, nobody)
    main = main_question(rows, overall_item="overall")
    reasons = {one.reason for one in (found, rows, main, recent(rows, observation_days=365))}
    assert reasons == {"There is no answer on any scale by this day."}
    assert unhappy_customers(rows, found).empty


def test_question_most_asked_stands_for_all_and_no_other_is_mixed_in(answers):
    price, app = ((*DELIVERY[:5], item, *DELIVERY[6:]) for item in ("price", "app"))
    main = main_question(answers(price, app, app), overall_item="overall")
    assert main["item"].tolist() == ["app", "app"]


def test_periods_are_as_long_as_asked_for(told, answers):
    report = told(survey_answers=answers(STARS))
    given(report, period_days=30)
    assert report.asked["survey_answers"] == {"period_days": 30}


def test_who_refused_to_be_profiled_does_not_count(answers):
    rows = answers(STARS, ("b", "b", *STARS[2:]), ("c", "c", *STARS[2:]))
    agreed = pd.DataFrame({"customer_id": ["a", "b"], "may_profile": [True, False]})
    assert counted(rows, agreed)["customer_id"].tolist() == ["a"]


def test_values_are_those_of_each_scale(answers, nobody):
    rows = answers(STARS, OVERALL, RECOMMEND).drop(columns="answer_value")
    assert counted(rows, nobody)["answer_value"].tolist() == [5.0, 1.0, 100.0]


@pytest.mark.parametrize(
    ("rows", "scale"),
    [
        ((STARS, OVERALL, RECOMMEND), "nps"),
        ((STARS, OVERALL), "csat"),
        ((STARS,), "stars"),
        ((STARS, DELIVERY, DELIVERY), "ces"),
    ],
)
def test_recommendation_stands_for_all_before_the_overall_question_and_before_most(
    answers, rows, scale
):
    main = main_question(answers(*rows), overall_item="overall")
    assert scale_of(main) == scale
    assert set(main["scale"]) == {scale}


def test_overall_question_is_the_one_that_was_named(answers):
    main = main_question(answers(OVERALL, DELIVERY), overall_item="delivery")
    assert main["item"].tolist() == ["delivery"]


def test_window_ends_before_its_last_day(answers):
    rows = answers(*((*STARS[:8], age, 5.0) for age in (0, 364, 365)))
    assert recent(rows, observation_days=365)["answer_age_days"].tolist() == [0, 364]
