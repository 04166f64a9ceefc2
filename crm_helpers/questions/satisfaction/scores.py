"""How satisfied customers are: answers -> figures of every scale, and the usual range."""

from dataclasses import dataclass, replace

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.control_chart import control_chart_of
from crm_helpers.measures.feedback.answer_values import STEPS
from crm_helpers.measures.feedback.score_table import score_table
from crm_helpers.measures.statistics.control_chart import control_chart
from crm_helpers.measures.statistics.weighted_mean import SurveyMean, survey_mean
from crm_helpers.page.findings import Finding, finding
from crm_helpers.page.numerals import number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.satisfaction.answers import QUESTION, scale_of
from crm_helpers.questions.satisfaction.phrases import (
    MEANINGS,
    figure_form,
    heading,
    opening,
    question,
    satisfied_with,
    span,
)
from crm_helpers.tables.needs import Skip

FINDINGS = {"nps": "nps", "csat": "csat", "stars": "stars_mean", "ces": "ces_mean"}
UNITS = {"nps": "points", "csat": "share", "stars": "stars"}
LEVELS = {
    "question": "Asked",
    "figure": "Figure",
    "interval": "Interval at 95 %",
    "n": ("Answers", number),
    "meaning": "What it counts",
}


@dataclass(frozen=True, repr=False)
class MainFigure:
    """Figure of the question that stands for all, in the last period.

    Attributes
    ----------
    scale : str
        nps, csat, stars, ces, or empty.
    mean : SurveyMean
        mean, low, high in the unit of the scale; n answers, persons, error.
    asked : str
        Name of the question.
    """

    scale: str
    mean: SurveyMean
    asked: str = "overall"

    @property
    def says(self) -> str:
        """The figure in a sentence."""
        mean, form = self.mean, figure_form(self.scale)
        if self.scale == "csat":
            among = span(mean.low, mean.high, form)
            return f"{form(mean.mean)} asked are {satisfied_with(self.asked)} ({among})"
        name = opening(self.asked) if self.asked.startswith("stars") else heading(self.scale)
        return (
            f"{name} {form(mean.mean)}, between {form(mean.low)} and "
            f"{form(mean.high)} by {number(mean.n)} answers"
        )

    def __repr__(self) -> str:
        """What it says, in one line."""
        return f"Main figure: {self.says}"


@unless_absent
def main_figure(main: pd.DataFrame, *, period_days: int) -> MainFigure:
    """Figure of the question that stands for all, in the last period.

    Parameters
    ----------
    main : DataFrame of `answers.main_question`
    period_days : int

    Returns
    -------
    MainFigure
        scale : str; mean : SurveyMean, with mean, low, high, n, persons, error; says : str
    """
    last = main[main["period"] == 0]
    if last["person_id"].nunique() < 2:
        raise Skip(_too_few(period_days))
    scale = scale_of(main)
    options = {"person": last["person_id"], "steps": STEPS.get(scale, ())}
    asked = question(*last[QUESTION].iloc[0])
    return MainFigure(scale, survey_mean(last["answer_value"], **options), asked)


def _too_few(period_days: int) -> str:
    return f"Fewer than two persons answered in the last {number(period_days)} days."


@unless_absent
def levels(answers: pd.DataFrame, *, overall_item: str, period_days: int) -> pd.DataFrame:
    """Figures of the last period of all questions on the company as a whole, most answers first.

    Parameters
    ----------
    answers : DataFrame of `answers.counted`
    overall_item : str
    period_days : int

    Returns
    -------
    DataFrame, one row per way of collecting, question and scale
        collected_by, item, scale : str
        mean, low, high : float, in the unit of the scale
        n, persons : int; error, design_effect : float
    """
    is_whole = (answers["scale"] == "nps") | (answers["item"] == overall_item)
    last = answers[(answers["period"] == 0) & (is_whole | (answers["item"] == ""))]
    found = score_table(last, QUESTION).sort_values("n", ascending=False)
    if found.empty:
        raise Skip(_too_few(period_days))
    return found


def asked_of(levels: pd.DataFrame) -> dict[str, str]:
    """Name of the figure of each scale with what was asked, of its question with most answers.

    Parameters
    ----------
    levels : DataFrame of `levels`

    Returns
    -------
    dict of scale to str
        As "Satisfied (overall)", "Stars in reviews"; the net promoter score needs no more.
    """
    largest = levels.sort_values("n").drop_duplicates("scale", keep="last")
    return {row.scale: _asked(row) for row in largest.itertuples()}


def _asked(row: object) -> str:
    name = question(row.collected_by, row.item, row.scale)
    if row.scale == "nps":
        return heading("nps")
    return f"{heading(row.scale)} ({name})" if row.item else opening(name)


@unless_absent
def findings(levels: pd.DataFrame) -> dict[str, Finding]:
    """Figure of each scale, of its question with most answers.

    Parameters
    ----------
    levels : DataFrame of `levels`

    Returns
    -------
    dict of name to finding
        nps, csat, stars_mean, ces_mean, where asked
    """
    largest = levels.sort_values("n").drop_duplicates("scale", keep="last")
    return {
        FINDINGS[row.scale]: finding(
            FINDINGS[row.scale],
            row.mean,
            unit=unit_of(row.scale),
            low=row.low,
            high=row.high,
            n=row.n,
        )
        for row in largest[largest["scale"].isin(FINDINGS)].itertuples()
    }


def unit_of(scale: str) -> str:
    """Unit of the figure of a scale, as a finding has it."""
    return UNITS.get(scale, "")


@unless_absent
def level(figure: MainFigure, levels: pd.DataFrame, *, period_days: int) -> Section:
    """Every scale with what it counts, the question that stands for all first.

    Parameters
    ----------
    figure : MainFigure
    levels : DataFrame of `levels`
    period_days : int

    Returns
    -------
    Section
        data : one row per question, columns of `levels`, question, figure, interval, meaning;
        findings : nps, csat, stars_mean, ces_mean, where asked
    """
    is_main = levels["scale"] == figure.scale
    shown = pd.concat([levels[is_main], levels[~is_main]], ignore_index=True)
    forms = [figure_form(scale) for scale in shown["scale"]]
    shown = shown.assign(
        question=[question(*key) for key in shown[QUESTION].itertuples(index=False)],
        figure=[form(v) for form, v in zip(forms, shown["mean"], strict=True)],
        interval=[
            span(a, b, f) for f, a, b in zip(forms, shown["low"], shown["high"], strict=True)
        ],
        meaning=shown["scale"].map(MEANINGS),
    )
    beside = (
        f"Last {number(period_days)} days; the scales are never mixed, and ratings of those who "
        "write of themselves (reviews, tickets) say less about all customers than a survey does."
    )
    told = section(figure.says, table(shown.head(12), LEVELS), beside)
    return replace(told, findings=findings(levels))


@unless_absent
def usual_range(report: Report, main: pd.DataFrame, *, period_days: int, min_group: int) -> Section:
    """Main figure of every period, with the limits that chance alone would keep it in.

    Parameters
    ----------
    report : Report
    main : DataFrame of `answers.main_question`
    period_days : int
    min_group : int
        Periods with fewer answers are left out.

    Returns
    -------
    Section
        data : one row per period, columns period, mean, n, centre, lower_limit, upper_limit,
        is_outside
    """
    try:
        periods = control_chart(main, min_group=min_group)
    except ValueError:
        raise Skip("Fewer than three periods have enough answers for limits to be drawn.") from None
    beside = (
        "Chance alone leaves the range about three times in a thousand periods. Small steps "
        "in the same direction over several periods may stay unnoticed here."
    )
    drawn = _range_chart(report, periods, scale_of(main), period_days)
    return section(_in_range(periods, scale_of(main)), drawn, beside)


def _range_chart(report: Report, periods: pd.DataFrame, scale: str, period_days: int) -> Chart:
    form, last = figure_form(scale), periods.iloc[-1]
    usual = f"{form(last['lower_limit'])} to {form(last['upper_limit'])}"
    ends = [report.as_of - pd.Timedelta(days=int(p) * period_days) for p in periods["period"]]
    return control_chart_of(
        periods,
        labels=[f"{end:%b %y}" for end in ends],
        form=form,
        title=f"{heading(scale)}: {form(last['mean'])} in the last period, usual {usual}",
        subtitle=f"Periods of {number(period_days)} days by their last month; grey: three "
        f"standard errors around the mean of the periods before; {number(periods['n'].sum())} "
        "answers",
        alt=f"Line over {len(periods)} periods, {form(periods['mean'].min())} to "
        f"{form(periods['mean'].max())}, last {form(last['mean'])}, with limits {usual}.",
        source=f"{report.source.title}, answers of surveys",
    )


def _in_range(periods: pd.DataFrame, scale: str) -> str:
    last, name = periods.iloc[-1], heading(scale)
    if last["is_outside"]:
        return f"{name} left its usual range: {figure_form(scale)(last['mean'])}"
    outside = int(periods["is_outside"].sum())
    earlier = f" now; {outside} earlier periods were not" if outside else ""
    return f"{name} is within its usual range{earlier}"
