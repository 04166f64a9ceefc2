"""Answers on a scale: feedback -> answers that count, and the question that stands for all."""

import pandas as pd

from crm_helpers.features.survey_answers import survey_answers
from crm_helpers.measures.feedback.answer_values import answer_values
from crm_helpers.page.needs import has_columns
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, unless_absent
from crm_helpers.questions.consents import who_may_be_grouped
from crm_helpers.tables.needs import Skip

QUESTION = ["collected_by", "item", "scale"]
NO_ANSWER = "There is no answer on any scale by this day."


def given(report: Report, *, period_days: int) -> pd.DataFrame:
    """Last answer of each person to each question in each period.

    A source of texts alone has none, and its report is one on texts. Without answers and texts
    there is no report at all: it ends with its reason.

    Parameters
    ----------
    report : Report
    period_days : int

    Returns
    -------
    DataFrame, one row per person, period and question
        person_id, customer_id, collected_by, touchpoint, product_id, item, scale : str
        period : int, periods before the last one; 0 is the last
        answer_age_days : int, days from the answer to as_of
        score : float, on its scale

    Raises
    ------
    Skip
        If there is no answer by as_of, and the source has no texts.
    """
    rows = report.features(survey_answers, period_days=period_days)
    if len(rows):
        return rows
    if has_columns(report.tables, "feedback", "text"):
        return Section.absent(NO_ANSWER)
    raise Skip(NO_ANSWER)


@unless_absent
def counted(given: pd.DataFrame, agreed: pd.DataFrame) -> pd.DataFrame:
    """Answers of those who did not refuse to be profiled, with their values.

    Parameters
    ----------
    given : DataFrame of `given`
    agreed : DataFrame of `consents`

    Returns
    -------
    DataFrame, one row per person, period and question, in the columns of `given` and
        answer_value : float, whose mean is the figure of the scale
    """
    rows = who_may_be_grouped(given, agreed)
    return rows.assign(answer_value=answer_values(rows["score"], rows["scale"]))


@unless_absent
def main_question(answers: pd.DataFrame, *, overall_item: str) -> pd.DataFrame:
    """Answers to the question that stands for all: recommendation, else overall, else most asked.

    Parameters
    ----------
    answers : DataFrame of `counted`
    overall_item : str
        Question of the overall satisfaction.

    Returns
    -------
    DataFrame, one row per person, period and question, in the columns of `counted`
        All to one question, on one scale.
    """
    for one in (answers["scale"] == "nps", answers["item"] == overall_item):
        if one.any():
            return answers[one]
    asked = answers[QUESTION].apply(tuple, axis=1)
    return answers[asked == asked.value_counts().index[0]]


def scale_of(main: pd.DataFrame) -> str:
    """Scale of the question that stands for all: nps, csat, stars, ces, or empty."""
    return str(main["scale"].iloc[0])


@unless_absent
def recent(answers: pd.DataFrame, *, observation_days: int) -> pd.DataFrame:
    """Answers of the observation window, in the columns of `counted`; drivers are judged by them.

    Parameters
    ----------
    answers : DataFrame of `counted`
    observation_days : int

    Returns
    -------
    DataFrame, one row per person, period and question
    """
    return answers[answers["answer_age_days"] < observation_days]
