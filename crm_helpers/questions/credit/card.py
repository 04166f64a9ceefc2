"""The card: known outcomes -> a card learned and tested, its points as a picture and as files."""

import numpy as np
import pandas as pd

from crm_helpers.charts.card_points import card_points_chart
from crm_helpers.charts.chart import Chart
from crm_helpers.models.credit.methods import CHALLENGERS, CreditSettings
from crm_helpers.models.credit.scorecard import Scale, Scorecard
from crm_helpers.models.credit.scorecard_sql import scorecard_sql
from crm_helpers.models.credit.study import KEY, CreditStudy, credit_study
from crm_helpers.models.credit.woe_bins import BinSettings
from crm_helpers.page.actions import neutral
from crm_helpers.page.files import write_whole
from crm_helpers.page.numerals import capital, counted, number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import Html, note
from crm_helpers.questions.credit.applications import Predictors, source_of
from crm_helpers.questions.credit.phrases import listed, said, with_answers
from crm_helpers.questions.left_out import taken_by_alarm
from crm_helpers.tables.needs import Skip


def settings(
    scale: Scale,
    *,
    monotone_bins: bool,
    challengers: list[str],
    repeats: int,
    min_events: int,
    seed: int,
) -> CreditSettings:
    """How the card and its challengers are made.

    Parameters
    ----------
    scale : Scale
    monotone_bins : bool
        Defaults must rise or fall along the bins of a number.
    challengers : list of str
        Methods beside the card; none named means all.
    repeats : int
        Times that folds are drawn where nothing has a date.
    min_events : int
        Fewest defaults, and fewest repaid credits, in training and in test.
    seed : int

    Returns
    -------
    CreditSettings
    """
    return CreditSettings(
        scale=scale,
        bins=BinSettings(monotone=monotone_bins),
        methods=tuple(challengers) or CHALLENGERS,
        repeats=repeats,
        min_events=min_events,
        seed=seed,
    )


@unless_absent
def study(known: pd.DataFrame, predictors: Predictors, settings: CreditSettings) -> CreditStudy:
    """Card and challengers, learned from the same applications and tested on the same others.

    Parameters
    ----------
    known : DataFrame, one row per application with a known outcome
    predictors : Predictors
    settings : CreditSettings

    Returns
    -------
    CreditStudy
        card, tested, learned, tried, best_method, rival; absent where too few outcomes are
        known or no attribute tells anything.
    """
    try:
        return credit_study(known, predictors.columns, settings)
    except Skip as reason:
        raise Skip(f"{reason} {taken_by_alarm(predictors.alarms)}".strip()) from None


def write_files(report: Report, study: CreditStudy) -> None:
    """Write the card for machines: files/credit_card.csv and files/credit_card.sql.

    A picture shortens long lists of answers; who applies the card needs them all.

    Parameters
    ----------
    report : Report
    study : CreditStudy
    """
    card = study.card
    answers = [
        " | ".join(sorted(level for level, code in bins.levels.items() if code == place))
        for bins in card.bins
        for place in range(len(bins.woe) + 1)
    ]
    whole = with_answers(card.card(), card).assign(answers=answers)
    safe = whole.apply(lambda column: column.map(neutral))
    text = safe.to_csv(index=False, lineterminator="\n", float_format="%.10g")
    write_whole(report.folder / "files/credit_card.csv", text)
    write_whole(report.folder / "files/credit_card.sql", scorecard_sql(card))


@unless_absent
def points(report: Report, study: CreditStudy, known: pd.DataFrame) -> Section:
    """The card as a picture: points of each answer.

    Parameters
    ----------
    report : Report
    study : CreditStudy
    known : DataFrame, one row per application that the card was learned from

    Returns
    -------
    Section
        data : one row per answer seen in training; columns attribute, bin, points
    """
    card = study.card
    says = f"{counted(len(card.bins), 'question')} make the score; add the points by pencil"
    beside = (
        f"{card.scale.base_score} points mean {number(card.scale.base_odds)} repaid for each "
        f"default; {card.scale.double_odds} more double the odds. Answers never seen, and missing "
        "ones where none was seen, get neutral points. Left out because they tell too little: "
        f"{_too_little(card)}. The same card for machines: files/credit_card.csv and "
        "files/credit_card.sql beside this page. It does not show how sure the bars are."
    )
    return section(says, _points_chart(report, card, len(known)), beside)


def _points_chart(report: Report, card: Scorecard, credits: int) -> Chart:
    table = with_answers(card.card(), card)
    seen = table[table["n"] > 0]
    spread = seen.groupby("attribute", sort=False)["points"].agg(np.ptp)
    widest = said(spread.idxmax())
    return card_points_chart(
        seen[["attribute", "bin", "points"]].assign(attribute=seen["attribute"].map(said)),
        title=f"{capital(widest)} moves most: {counted(int(spread.max()), 'point')} apart",
        subtitle=f"Points per answer, learned from {number(credits)} credits; "
        "the sum is the score, higher is safer",
        alt=f"Bars of points for {len(seen)} answers to {len(card.bins)} questions; "
        f"{widest} spans {spread.max()} points.",
        source=source_of(report),
    )


def kept_order(study: CreditStudy, known: pd.DataFrame) -> pd.Series:
    """Whether points of each question fall as defaults rise in the test.

    Parameters
    ----------
    study : CreditStudy
    known : DataFrame, one row per application with a known outcome

    Returns
    -------
    Series of bool, indexed by attribute of the card that was tested
    """
    tested, then = study.once, study.card_then
    points = then.point_array(known.set_index(KEY).loc[tested[KEY]])
    bad = tested["defaulted"].to_numpy(float)
    names = [bins.name for bins in then.bins]
    kept = [bool(np.cov(points[:, place], bad)[0, 1] <= 0) for place in range(len(names))]
    return pd.Series(kept, index=names)


def order_note(kept: pd.Series) -> Html:
    """Sentence on the questions that kept their direction in the test, and those that did not."""
    wrong = kept.index[~kept].tolist()
    words = "All questions" if not wrong else f"{len(kept) - len(wrong)} of {len(kept)}"
    return note(
        f"{words} kept the direction of their points in the test"
        f"{': not ' + listed(wrong) if wrong else ''}."
    )


def _too_little(card: Scorecard) -> str:
    used = {bins.name for bins in card.bins}
    return listed([name for name in card.values.index if name not in used]) or "none"
