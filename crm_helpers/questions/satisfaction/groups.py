"""Where it is good, and where not: answers + customers -> main figure of each group."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.intervals import interval_chart
from crm_helpers.measures.feedback.apart_from_others import apart_from_others
from crm_helpers.measures.feedback.score_table import score_table
from crm_helpers.measures.statistics.weighted_mean import survey_mean
from crm_helpers.page.names import value_words
from crm_helpers.page.numerals import number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.questions.satisfaction.answers import scale_of
from crm_helpers.questions.satisfaction.customers import group_names
from crm_helpers.questions.satisfaction.phrases import figure_form, heading
from crm_helpers.tables.needs import Skip

MOST_LINES = 11


@unless_absent
def figures(
    main: pd.DataFrame, base: pd.DataFrame, *, observation_days: int, min_group: int
) -> pd.DataFrame:
    """Main figure of each group of customers, with whether it differs from the others.

    Parameters
    ----------
    main : DataFrame of `answers.main_question`
    base : DataFrame of `customers.base`
    observation_days : int
    min_group : int
        Groups with fewer persons are left out.

    Returns
    -------
    DataFrame, one row per group, in the columns of `score_table` and
        kind, group : str
        others : float, figure of the other groups of its kind
        differs : bool, from them beyond chance, all groups allowed for
        whole : float, figure of all answers; whole_count : int
    """
    names = group_names(base)
    rows = main.merge(base[["customer_id", *names]], on="customer_id")
    rows = rows[rows["answer_age_days"] < observation_days]
    long = rows.melt(["person_id", "answer_value", "scale"], names, "kind", "group")
    long = long.dropna(subset="group")
    found = score_table(long, ["kind", "group"], min_group=min_group)
    if found.empty:
        raise Skip(f"No group has {min_group} answers.")
    whole = survey_mean(rows["answer_value"], person=rows["person_id"])
    found = apart_from_others(found, ["kind"])
    names = [value_words(*pair) for pair in zip(found["kind"], found["group"], strict=True)]
    return found.assign(group=names, whole=whole.mean, whole_count=whole.n)


@unless_absent
def differences(
    report: Report, main: pd.DataFrame, figures: pd.DataFrame, *, observation_days: int
) -> Section:
    """Main figure of the largest groups with intervals, and which of them differ.

    Parameters
    ----------
    report : Report
    main : DataFrame of `answers.main_question`
    figures : DataFrame of `figures`
    observation_days : int

    Returns
    -------
    Section
        data : one row per group, least first, columns label, value, low, high
    """
    scale = scale_of(main)
    beside = (
        f"Groups overlap, and {number(len(figures))} were looked at, which the verdict allows "
        "for. A group that differs may do so because of something else that its members share."
    )
    drawn = _group_chart(report, figures, scale, observation_days)
    return section(_least_and_most(figures, scale), drawn, beside)


def _group_chart(report: Report, figures: pd.DataFrame, scale: str, observation_days: int) -> Chart:
    shown = figures.nlargest(MOST_LINES, "n").sort_values("mean")
    shown = shown.rename(columns={"group": "label", "mean": "value"})
    form, asked = figure_form(scale), number(figures["whole_count"].iloc[0])
    least, most = form(shown["value"].min()), form(shown["value"].max())
    return interval_chart(
        shown[["label", "value", "low", "high"]],
        form=form,
        x_label=heading(scale),
        reference=float(figures["whole"].iloc[0]),
        title=f"{heading(scale)} from {least} to {most} by group",
        subtitle=f"Last {observation_days} days, largest groups, intervals at 95 %; dashed: all "
        f"{asked} answers",
        alt=f"Points with intervals for {len(shown)} groups, from {least} to {most}.",
        source=f"{report.source.title}, answers of surveys",
    )


def _least_and_most(figures: pd.DataFrame, scale: str) -> str:
    form, apart = figure_form(scale), figures[figures["differs"]].sort_values("mean")
    if apart.empty:
        return "No group of customers differs from the others beyond chance"
    least, most = apart.iloc[0], apart.iloc[-1]
    both = f"; most: {most['group']} ({form(most['mean'])})" if len(apart) > 1 else ""
    kind = "Least satisfied" if least["mean"] < least["whole"] else "More satisfied than others"
    return f"{kind}: {least['group']} ({form(least['mean'])}){both}"
