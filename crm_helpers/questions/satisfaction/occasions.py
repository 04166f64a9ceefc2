"""Where reviews and tickets point: scores outside of surveys -> figures by occasion."""

import pandas as pd

from crm_helpers.measures.feedback.score_table import score_table
from crm_helpers.page.names import values_in_words
from crm_helpers.page.numerals import number
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.satisfaction.phrases import figure_form, span
from crm_helpers.tables.needs import Skip

OCCASIONS = {
    "touchpoint": "Occasion",
    "collected_by": "From",
    "figure": "Figure",
    "interval": "Interval at 95 %",
    "n": ("Answers", number),
}


@unless_absent
def figures(recent: pd.DataFrame, *, min_group: int) -> pd.DataFrame:
    """Figure of each occasion on each scale, least first, surveys left out.

    Parameters
    ----------
    recent : DataFrame of `answers.recent`
    min_group : int
        Occasions with fewer persons are left out.

    Returns
    -------
    DataFrame, one row per occasion, scale and way of collecting, in the columns of `score_table`
        touchpoint, scale, collected_by : str
    """
    rows = recent[(recent["touchpoint"] != "") & (recent["collected_by"] != "survey")]
    found = score_table(rows, ["touchpoint", "scale", "collected_by"], min_group=min_group)
    if found.empty:
        raise Skip("No occasion has enough scores outside of surveys.")
    return found.sort_values(["scale", "mean"], ignore_index=True)


@unless_absent
def lowest(figures: pd.DataFrame, *, observation_days: int) -> Section:
    """Scores by occasion and scale, with the lowest and the highest.

    Parameters
    ----------
    figures : DataFrame of `figures`
    observation_days : int

    Returns
    -------
    Section
        data : one row per occasion, columns of `figures`, figure, interval
    """
    forms = [figure_form(scale) for scale in figures["scale"]]
    shown = figures.assign(
        figure=[f(v) for f, v in zip(forms, figures["mean"], strict=True)],
        touchpoint=values_in_words("touchpoint", figures["touchpoint"]),
        interval=[
            span(a, b, f) for f, a, b in zip(forms, figures["low"], figures["high"], strict=True)
        ],
    )
    beside = (
        f"Last {observation_days} days; stars are of 5, effort is of 7 (7 is "
        "easy). Compare occasions within a scale only; who has trouble writes more often."
    )
    return section(_lowest_and_highest(figures), table(shown.head(12), OCCASIONS), beside)


def _lowest_and_highest(figures: pd.DataFrame) -> str:
    """Lowest and highest occasion on the scale with most answers."""
    most = figures.groupby("scale")["n"].sum().idxmax()
    rows = figures[figures["scale"] == most]
    form = figure_form(most)
    first, last = rows.iloc[0], rows.iloc[-1]
    low, high = values_in_words("touchpoint", [first["touchpoint"], last["touchpoint"]])
    return f"Lowest: {low} ({form(first['mean'])}); highest: {high} ({form(last['mean'])})"
