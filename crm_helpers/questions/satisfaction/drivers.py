"""What goes with overall satisfaction: complete answers -> shares and slopes of the drivers."""

import numpy as np
import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.intervals import interval_chart
from crm_helpers.measures.feedback.scale_middles import on_own_scale, scale_middles
from crm_helpers.measures.statistics.person_lot import PersonLot
from crm_helpers.models.satisfaction.driver_study import DriverStudy, complete_answers, driver_study
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.satisfaction.phrases import KINDS, opening, plain, with_span
from crm_helpers.tables.needs import Skip

NO_CAUSE = "What goes together need not cause each other: try a change on some customers first."


@unless_absent
def complete(
    recent: pd.DataFrame,
    *,
    overall_item: str,
    driver_items: list[str],
    shuffle_outcomes: bool,
    seed: int,
) -> pd.DataFrame:
    """Complete answers to the overall question and to those that may drive it.

    Who recommends does so because he is satisfied: a result, unless named as a driver.

    Parameters
    ----------
    recent : DataFrame of `answers.recent`
    overall_item : str
    driver_items : list of str
        Empty: all questions that half of those who answered the overall one answered too.
    shuffle_outcomes : bool
        Overall answers of whole persons dealt out anew among those who answered in the same
        periods, to test that nothing is found.
    seed : int

    Returns
    -------
    DataFrame, one row per person and period (its index)
        overall_item first, then one column per driver : float
    """
    rows = on_own_scale(recent)
    rows = rows[(rows["scale"] != "nps") | rows["item"].isin(driver_items)]
    wide = complete_answers(rows, overall_item, driver_items)
    if not shuffle_outcomes:
        return wide
    person, period = (wide.index.get_level_values(n) for n in ("person_id", "period"))
    order = PersonLot(person, period).orders(1, np.random.default_rng(seed))[0]
    return wide.assign(**{overall_item: wide[overall_item].to_numpy()[order]})


@unless_absent
def study(
    complete: pd.DataFrame,
    recent: pd.DataFrame,
    *,
    overall_item: str,
    min_answers: int,
    bootstraps: int,
    seed: int,
) -> DriverStudy:
    """Shares and slopes of the drivers, with intervals drawn by person.

    Parameters
    ----------
    complete : DataFrame of `complete`
    recent : DataFrame of `answers.recent`
        Its scales say where the middle of each question is.
    overall_item : str
    min_answers : int
        Fewer answers than this name no driver.
    bootstraps : int
        Resamples behind an interval.
    seed : int

    Returns
    -------
    DriverStudy
        table : one row per driver, columns driver, share, below, above, gap (each with _low and
        _high), kind, mean, middle; r_squared, p_value, explains, has_leader
    """
    middles = scale_middles(recent[recent["item"] != ""])
    options = {"min_answers": min_answers, "draws": bootstraps, "seed": seed}
    return driver_study(complete, overall_item, middles, **options)


def explained(study: DriverStudy) -> pd.DataFrame:
    """Table of the drivers, largest share first, where they go with the overall answer at all.

    Raises
    ------
    Skip
        If they do not beyond chance: then nothing is claimed of any of them.
    """
    if not study.explains:
        raise Skip("The questions do not go with overall satisfaction beyond chance.")
    return study.table


@unless_absent
def shares(report: Report, study: DriverStudy) -> Section:
    """Part of the explained differences that each driver accounts for.

    Parameters
    ----------
    report : Report
    study : DriverStudy

    Returns
    -------
    Section
        data : one row per driver, largest share first, columns label, value, low, high;
        findings : top_driver, top_driver_share
    """
    rows = explained(study).head(12)
    first = rows.iloc[0]
    top = plain(first["driver"])
    says = f"{opening(top)} goes with overall satisfaction most: {percent(first['share'])}"
    if not study.has_leader:
        second = plain(rows["driver"][1])
        says = f"{opening(top)} and {second} go with overall satisfaction most, in a tie"
    told = section(says, _share_chart(report, study, rows, says), NO_CAUSE)
    ends = {"low": first["share_low"], "high": first["share_high"], "n": study.answers}
    told = told.finds("top_driver", str(first["driver"]), n=study.answers)
    return told.finds("top_driver_share", first["share"], "share", **ends)


def _share_chart(report: Report, study: DriverStudy, rows: pd.DataFrame, title: str) -> Chart:
    shown = rows[["driver", "share", "share_low", "share_high"]]
    shown = shown.set_axis(["label", "value", "low", "high"], axis=1)
    shown = shown.assign(label=shown["label"].map(plain))
    first, last = percent(shown["value"].iloc[0]), percent(shown["value"].iloc[-1])
    return interval_chart(
        shown,
        form=percent,
        x_label="Part of the explained differences",
        title=title,
        subtitle=f"Shapley-Owen shares, intervals at 95 %, {number(study.answers)} answers of "
        f"{number(study.persons)} customers; together the questions account for "
        f"{percent(study.r_squared)} of the differences",
        alt=f"Points with intervals for {len(shown)} questions: {shown['label'].iloc[0]} {first}, "
        f"last {last}.",
        source=f"{report.source.title}, surveys",
    )


@unless_absent
def slopes(study: DriverStudy) -> Section:
    """Change of the overall answer by one step of a question, below and above its middle.

    Parameters
    ----------
    study : DriverStudy

    Returns
    -------
    Section
        data : one row per driver, columns of `DriverStudy.table`, question, below_words,
        above_words, works
    """
    rows = explained(study)
    shown = rows.head(12).assign(
        question=_with_middles(rows),
        below_words=[with_span(r.below, r.below_low, r.below_high) for r in rows.itertuples()],
        above_words=[with_span(r.above, r.above_low, r.above_high) for r in rows.itertuples()],
        works=rows["kind"].map(KINDS),
    )
    columns = {
        "question": "Question",
        "below_words": f"One step below {middle_of(rows)}",
        "above_words": f"One step above {middle_of(rows)}",
        "works": "Works",
    }
    beside = (
        "Change of the overall answer by one step of the question, the others equal, with "
        "intervals at 95 %. How it works is told where both steps differ beyond chance, "
        f"allowing for all {number(len(rows))} questions. {NO_CAUSE}"
    )
    return section(_one_sided(rows), table(shown, columns), beside)


def middle_of(rows: pd.DataFrame) -> str:
    """Middle of the scale that all questions share, else the words for it.

    Examples
    --------
    >>> middle_of(pd.DataFrame({"middle": [3.0, 3.0]})), middle_of(pd.DataFrame({"middle": [3, 4]}))
    ('3', 'the middle of its scale')
    """
    middles = rows["middle"].unique()
    return f"{middles[0]:g}" if len(middles) == 1 else "the middle of its scale"


def _with_middles(rows: pd.DataFrame) -> pd.Series:
    names = rows["driver"].map(plain)
    if rows["middle"].nunique() == 1:
        return names
    return names + [f" (middle {middle:g})" for middle in rows["middle"]]


def _one_sided(rows: pd.DataFrame) -> str:
    named = {kind: [plain(d) for d in part["driver"]] for kind, part in rows.groupby("kind")}
    told = [
        f"{', '.join(named[kind])} mostly {KINDS[kind]}"
        for kind in ("disappoints", "delights")
        if kind in named
    ]
    return opening("; ".join(told)) if told else "No question works only one way beyond noise"
