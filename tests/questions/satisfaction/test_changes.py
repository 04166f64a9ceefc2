"""Change of every question since the period before."""

import pandas as pd

from crm_helpers.questions.satisfaction.changes import since_last_period, verdicts


def two_periods(asked, scale, now, before, item=""):
    return pd.concat([asked(scale, *now, item=item), asked(scale, *before, item=item, period=1)])


def test_all_satisfied_before_and_few_now_is_more_than_noise(asked):
    rows = two_periods(asked, "csat", [1, 1, 1, 1, 1, 1, 1, 1, 1, 5], [5] * 10, item="delivery")
    changed = since_last_period(rows, min_group=2)
    assert changed["is_change"].tolist() == [True]
    moves = verdicts(changed, period_days=91)
    assert moves.says == (
        "Moved by more than noise: 90 fewer of 100 asked are satisfied with delivery"
    )
    assert moves.data["verdict"].tolist() == ["more than noise"]
    assert moves.findings == {}


def test_same_answers_moved_nothing_and_tell_the_change_of_the_recommendation(asked):
    rows = two_periods(asked, "nps", [9, 0, 7], [9, 0, 7, 7, 9, 0], item="recommend")
    moves = verdicts(since_last_period(rows, min_group=2), period_days=91)
    assert moves.says == "No question moved by more than noise since the period before"
    found = moves.findings["nps_change"]
    assert (round(found["value"], 9), found["unit"], found["n"]) == (0.0, "points", 9)
    assert found["low"] < 0 < found["high"]


def test_surest_change_comes_first(asked):
    sure = two_periods(asked, "csat", [1] * 9 + [5], [5] * 9 + [1], item="delivery")
    same = two_periods(asked, "csat", [1, 5] * 5, [1, 5] * 5, item="app")
    changed = since_last_period(pd.concat([same, sure]), min_group=2)
    assert changed["question"].tolist() == ["delivery", "app"]


def test_question_of_one_period_or_of_too_few_has_no_change(asked):
    reason = "No question has enough answers in the last period and the one before."
    assert since_last_period(asked("nps", 9, 9), min_group=2).reason == reason
    rows = two_periods(asked, "nps", [9, 0], [9, 0])
    assert since_last_period(rows, min_group=3).reason == reason
    assert verdicts(since_last_period(rows, min_group=3), period_days=91).reason == reason


def test_what_moved_beyond_noise_is_news_for_the_letter(asked):
    rows = two_periods(asked, "csat", [1] * 9 + [5], [5] * 10, item="delivery")
    moves = verdicts(since_last_period(rows, min_group=2), period_days=91)
    assert moves.news == ("90 fewer of 100 are satisfied with delivery than before.",)
    same = two_periods(asked, "nps", [9, 0, 7], [9, 0, 7], item="recommend")
    assert verdicts(since_last_period(same, min_group=2), period_days=91).news == ()
