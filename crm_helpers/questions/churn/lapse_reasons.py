"""What goes with lapsing: a study of lapses -> themes by weight, main paths to a lapse."""

import pandas as pd

from crm_helpers.charts.bars import bar_chart
from crm_helpers.models.propensity.contributions import contributions
from crm_helpers.models.propensity.drivers import drivers
from crm_helpers.models.propensity.main_paths import main_paths
from crm_helpers.models.propensity.study import Study
from crm_helpers.page.numerals import day, number, percent
from crm_helpers.page.phrases import themes_of
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, unless_absent
from crm_helpers.page.words import note, table
from crm_helpers.questions.churn.lapse_study import SILENCE
from crm_helpers.questions.churn.phrases import (
    LAPSE_PHRASES,
    direction_in_words,
    path_in_words,
)

DRIVER_ROWS = 2_000
DRIVERS_SHOWN = 7


@unless_absent(silent=True)
def why(report: Report, lapses: Study, *, seed: int) -> Section:
    """What moves the forecasts most, with direction.

    Parameters
    ----------
    report : Report
    lapses : Study
    seed : int

    Returns
    -------
    Section
        data : one row per theme, heaviest first, columns theme (with its direction), share
        Words alone where nothing was found.
    """
    if not lapses.finds_something:
        return Section.of(note("Without evidence there are no reasons to name."))
    shown = themes(lapses, seed=seed).head(DRIVERS_SHOWN)
    top = shown.iloc[0]
    labels = shown["theme"] + "\n(" + shown["direction"] + ")"
    chart = bar_chart(
        pd.DataFrame({"theme": labels, "share": shown["share"]}),
        form=percent,
        highlight=labels.iloc[0],
        title=f"What weighs most: {top['theme']}",
        subtitle="Share of the weight in the forecasts; in brackets what goes with lapsing",
        alt=f"Bars by theme: {top['theme']} {percent(top['share'])} of the weight, "
        f"then {shown['theme'].iloc[1]} {percent(shown['share'].iloc[1])}.",
        source=f"{report.source.title}, orders until {day(report.as_of)}",
    )
    return Section.of(chart)


def themes(lapses: Study, *, seed: int) -> pd.DataFrame:
    """Themes by their weight in the forecasts, on a random part of the customers scored.

    Parameters
    ----------
    lapses : Study
    seed : int

    Returns
    -------
    DataFrame, one row per theme, heaviest first
        theme : str, in words; weight : float, mean absolute log-odds; share : float in [0, 1]
        column : str, the predictor that weighs most in it
        direction : str, what goes with lapsing, in words; level : str
    """
    rows = lapses.scored.sample(min(DRIVER_ROWS, len(lapses.scored)), random_state=seed)
    values = contributions(lapses.propensity, rows, seed=seed).values
    found = drivers(values, rows, themes_of(LAPSE_PHRASES))
    return found.assign(
        theme=found["theme"].str.replace("_", " "),
        direction=found.apply(direction_in_words, axis=1),
    )


@unless_absent(silent=True)
def paths(lapses: Study, *, min_group: int) -> Section:
    """Main paths to a lapse at the last origin with known outcomes, as a tree of few groups.

    Parameters
    ----------
    lapses : Study
    min_group : int

    Returns
    -------
    Section
        data : one row per group, highest event rate first, columns path, customers, event_rate
        Empty where nothing was found.
    """
    if not lapses.finds_something:
        return Section.absent("The data do not tell who will leave.", silent=True)
    rows = lapses.labelled[lapses.labelled["origin_on"] == lapses.labelled["origin_on"].max()]
    found = main_paths(
        rows[[c for c in lapses.propensity.columns if c != SILENCE]],
        rows["lapsed"].astype(bool),
        min_group=min_group,
    )
    columns = {
        "path": "Main paths (a small tree, to be read)",
        "customers": ("Customers", number),
        "event_rate": ("Lapsed", percent),
    }
    told = found.assign(path=found["conditions"].map(path_in_words))
    return Section.of(table(told[list(columns)], columns))
