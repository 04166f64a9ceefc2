"""What low answers take from satisfaction: drivers + answers of the last period -> steps."""

import pandas as pd

from crm_helpers.measures.feedback.answer_values import STEPS, answer_values
from crm_helpers.measures.feedback.low_answers import lost_to_low_answers
from crm_helpers.measures.feedback.scale_middles import on_own_scale
from crm_helpers.measures.statistics.weighted_mean import SurveyMean, survey_mean
from crm_helpers.models.satisfaction.driver_study import DriverStudy
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.satisfaction.drivers import explained, middle_of
from crm_helpers.questions.satisfaction.phrases import figure_form, plain, with_span
from crm_helpers.tables.needs import Skip

COLUMNS = {
    "question": "Question",
    "share": ("Goes with satisfaction", percent),
    "figure": "Rated now",
    "low_share": ("Answers that are low", percent),
    "lost_words": "Taken from the overall answer",
}


@unless_absent
def losses(recent: pd.DataFrame, study: DriverStudy) -> pd.DataFrame:
    """Drivers by what low answers of the last period take away, with their figure now.

    Parameters
    ----------
    recent : DataFrame of `answers.recent`
    study : DriverStudy

    Returns
    -------
    DataFrame, one row per driver, most first, in the columns of `DriverStudy.table` and
        scale : str; now, now_low, now_high : float, its figure in the last period
        answers : int; low_share : float in [0, 1], answers below the middle of their scale
        lost, lost_low, lost_high : float, steps of the overall answer, at 95 %
        lost_sure : float, lower end at the level of claims, allowing for all drivers
    """
    drivers = explained(study)
    asked = on_own_scale(recent[recent["item"].isin(drivers["driver"])])
    last = asked[asked["period"] == 0]
    values = last.assign(answer_value=answer_values(last["score"], last["scale"]))
    found = [
        (item, one["scale"].iloc[0], _mean(one))
        for item, one in values.groupby("item")
        if one["person_id"].nunique() > 1
    ]
    if not found:
        raise Skip("The questions had too few answers in the last period.")
    now = pd.DataFrame(
        [(item, scale, m.mean, m.low, m.high) for item, scale, m in found],
        columns=["driver", "scale", "now", "now_low", "now_high"],
    )
    return lost_to_low_answers(drivers.merge(now, on="driver"), last)


def _mean(answers: pd.DataFrame) -> SurveyMean:
    steps = STEPS.get(answers["scale"].iloc[0], ())
    return survey_mean(answers["answer_value"], person=answers["person_id"], steps=steps)


@unless_absent
def taken(losses: pd.DataFrame) -> Section:
    """Importance against performance: what low answers take from the overall answer.

    Which thing to start with is said once, by `order_of_work`.

    Parameters
    ----------
    losses : DataFrame of `losses`

    Returns
    -------
    Section
        data : one row per driver, columns of `losses`, question, figure, lost_words;
        findings : lost_to_low_answers, where that is beyond chance
    """
    first = losses.iloc[0]
    is_sure = bool(first["lost_sure"] > 0)
    says = "No low answers clearly take anything from the overall answer"
    if is_sure:
        low = number(100 * first["low_share"], 0)
        says = (
            f"Low answers to {plain(first['driver'])} take most from the overall answer: "
            f"{low} of 100 are low"
        )
    beside = (
        f"Low is below {middle_of(losses)}. Taken: how far answers of the last period fall "
        "below it, times what one such step goes with (intervals at 95 %; a question is named "
        f"only where that allows for all {number(len(losses))} looked at). It knows nothing of "
        "what mending costs, and is no proof of a cause."
    )
    told = section(says, table(_in_words(losses).head(12), COLUMNS), beside)
    if not is_sure:
        return told
    ends = {"low": first["lost_low"], "high": first["lost_high"], "n": int(first["answers"])}
    return told.finds("lost_to_low_answers", first["lost"], "steps", **ends)


def _in_words(losses: pd.DataFrame) -> pd.DataFrame:
    now = zip(losses["scale"], losses["now"], strict=True)
    return losses.assign(
        question=losses["driver"].map(plain),
        figure=[figure_form(scale)(value) for scale, value in now],
        lost_words=[with_span(r.lost, r.lost_low, r.lost_high) for r in losses.itertuples()],
    )
