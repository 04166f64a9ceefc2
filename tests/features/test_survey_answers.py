"""Answers, invitations and service cases on tables small enough to check by eye."""

import datetime as dt

import ibis
import pandas as pd

from crm_helpers.features.survey_answers import service_cases, survey_answers, survey_invitations

AS_OF = dt.date(2024, 6, 30)


def at(day: str) -> pd.Timestamp:
    return pd.Timestamp(f"2024-{day} 10:00")


def feedback(rows: list[tuple]) -> ibis.Table:
    names = ["feedback_id", "given_at", "invited_at", "customer_id", "collected_by", "item"]
    frame = pd.DataFrame(rows, columns=[*names, "score", "scale", "resolved_at"])
    for column in ("given_at", "invited_at", "resolved_at"):
        frame[column] = pd.to_datetime(frame[column])
    return ibis.memtable(frame.astype({"score": "float64"}))


SURVEYS = [
    ("f1", at("06-30"), at("06-20"), "a", "survey", "recommend", 9, "nps", None),
    ("f2", at("06-01"), at("05-20"), "a", "survey", "recommend", 3, "nps", None),
    ("f3", at("03-01"), at("02-20"), "a", "survey", "recommend", 5, "nps", None),
    ("f4", at("06-02"), None, None, "survey", "recommend", 7, "nps", None),
    ("f5", None, at("06-25"), "b", "survey", "recommend", None, "nps", None),
    ("f6", at("07-01"), at("06-26"), "c", "survey", "recommend", 10, "nps", None),
]


def test_last_answer_of_a_customer_in_a_period_counts_once():
    rows = survey_answers(feedback(SURVEYS), as_of=AS_OF).to_pandas()
    found = rows[["person_id", "period", "score", "answer_age_days"]].to_numpy().tolist()
    assert found == [["a", 0, 9.0, 0], ["a", 1, 5.0, 121], ["f4", 0, 7.0, 28]]


def test_answers_without_dates_are_one_period():
    bare = feedback(SURVEYS).select("feedback_id", "customer_id", "score", "scale", "item")
    rows = survey_answers(bare, as_of=AS_OF).to_pandas()
    assert set(rows["period"]) == {0}
    assert rows["person_id"].tolist() == ["a", "c", "f4"]


def test_texts_without_a_score_are_no_answers():
    bare = feedback(SURVEYS).select("feedback_id", "given_at")
    rows = survey_answers(bare, as_of=AS_OF).to_pandas()
    assert rows.empty
    assert {"person_id", "period", "score"} <= set(rows)


def test_invitation_counts_as_answered_only_when_the_answer_had_come():
    rows = survey_invitations(feedback(SURVEYS), as_of=AS_OF).to_pandas()
    found = rows[["person_id", "period", "has_answered"]].to_numpy().tolist()
    assert found == [["a", 0, True], ["a", 1, True], ["b", 0, False], ["c", 0, False]]


def test_source_without_invitations_has_none():
    bare = feedback(SURVEYS).drop("invited_at")
    assert survey_invitations(bare, as_of=AS_OF).count().execute() == 0


CASES = [
    ("t1", at("05-01"), None, "a", "ticket", None, None, None, at("05-04")),
    ("t2", at("05-20"), None, "a", "call", None, None, None, at("07-02")),
    ("t3", at("06-25"), None, "a", "ticket", None, None, None, None),
    ("t4", at("06-25"), None, "b", "ticket", None, None, None, at("06-25")),
    ("t5", at("06-26"), None, "b", "review", None, 1, "stars", None),
]


def test_cases_tell_repeats_days_and_what_was_open_then():
    rows = service_cases(feedback(CASES), as_of=AS_OF).to_pandas().set_index("feedback_id")
    assert rows.index.tolist() == ["t1", "t2", "t3", "t4"]
    assert rows["is_repeat"].tolist() == [False, True, False, False]
    assert rows["is_open"].tolist() == [False, True, True, False]
    assert rows.loc["t1", "case_days"] == 3.0


def test_cases_of_a_source_without_dates_are_none():
    bare = feedback(CASES).drop("given_at")
    assert service_cases(bare, as_of=AS_OF).count().execute() == 0
