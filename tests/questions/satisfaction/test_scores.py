"""Figures of every scale, and the usual range of the main one."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.page.section import is_absent
from crm_helpers.questions.satisfaction import scores


def levels(rows):
    return scores.levels(rows, overall_item="overall", period_days=91)


def test_as_many_promoters_as_detractors_are_a_score_of_nought(asked):
    figure = scores.main_figure(asked("nps", 10, 9, 6, 0), period_days=91)
    assert (figure.scale, figure.mean.mean, figure.mean.n) == ("nps", 0.0, 4)
    assert figure.says.startswith("Net promoter score 0, between −")
    assert repr(figure) == f"Main figure: {figure.says}"


def test_everybody_satisfied_is_a_hundred_of_a_hundred(asked):
    figure = scores.main_figure(asked("csat", *[4, 5] * 50, item="delivery"), period_days=91)
    # With three more persons spread over the scale: 101.5 of 103, t of 102 degrees of freedom.
    error = np.sqrt((101.5 * (1.5 / 103) ** 2 + 1.5 * (101.5 / 103) ** 2) / (103 * 102))
    low = 100 * (101.5 / 103 - 1.98350 * error)
    assert figure.says == f"100 of 100 asked are satisfied with delivery ({low:.0f} to 100 of 100)"


def test_two_who_are_satisfied_prove_little(asked):
    figure = scores.main_figure(asked("csat", 4, 5, item="overall"), period_days=91)
    assert figure.mean.low < 0.2
    assert figure.says.startswith("100 of 100 asked are satisfied overall (")


def test_one_person_or_an_older_period_is_no_figure(asked):
    reason = "Fewer than two persons answered in the last 91 days."
    assert scores.main_figure(asked("nps", 9), period_days=91).reason == reason
    assert scores.main_figure(asked("nps", 9, 9, period=1), period_days=91).reason == reason


def test_only_questions_on_the_whole_of_the_last_period_are_levels(asked):
    rows = pd.concat(
        [
            asked("csat", 5, 1, 1, item="overall"),
            asked("csat", 5, 5, item="delivery"),
            asked("nps", 9, 9, item="recommend"),
            asked("stars", 5, 5, period=1),
        ]
    )
    found = levels(rows)
    assert found["item"].tolist() == ["overall", "recommend"]
    assert found["mean"].tolist() == pytest.approx([1 / 3, 100.0])


def test_nobody_asked_about_the_whole_has_no_level(asked):
    found = levels(asked("csat", 5, 5, item="delivery"))
    assert found.reason == "Fewer than two persons answered in the last 91 days."


def test_finding_of_a_scale_is_its_question_with_most_answers(asked):
    survey = asked("stars", 1, 1, 1)
    reviews = asked("stars", 5, 5).assign(collected_by="review")
    found = scores.findings(levels(pd.concat([survey, reviews])))
    assert list(found) == ["stars_mean"]
    assert found["stars_mean"] | {"low": 0, "high": 0} == {
        "value": 1.0,
        "unit": "stars",
        "low": 0,
        "high": 0,
        "n": 3,
    }


def test_question_that_stands_for_all_comes_first(asked):
    rows = pd.concat([asked("stars", 5, 4, 3), asked("nps", 9, 3, item="recommend")])
    figure = scores.main_figure(asked("nps", 9, 3), period_days=91)
    level = scores.level(figure, levels(rows), period_days=91)
    assert level.data["scale"].tolist() == ["nps", "stars"]
    assert set(level.findings) == {"nps", "stars_mean"}
    assert level.says == figure.says


def test_level_without_a_main_figure_is_absent_though_its_findings_are_there(asked):
    found = levels(asked("csat", 5, 1, item="overall"))
    figure = scores.main_figure(asked("nps", 9, period=1), period_days=91)
    assert is_absent(scores.level(figure, found, period_days=91))
    assert scores.findings(found)["csat"]["value"] == 0.5


def usual_range(report, *periods):
    return scores.usual_range(report, pd.concat(periods), period_days=91, min_group=2)


def test_last_period_far_below_has_left_its_usual_range(told, asked):
    before = [asked("nps", 9, 9, 7, 9, period=p) for p in (1, 2, 3)]
    found = usual_range(told(), asked("nps", 0, 0, 0, 0), *before)
    assert found.data["period"].tolist() == [3, 2, 1, 0]
    assert found.data["is_outside"].tolist() == [False, False, False, True]
    assert found.says == "Net promoter score left its usual range: −100"


def test_same_answers_in_every_period_are_within_the_range(told, asked):
    found = usual_range(told(), *(asked("nps", 9, 0, 7, period=p) for p in (0, 1, 2)))
    assert found.says == "Net promoter score is within its usual range"


def test_two_periods_draw_no_limits(told, asked):
    found = usual_range(told(), asked("nps", 9, 0), asked("nps", 9, 0, period=1))
    assert found.reason == "Fewer than three periods have enough answers for limits to be drawn."
