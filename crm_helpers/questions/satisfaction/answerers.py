"""Who answers, and whether that changes the figure: answers + customers -> weighted figure."""

import pandas as pd

from crm_helpers.features.survey_answers import survey_invitations
from crm_helpers.measures.feedback.answer_values import STEPS
from crm_helpers.measures.statistics.raking import raking_weights
from crm_helpers.measures.statistics.weighted_mean import SurveyMean, survey_mean
from crm_helpers.page.needs import has_columns
from crm_helpers.page.numerals import number, per_hundred
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent, section, unless_absent
from crm_helpers.page.words import Html, table
from crm_helpers.questions.consents import who_may_be_grouped
from crm_helpers.questions.satisfaction.answers import scale_of
from crm_helpers.questions.satisfaction.customers import group_names
from crm_helpers.questions.satisfaction.phrases import change_form, figure_form, heading, span
from crm_helpers.questions.satisfaction.scores import FINDINGS, MainFigure, unit_of
from crm_helpers.tables.needs import Skip


@unless_absent
def invited(report: Report, agreed: pd.DataFrame, *, period_days: int) -> pd.DataFrame:
    """Everyone invited to a survey, and whether he answered.

    Parameters
    ----------
    report : Report
    agreed : DataFrame of `consents`
    period_days : int

    Returns
    -------
    DataFrame, one row per person and period invited
        person_id, customer_id : str
        period : int, periods before the last one; 0 is the last
        has_answered : bool
    """
    if not has_columns(report.tables, "feedback", "invited_at", "given_at"):
        raise Skip("The source does not say who was invited.")
    everyone = report.features(survey_invitations, period_days=period_days)
    rows = who_may_be_grouped(everyone, agreed)
    if rows.empty:
        raise Skip("Nobody was invited by this day.")
    return rows


@unless_absent
def response_rate(invited: pd.DataFrame) -> SurveyMean:
    """Answers / invitations of the last period, with its interval.

    Parameters
    ----------
    invited : DataFrame of `invited`

    Returns
    -------
    SurveyMean
        mean, low, high : float, share of those invited; n : int
    """
    last = invited[invited["period"] == 0]
    if last["person_id"].nunique() < 2:
        raise Skip("Fewer than two persons were invited in the last period.")
    answered = last["has_answered"].astype(float)
    return survey_mean(answered, person=last["person_id"], steps=(0.0, 1.0))


@unless_absent
def weighted(main: pd.DataFrame, base: pd.DataFrame, *, min_group: int) -> SurveyMean:
    """Main figure of the last period, weighted to look like the customer base.

    Parameters
    ----------
    main : DataFrame of `answers.main_question`
    base : DataFrame of `customers.base`
    min_group : int
        Fewer persons than this are not weighted.

    Returns
    -------
    SurveyMean
        mean, low, high : float, in the unit of the scale; n : int; design_effect : float
    """
    names = group_names(base)
    last = main[main["period"] == 0]
    joined = last.merge(base[["customer_id", *names]], on="customer_id")
    if joined["person_id"].nunique() < max(2, min_group):
        raise Skip("Too few answers can be matched with customers who ordered.")
    known = joined[names].fillna("not known").astype(str)
    weight = raking_weights(known, base[names].fillna("not known").astype(str))
    steps = STEPS.get(scale_of(main), ())
    person = joined["person_id"]
    return survey_mean(joined["answer_value"], weight=weight, person=person, steps=steps)


def weighting(
    figure: MainFigure, weighted: SurveyMean, base: pd.DataFrame, rate: SurveyMean
) -> Section:
    """Main figure with and without weights, and how many of those invited answered.

    Parameters
    ----------
    figure : MainFigure
    weighted : SurveyMean of `weighted`
    base : DataFrame of `customers.base`
    rate : SurveyMean of `response_rate`
        May be absent.

    Returns
    -------
    Section
        data : two rows, as answered and weighted, columns figure, value, interval, n,
        design_effect; findings : response_rate, where known, and the main figure's name with
        _weighted
    """
    return _weighting(figure, weighted, base, None if is_absent(rate) else rate)


@unless_absent
def _weighting(
    figure: MainFigure, weighted: SurveyMean, base: pd.DataFrame, rate: SurveyMean | None
) -> Section:
    plain, scale = figure.mean, figure.scale
    apart = weighted.mean - plain.mean
    move = change_form(scale)(apart)
    says = f"Weighted to look like all customers, the figure moves by {move}"
    if abs(apart) < plain.error:
        says = "Who answers hardly changes the figure: weighting moves it by " + move
    beside = (
        f"{_answered(rate)}Weighted by {', '.join(group_names(base))} of the customers with an "
        "order in the window. Weights cannot make up for those who keep silent because they are "
        "unhappy: among alike customers the silent may think otherwise."
    )
    told = section(says, _beside_each_other(plain, weighted, scale), beside)
    if rate is not None:
        ends = {"low": rate.low, "high": rate.high, "n": rate.n}
        told = told.finds("response_rate", rate.mean, "share", **ends)
    ends = {"low": weighted.low, "high": weighted.high, "n": weighted.n}
    name = f"{FINDINGS.get(scale, 'answer')}_weighted"
    return told.finds(name, weighted.mean, unit_of(scale), **ends, baseline=plain.mean)


def _answered(rate: SurveyMean | None) -> str:
    if rate is None:
        return ""
    return f"{per_hundred(rate.mean)} of {number(rate.n)} invited answered. "


def _beside_each_other(plain: SurveyMean, weighted: SurveyMean, scale: str) -> Html:
    form = figure_form(scale)
    rows = pd.DataFrame(
        [
            (label, form(m.mean), span(m.low, m.high, form), m.n, m.design_effect)
            for label, m in (("as answered", plain), ("weighted", weighted))
        ],
        columns=["figure", "value", "interval", "n", "design_effect"],
    )
    columns = {
        "figure": "Figure",
        "value": heading(scale),
        "interval": "Interval at 95 %",
        "n": ("Answers", number),
        "design_effect": ("Design effect", lambda x: number(x, 2)),
    }
    return table(rows, columns)
